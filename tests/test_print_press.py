"""PDFs for a printing house: what it would send back is mended or said, asked of the PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import build, png

from fencepost.cli.main import main
from fencepost.formats.typst_pdf import press_rules
from fencepost.images.pixels import size_of

MM = 72 / 25.4
POST = """---
title: A book
author: Ada
---

See [the docs](https://docs.example/a), a note[^1] and [below](#last). {words}

## First

### Second[^1]

{words}

## Last

{words}

[^1]: With a [link](https://x.example).
"""
WORDS = "Some words that fill the page and go on. " * 80
POST = POST.replace("{words}", WORDS)


def run(folder: Path, post: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, Path]:
    source, out = folder / "p.md", folder / "p.pdf"
    source.write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(out), *options])
    code: Any = end.value.code
    return code, capsys.readouterr().err, out


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return pymupdf.open(build(tmp_path_factory.mktemp("book"), "pdf", POST, "--for", "kdp", "--toc"))


def test_trim_size(book: Any) -> None:
    assert {(round(page.rect.width), round(page.rect.height)) for page in book} == {(432, 648)}


def test_nothing_to_click(book: Any) -> None:
    assert book.get_toc() == [] and [list(page.get_links()) for page in book] == [[]] * len(book)
    assert b"/Annot" not in Path(book.name).read_bytes()


def test_addresses_are_printed_instead(book: Any) -> None:
    assert "https://docs.example/a" in book[0].get_text() and "https://x.example" in book[0].get_text()


def test_every_font_is_inside(book: Any) -> None:
    fonts = {font[0] for page in book for font in page.get_fonts()}
    assert fonts and all(book.extract_font(xref)[3] for xref in fonts)
    assert press_rules.fonts_left_out(Path(book.name).read_bytes()) == []


def margins(page: Any) -> tuple[float, float]:
    words = [word for word in page.get_text("words") if 60 < word[1] < page.rect.height - 60]
    return min(word[0] for word in words) / MM, (page.rect.width - max(word[2] for word in words)) / MM


def test_the_spine_has_its_room(book: Any) -> None:
    (left1, right1), (left2, right2) = margins(book[0]), margins(book[1])
    assert min(left1, right2) >= press_rules.inside_margin(len(book)) and min(right1, left2) >= press_rules.OUTSIDE
    assert left1 - right1 == pytest.approx(press_rules.inside_margin(len(book)) - press_rules.OUTSIDE, abs=0.7)


def test_more_pages_widen_the_spine(tmp_path: Path) -> None:
    words = "".join(f"{WORDS[: 41 * 25]}\n\n" for _ in range(200))
    out = build(tmp_path, "pdf", f"# Long\n\n{words}", "--for", "print-shop", "--paper", "a6")
    document = pymupdf.open(out)
    assert 150 < len(document) <= 300 and press_rules.page_count(out.read_bytes()) == len(document)
    left, right = margins(document[40])
    assert left - right == pytest.approx(12.7 - press_rules.OUTSIDE, abs=0.7)


@pytest.mark.parametrize(("pages", "inches"), [(24, 0.375), (150, 0.375), (151, 0.5), (300, 0.5), (301, 0.625), (500, 0.625), (501, 0.75), (700, 0.75)])  # fmt: skip  # noqa: E501
def test_the_room_by_pages(pages: int, inches: float) -> None:
    assert press_rules.inside_margin(pages) == pytest.approx(inches * 25.4, abs=0.001)


def test_too_few_pages_for_kdp_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(tmp_path, "# A\n\nB\n", capsys, "--for", "kdp")
    assert code == 0 and "warning[print-pages]: KDP prints 24 to 828 pages, and this has 1" in said
    assert "print-pages" not in run(tmp_path, "# A\n\nB\n", capsys, "--for", "print-shop")[1]


def test_a_missing_image_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.pdf").write_bytes(b"old")
    code, said, out = run(tmp_path, "# A\n\n![x](gone.png)\n\n![y](lost.png)\n", capsys, "--for", "kdp")
    assert code == 1 and out.read_bytes() == b"old"
    assert "p.md:3:6: error[image-missing]: no file gone.png" in said and "p.md:5:6: error[image-missing]" in said


def test_a_damaged_image_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.png").write_bytes(png(9, 9)[:60])
    (tmp_path / "p.pdf").write_bytes(b"old")
    code, said, out = run(tmp_path, "# A\n\n![x](bad.png)\n", capsys, "--for", "print-shop")
    assert code == 1 and out.read_bytes() == b"old" and "bad.png is damaged" in said


def test_a_blurred_image_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "few.png").write_bytes(png(600, 90))
    (tmp_path / "many.png").write_bytes(png(1800, 90))
    post = "# A\n\n`few.png`\n\n![x](many.png)\n\n![y](few.png)\n\nIn ![z](few.png) line.\n"
    code, said, _ = run(tmp_path, post, capsys, "--for", "print-shop", "--paper", "6x9")
    assert code == 0 and "many.png" not in said
    assert "p.md:9:9: warning[image-resolution]: few.png" in said
    assert "p.md:7:6: warning[image-resolution]: few.png prints at 1" in said and "300 are asked for" in said


def test_a_font_that_an_image_leaves_out_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = pymupdf.open()
    drawing.new_page(width=200, height=80).insert_text((20, 40), "Helvetica, not held", fontname="helv")
    drawing.save(tmp_path / "d.pdf")
    code, said, out = run(tmp_path, "# A\n\n![x](d.pdf)\n", capsys, "--for", "print-shop")
    assert code == 1 and not out.exists()
    assert "error[print-font]: the PDF does not hold the font Helvetica" in said


def test_the_front_matter_may_ask_and_what_it_says_wins(tmp_path: Path) -> None:
    post = POST.replace("author: Ada", "for: kdp\npaper: 5x8\nlinks: inline")
    document = pymupdf.open(build(tmp_path, "pdf", post))
    assert round(document[0].rect.width) == 360 and document.get_toc() == []
    assert "https://docs.example/a" not in document[0].get_text()


def test_a_post_is_clickable_unless_it_goes_to_print(tmp_path: Path) -> None:
    document = pymupdf.open(build(tmp_path, "pdf", POST))
    assert document.get_toc() and any(page.get_links() for page in document)


def test_pixels_of_every_kind() -> None:
    from conftest import ROOT

    images = ROOT / "examples" / "showcase" / "images"
    found = {file.name: size_of(file.read_bytes()) for file in images.iterdir() if file.suffix != ".md"}
    drawn = {name: pymupdf.Pixmap(str(images / name)) for name in ("cover.png", "esc.png", "proof.jpg")}
    assert all(found[name] == (pixmap.width, pixmap.height) for name, pixmap in drawn.items())
    assert found["flow.excalidraw.svg"] is None and found["caret.gif"] and found["tints.webp"]
