"""Where lines end: names, options and code without blanks, asked of the PDF."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from pages import build

CHAIN = "console.log(applesAndBananas.symmetricDifference(applesAndOranges)); // no apples"
LIST = "src: url(RobotoFlex-VariableFont_GRAD,XTRA,YOPQ,YTAS,YTDE,YTFI,YTLC,YTUC,opsz,slnt,wdth,wght.ttf);"
CALLS = "const response = client.getTheNews(user.id).then(handleNotifications).catch(handleAnyFault)"
DEEP = " " * 30 + "deep(in, code)" * 6


@pytest.mark.parametrize("paper", ["a4", "a5", "6x9"])
@pytest.mark.parametrize("lang, line", [("js", CHAIN * 2), ("css", LIST), ("js", CALLS), ("js", DEEP)])
def test_code_without_blanks_keeps_to_its_box(paper: str, lang: str, line: str, tmp_path: Path) -> None:
    post = f"---\ntitle: Post\n---\n\n```{lang}\n{line}\n```\n"
    page = pymupdf.open(build(tmp_path, "pdf", post, "--paper", paper))[0]
    box = max((drawing["rect"] for drawing in page.get_drawings()), key=lambda rect: rect.width)
    words = page.get_text("words")
    assert max(word[2] for word in words) < box.x1
    copied = page.get_text().split("read\n")[1]
    assert copied.replace("\n", "").replace(" ", "").startswith(line.replace(" ", ""))


def last_words(words: str, folder: Path) -> set[str]:
    """Print some words behind more and more others, on narrow paper, and give what of them ends a line."""
    post = "---\ntitle: Post\n---\n\n" + "\n\n".join(f"{'a ' * n}{words} and on {words}." for n in range(1, 40))
    page_ends = [
        line["spans"][-1]["text"].rstrip().split(" ")[-1]
        for page in pymupdf.open(build(folder, "pdf", post, "--paper", "a6"))
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]
    name = words.strip("`")
    return {end for end in page_ends if end and name.startswith(end)} - {"a", name}


def test_a_long_name_parts_at_its_humps(tmp_path: Path) -> None:
    ends = last_words("`createAsyncThunkOf`", tmp_path)
    assert ends and ends <= {"create", "createAsync", "createAsyncThunk"}


def test_the_strokes_of_an_option_stay_with_its_name(tmp_path: Path) -> None:
    ends = last_words("`--trailing-comma=es5`", tmp_path)
    assert ends and ends <= {"--trailing-", "--trailing-comma="}
