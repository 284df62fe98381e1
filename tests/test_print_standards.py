"""The standard of a PDF: met, or said to be missed with the line that is why; and the source that a PDF carries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pages import DRAWING, build

from fencepost.cli.main import main

PLAIN = "---\ntitle: A title\n---\n\nWords.[^1]\n\n## One\n\n$x^2$ and\n\n```python {1}\na = 1\n```\n\n[^1]: Note.\n"


def xmp(file: Path) -> str:
    return str(pymupdf.open(file).get_xml_metadata())


def said(folder: Path, post: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, Path]:
    """Convert a post; give the exit code, what was said, and the output."""
    (folder / "d.svg").write_text(DRAWING, encoding="utf-8")
    source, out = folder / "p.md", folder / "p.pdf"
    source.write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(out), *options])
    code: Any = end.value.code
    return code, capsys.readouterr().err, out


@pytest.mark.parametrize(
    ("standard", "mark"),
    [
        ("ua-1", "<pdfuaid:part>1</pdfuaid:part>"),
        ("a-2b", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"),
        ("a-3b", "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"),
        ("a-4", "<pdfaid:part>4</pdfaid:part>"),
    ],
)
def test_a_standard_is_met(standard: str, mark: str, tmp_path: Path) -> None:
    found = xmp(build(tmp_path, "pdf", PLAIN, "--pdf-standard", standard, "--strict"))
    assert mark in found.replace("\n", "")


def test_none_is_none(tmp_path: Path) -> None:
    found = xmp(build(tmp_path, "pdf", PLAIN, "--pdf-standard", "none"))
    assert "pdfuaid:part" not in found and "pdfaid:part" not in found


MISSED = [
    ("## One\n\nText\n\n#### Deep\n\n#### Deeper\n", 9, "skips from level 2 to 4"),
    ("## Deep\n\n```\n#### Deep\n```\n\n### Deep\n\n## Next\n\n> #### Deep\n", 15, "skips from level 2 to 4"),
    ("## One\n\n![](d.svg)\n", 7, "an image has no alternative text"),
    ("## One\n\nA \U00013000 here\n", 7, "no font here has \U00013000"),
]


@pytest.mark.parametrize(("body", "line", "reason"), MISSED)
def test_ua_falls_back_with_the_reason_and_the_line(
    body: str, line: int, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, words, out = said(tmp_path, f"---\ntitle: A\n---\n\n{body}", capsys)
    assert code == 0 and "pdfuaid:part" not in xmp(out)
    assert f"p.md:{line}:" in words and "warning[pdf-standard]: not PDF/UA-1: " in words and reason in words


def test_an_archive_that_cannot_be_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.pdf").write_bytes(b"old")
    code, words, out = said(tmp_path, "# A\n\nA \U00013000 here\n", capsys, "--pdf-standard", "a-2b")
    assert code == 1 and out.read_bytes() == b"old"
    assert "p.md:3:3: error[pdf-standard]: not PDF/A-2b: no font here has" in words


@pytest.mark.parametrize("standard", ["ua-1", "a-3b", "none"])
def test_the_source_is_attached(standard: str, tmp_path: Path) -> None:
    post = PLAIN.replace("Words.", "Wörter “here”.")
    document = pymupdf.open(build(tmp_path, "pdf", post, "--attach-source", "--pdf-standard", standard, "--strict"))
    assert document.embfile_names() == ["post.md"]
    assert document.embfile_get("post.md").decode() == post


def test_nothing_is_attached_unasked(tmp_path: Path) -> None:
    assert pymupdf.open(build(tmp_path, "pdf", PLAIN)).embfile_count() == 0


def test_an_archive_without_files_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, words, out = said(tmp_path, PLAIN, capsys, "--attach-source", "--pdf-standard", "a-2b")
    assert code == 1 and not out.exists()
    assert "error[pdf-standard]: PDF/A-2b allows no attached file" in words and "choose a-3b" in words


def test_a_formula_is_spoken_as_its_source(tmp_path: Path) -> None:
    """Formulas under PDF/UA have their TeX as alternative text."""
    out = build(tmp_path, "pdf", "# A\n\nInline $a^2$ and\n\n$$\\frac{n}{2}\\cdot x$$\n", "--strict")
    document = pymupdf.open(out)
    alts = [document.xref_get_key(xref, "Alt") for xref in range(1, document.xref_length())]
    assert {text for kind, text in alts if kind == "string"} == {"a^2", r"\frac{n}{2}\cdot x"}
    assert "pdfuaid:part" in xmp(out)


def test_headings_without_a_title_begin_at_the_first_level(tmp_path: Path) -> None:
    out = build(tmp_path, "pdf", "## One\n\n### Two\n\n## Three\n", "--strict")
    assert [entry[:2] for entry in pymupdf.open(out).get_toc()] == [[1, "One"], [2, "Two"], [1, "Three"]]
    assert "pdfuaid:part" in xmp(out)
