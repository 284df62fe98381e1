"""The sheet: sizes, sides, cover, contents, running heads and numbered headings, asked of the PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import build
from test_print import spans

from fencepost.cli.main import main
from fencepost.settings.paper import SIZES, PaperError, parse_binding, parse_paper

MM = 72 / 25.4
POST = """---
title: A title
author: [Ada, Bob]
date: 2025-05-22
lang: en
---

Opening words.

## First part

{words}

### Below

```python
x = "{long}"
```

## 7. Own number

{words}

#### Deep

## Last part

{words}

1. item
2. item
"""
POST = POST.format(words="Some words that fill the page and go on. " * 60, long="y" * 200)


def printed(folder: Path, *options: str, post: str = POST) -> Any:
    return pymupdf.open(build(folder, "pdf", post, *options))


def words_of(page: Any) -> list[Any]:
    return list(page.get_text("words"))


@pytest.mark.parametrize("name", ["a5", "6x9", "b5", "us-letter", "a6"])
def test_a_size_by_name_and_all_words_within_its_margins(name: str, tmp_path: Path) -> None:
    document = printed(tmp_path, "--paper", name)
    width, height = (side * MM for side in SIZES[name])
    for page in document:
        assert (page.rect.width, page.rect.height) == pytest.approx((width, height), abs=0.5)
        words = words_of(page)
        assert min(word[0] for word in words) >= 13 * MM - 0.6
        assert max(word[2] for word in words) <= width - 13 * MM + 0.6
    text = [span for span in spans(document) if "SourceSerif" in span["font"] and "Some words" in span["text"]]
    assert 8.5 <= text[0]["size"] <= 10.5


def test_a_line_of_text_holds_45_to_85_letters_on_every_paper(tmp_path: Path) -> None:
    for name in ("a4", "a5", "6x9", "a6"):
        lines: dict[tuple[int, int], int] = {}
        for span in spans(printed(tmp_path / name, "--paper", name)):
            if "SourceSerif" in span["font"]:
                key = (span["page"], round(span["bbox"][3]))
                lines[key] = lines.get(key, 0) + len(span["text"])
        assert 45 <= max(lines.values()) <= 85, name


def test_a_size_by_measure() -> None:
    assert parse_paper("6 x 9 in") == parse_paper("6x9") == parse_paper("152.4mmx22.86cm")


@pytest.mark.parametrize("text", ["quarto", "6x9px", "10x10mm", "x", "2000x2000mm", "6in", "-5x9in"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(PaperError):
        parse_paper(text)


@pytest.mark.parametrize("text", ["wide", "8", "90mm"])
def test_what_is_no_binding(text: str) -> None:
    with pytest.raises(PaperError):
        parse_binding(text, "two")


def test_a_wrong_size_stops_the_run_and_leaves_the_old_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post, out = tmp_path / "p.md", tmp_path / "p.pdf"
    post.write_text("Hello", encoding="utf-8")
    out.write_bytes(b"old")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(out), "--paper", "quarto"])
    said = capsys.readouterr().err
    assert end.value.code == 1 and out.read_bytes() == b"old"
    assert "p.md: error[paper]: `quarto` is no size of paper" in said and "150x220mm" in said


def edges(page: Any) -> tuple[float, float]:
    """Give the left and right margins, in millimetres, by the justified lines of text."""
    words = [word for word in words_of(page) if word[1] > 25 * MM]
    return min(word[0] for word in words) / MM, (page.rect.width - max(word[2] for word in words)) / MM


def test_two_sides_mirror_their_margins(tmp_path: Path) -> None:
    document = printed(tmp_path, "--sides", "two", "--binding", "10mm")
    (left1, right1), (left2, right2) = edges(document[0]), edges(document[1])
    assert left1 - right1 == pytest.approx(10, abs=0.7) and right2 - left2 == pytest.approx(10, abs=0.7)


def test_one_side_keeps_the_binding_at_the_left(tmp_path: Path) -> None:
    document = printed(tmp_path, "--binding", "10mm")
    assert all(left - right == pytest.approx(10, abs=0.7) for left, right in map(edges, list(document)[:2]))


def head_of(page: Any) -> str:
    return " ".join(word[4] for word in words_of(page) if word[3] < page.rect.height * 0.085)


def test_facing_pages_share_title_and_section(tmp_path: Path) -> None:
    document = printed(tmp_path, "--sides", "two", "--paper", "a5")
    assert head_of(document[0]) == ""
    assert head_of(document[1]) == "A title" and head_of(document[2]) in ("First part", "7. Own number")


def test_a_cover_page(tmp_path: Path) -> None:
    post = POST.replace("####", "###").replace("lang: en", "cover: drawing.svg\ncover_alt: A drawing\nlang: en")
    document = printed(tmp_path, "--cover-page", "--sides", "two", post=post)
    first = document[0].get_text()
    assert "A title" in first and "Ada, Bob" in first and "22 May 2025" in first and "Opening" not in first
    assert document[0].get_drawings() and document[1].get_text().strip() == ""
    assert "Opening words." in document[2].get_text() and "A title" not in document[2].get_text()
    assert "pdfuaid:part" in document.get_xml_metadata()


def test_a_cover_page_keeps_to_one_page(tmp_path: Path) -> None:
    head = "title: " + "A long title that goes on " * 5 + "\ncover: drawing.svg\ndescription: " + "Words " * 40
    document = printed(tmp_path, "--cover-page", "--paper", "a6", post=f"---\n{head}\n---\n\nOpening words.\n")
    assert len(document) == 2 and "Opening words." in document[1].get_text()


def test_a_cover_image_that_is_missing_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = tmp_path / "p.md"
    post.write_text("---\ntitle: A\nheroImage: gone.png\n---\n\nHello", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(tmp_path / "p.pdf"), "--cover-page"])
    assert end.value.code == 0 and "p.md:3: warning[image-missing]: cover: no file gone.png" in capsys.readouterr().err


NUMBERED = ["1 First part", "1.1 Below", "7. Own number", "7.1 Deep", "8 Last part"]


def test_numbers_stand_in_headings_outline_contents_and_heads(tmp_path: Path) -> None:
    document = printed(tmp_path, "--number-sections", "--toc", "--toc-depth", "4")
    assert [title for _, title, _ in document.get_toc()] == NUMBERED
    contents = document[0].get_text()
    text = "".join(page.get_text() for page in document)
    for title in NUMBERED:
        assert title in contents and text.count(title) >= 2
    assert head_of(document[len(document) - 1]).endswith(("7. Own number", "8 Last part"))


def test_contents_keep_to_their_depth(tmp_path: Path) -> None:
    contents = printed(tmp_path, "--toc", "--toc-depth", "2")[0].get_text().split("Opening")[0]
    assert "First part" in contents and "Below" not in contents


def test_numbers_are_the_same_on_the_web_and_change_no_anchor(tmp_path: Path) -> None:
    html = build(tmp_path, "html", POST, "--number-sections", "--toc").read_text(encoding="utf-8")
    numbered = '<span class="header-section-number">1</span> First part'
    assert f'<h2 id="first-part"><a href="#first-part" class="heading-link">{numbered}</a></h2>' in html
    assert '<h2 id="7-own-number"><a href="#7-own-number" class="heading-link">7. Own number</a></h2>' in html


WRAPPED = "    " + " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize("name", ["a4", "a5", "6x9", "a6"])
def test_a_line_of_code_goes_on_with_a_sign_and_set_in(name: str, tmp_path: Path) -> None:
    """At any width: below its first line two columns further in, each with the sign, and the copy is the line."""
    page = printed(tmp_path, "--paper", name, post=f"```text\nstart\n{WRAPPED}\nend\n```\n")[0]
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    own = [line["bbox"][0] for line in lines if re.match(r"word\d", line["spans"][0]["text"].strip())]
    (start,) = [line["bbox"][0] for line in lines if line["spans"][0]["text"] == "start"]
    cell = next(span["size"] for line in lines for span in line["spans"] if span["text"] == "start") * 0.6
    first, *rest = [round((x - start) / cell) for x in own]
    assert len(rest) >= 2 and first in (0, 4) and {*rest} == {6}
    signs = [drawing["rect"] for drawing in page.get_drawings() if drawing["rect"].width < 2 * cell]
    for line in lines:
        if round((line["bbox"][0] - start) / cell) == 6:
            middle = (line["bbox"][1] + line["bbox"][3]) / 2
            assert any(
                line["bbox"][0] - 2 * cell < sign.x0 < line["bbox"][0] and abs(sign.y0 - middle) < cell
                for sign in signs
            )
    assert " ".join(WRAPPED.split()) in " ".join(page.get_text().split())


def test_line_numbers_below_zero_have_their_sign(tmp_path: Path) -> None:
    """Docusaurus takes `showLineNumbers=-1`: minus one, zero and one are four drawings, beside the lines."""
    post = "```js showLineNumbers=-1\na\nb\nc\n```\n"
    page = printed(tmp_path, "--dialect", "docusaurus", post=post)[0]
    lines = {word[4]: word for word in words_of(page)}
    drawn = [drawing["rect"] for drawing in page.get_drawings() if 2 < drawing["rect"].width < 7]
    beside = [
        sum(lines[name][1] < (rect.y0 + rect.y1) / 2 < lines[name][3] and rect.x1 < lines[name][0] for rect in drawn)
        for name in "abc"
    ]
    assert beside == [2, 1, 1]
