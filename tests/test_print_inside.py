"""What is printed is on the paper: each word of every container with every content, by its place in the page box."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
import words
from print_pairs import CONTENTS, LINES, pairs

from fencepost.formats.convert import convert
from fencepost.post.settle import look
from fencepost.settings.run import Settings


def made(text: str, folder: Path) -> pymupdf.Document:
    """Print a post."""
    (folder / "post.md").write_text(text, encoding="utf-8")
    settings = Settings({"offline": True})
    convert(look(str(folder / "post.md"), settings), {"pdf": folder / "post.pdf"}, settings)
    return pymupdf.open(folder / "post.pdf")


def test_a_word_outside_of_the_page_is_found() -> None:
    document = pymupdf.open()
    page = document.new_page(width=200, height=100)
    for place, word in (((10, 50), "inside"), ((10, 120), "below"), ((190, 50), "beside"), ((10, -20), "above")):
        page.insert_text(place, word)
    assert words.words_inside(document).split() == ["inside"]
    assert len(words.boxes_outside(document)) == 3


@pytest.mark.parametrize("paper", LINES)
@pytest.mark.parametrize("content", CONTENTS)
def test_whatever_holds_it_all_of_it_is_on_the_paper(content: str, paper: str, tmp_path: Path) -> None:
    """A block that cannot break is never higher than a page."""
    post = pairs(content, paper)
    document = made(post.text, tmp_path)
    inside = {*re.findall(r"w\d+x\d+q", words.stream(words.words_inside(document)))}
    said = inside | {*re.findall(r"w\d+x\d+q", words.descriptions_in_pdf(document.tobytes()))}
    seen = said if content == "tall image" else inside
    lost = {container: len(found) for container, own in post.words.items() if (found := {*own} - seen)}
    assert lost == {}
    assert words.boxes_outside(document) == []


def test_a_line_of_code_that_is_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    line = " ".join(f"word{at}q" for at in range(900))
    inside = words.stream(words.words_inside(made(f"# T\n\n```text\n{line}\nlast\n```\n", tmp_path)))
    assert [at for at in range(900) if f"word{at}q" not in inside] == []
