"""Tabs in printed code: where they stop, that they are copied as tabs, and that they show nothing."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pypdf
import pypdfium2
import pytest
import typst
from fontTools.ttLib import TTFont
from pages import build
from test_print import spans

from fencepost.fonts import TABS, font_dirs
from fencepost.options import Options
from fencepost.theme.definitions import typst_definitions

sys.path.append(str(Path(__file__).parent / "tools"))
from tabs_font import make

CODE = """type T struct {
\tname\tstring\t// a field
\treturn\tname, x
\t\treturn name
\ta\tb\tc
x\t
yyy\t\tz
name\tz
\t'a',
\t'b'
\tends with tabs\t\t
}
    four blanks\tbehind
\tveryLongLineWithoutAnyBlank(argumentNumberOne,\targumentNumberTwo, argumentNumberThree,\targumentFour)\t// and\tmore
"""
MARKS = ["", "{2} /return/ /a\tb/#v /name/ showLineNumbers", "{3,4}#x", 'title="a.go" caption="tabs"']


def pdfium(file: Path) -> str:
    """Copy a PDF's text as Chromium does."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    return "\n".join(pages).replace("\r", "")


def by_pypdf(file: Path) -> str:
    """Copy a PDF's text as its text layer holds it."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def unwrapped(text: str) -> list[str]:
    """Give the lines of the code in a PDF's text, the last one put together again."""
    lines = text[text.index("type T") :].split("\n")
    end = next(at for at, line in enumerate(lines) if line.endswith("more"))
    last = next(at for at, line in enumerate(lines) if "veryLong" in line)
    return [*lines[:last], "".join(lines[last : end + 1])]


@pytest.mark.parametrize("meta", MARKS)
@pytest.mark.parametrize("options", [(), ("--paper", "a5", "--grayscale"), ("--font-mono", "Noto Sans Mono")])
def test_tabs_are_copied_as_tabs(meta: str, options: tuple[str, ...], tmp_path: Path) -> None:
    file = build(tmp_path, "pdf", f"Text.\n\n```go {meta}\n{CODE}```\n", *options)
    source = CODE.strip().split("\n")
    assert unwrapped(by_pypdf(file)) == source
    # Chromium takes several blanks for one, whoever wrote the PDF
    assert unwrapped(pdfium(file)) == [re.sub(" +", " ", line) for line in source]


def test_lines_that_change_keep_their_tabs(tmp_path: Path) -> None:
    post = "```js\n\told()\t// [!code --]\n\tnew()\t// [!code ++]\n\tfoo\tbar // [!code focus]\n```\n"
    file = build(tmp_path, "pdf", post, "--dialect", "vitepress")
    for text in (pdfium(file), by_pypdf(file)):
        assert "\told()\n\tnew()\n\tfoo\tbar" in text.replace("\t\n", "\n")


def narrow_mono(folder: Path) -> Path:
    """Make a code face whose cells are half an em wide, not 0.6 em."""
    source = next(file for place in font_dirs() for file in place.rglob("JetBrainsMono[[]*.ttf"))
    font = TTFont(source)
    for table in ("gvar", "HVAR", "MVAR", "avar", "fvar", "STAT", "GSUB", "GPOS"):
        if table in font:
            del font[table]
    for name, (width, side) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[name] = (round(width * 5 / 6), side)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Narrow" if record.nameID == 6 else "Narrow Mono"
    font.save(folder / "narrow.ttf")
    return folder / "narrow.ttf"


@pytest.mark.parametrize("width", [0.6, 0.5])
def test_tabs_stop_at_every_fourth_column(width: float, tmp_path: Path) -> None:
    options = [] if width == 0.6 else ["--font-mono", str(narrow_mono(tmp_path))]
    lines = ["0\t4\t\t12", "\t4", "\t\t8", "012\t4", "0123\t8", "01234567\t12", "    \t8", "\t45678\t12"]
    post = "```text /012/ /456/#v\n" + "\n".join(lines) + "\n```\n"
    printed = spans(pymupdf.open(build(tmp_path, "pdf", post, *options)))
    code = [span for span in printed if span["text"].strip() and re.search("Mono|Narrow", span["font"])]
    found: dict[int, list[float]] = {}  # by the baseline, in points: where signs begin, in columns
    for span in code:
        left = [span["origin"][0] + at * span["size"] * width for at, char in enumerate(span["text"]) if char != " "]
        found.setdefault(round(span["origin"][1]), []).extend(left)
    cell, start = code[0]["size"] * width, min(min(line) for line in found.values())
    for line, written in zip((found[y] for y in sorted(found)), lines, strict=False):
        seen = sorted((x - start) / cell for x in line)
        wanted = [at for at, char in enumerate(written.expandtabs(4)) if char != " "]
        assert seen == pytest.approx(wanted, abs=0.03), written


def test_tabs_show_nothing(tmp_path: Path) -> None:
    file = build(tmp_path, "pdf", "```text\nab\t\t\tcd\n```\n")
    (first, *_), (last, *_) = (
        [span for span in spans(pymupdf.open(file)) if word in span["text"]] for word in ("ab", "cd")
    )
    page = pypdfium2.PdfDocument(file)[0]
    left, right = first["bbox"][2] + 1, last["bbox"][0] - 1
    assert right - left > 40
    for scale in (1, 1.7, 4):
        image = page.render(scale=scale).to_pil().convert("L")
        box = [round(side * scale) for side in (left, first["bbox"][1], right, first["bbox"][3])]
        low, high = image.crop(box).getextrema()
        assert low == high
        clip = pymupdf.Rect(left, first["bbox"][1], right, first["bbox"][3])
        assert len(set(pymupdf.open(file)[0].get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=clip).samples)) <= 3


@pytest.mark.parametrize("standard", ["ua-1", "a-2a", "a-2u", "a-3a"])
def test_standards_take_tabs(standard: str, tmp_path: Path, capsys: Any) -> None:
    build(tmp_path, "pdf", "---\ntitle: T\nlang: en\n---\n\n```text\n\ta\tb\n```\n", "--pdf-standard", standard)
    assert "pdf-standard" not in capsys.readouterr().err


def test_without_the_font_they_are_blanks() -> None:
    """Whoever compiles our definitions with a Typst of their own has no such font."""
    page = typst_definitions(Options()) + '#fp-code(lines: (("\\tif x:",), (("k", "a\\tb"),)))'
    document = pymupdf.open("pdf", typst.compile(page.encode(), font_paths=typst.Fonts(False, True, list(font_dirs()))))
    assert document[0].get_text() == "    if x:\na   b\n"


def test_tabs_within_a_line_of_text_are_a_blank(tmp_path: Path) -> None:
    file = build(tmp_path, "pdf", "Say `a\tb` and `c\td{:js}`, `a_long_name\tand_one_more` too.\n")
    words = " ".join(by_pypdf(file).split())
    assert "Say a b and c d, a_long_name and_one_more too." in words


def test_the_font_is_what_its_tool_makes(tmp_path: Path) -> None:
    make(tmp_path / "tabs.ttf")
    told = []
    for file in (TABS, tmp_path / "tabs.ttf"):
        out = io.StringIO()
        TTFont(file).saveXML(out, tables=["cmap", "glyf", "hmtx", "GSUB", "name"])
        told.append(out.getvalue())
    assert told[0] == told[1]
