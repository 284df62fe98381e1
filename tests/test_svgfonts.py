"""Fonts inside an SVG: found, decoded, renamed apart, and seen on the page."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pymupdf
import pytest
from conftest import ROOT
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from fencepost.fonts import font_dirs
from fencepost.formats.typst_pdf import compile
from fencepost.images import svgfonts


def subset(text: str, flavor: str | None = "woff2") -> str:
    """Cut a bundled font down to some letters, as Excalidraw does, and write it as base64."""
    file = next(file for folder in font_dirs() for file in folder.rglob("NotoSansThai*.ttf"))
    font = TTFont(io.BytesIO(file.read_bytes()))
    del font["fvar"], font["gvar"], font["HVAR"]
    for tag in ("avar", "STAT", "MVAR"):
        if tag in font:
            del font[tag]
    cut = Subsetter(Options(drop_tables=["GSUB", "GPOS", "GDEF"]))
    cut.populate(text=text)
    cut.subset(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return base64.b64encode(out.getvalue()).decode()


def svg(data: str, use: str = 'font-family="Hand, sans-serif"', kind: str = "font/woff2") -> bytes:
    face = f"@font-face {{ font-family: Hand; src: url(data:{kind};base64,{data}); }}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 30" width="99" height="30">'
        f"<defs><style>{face}</style></defs>"
        f'<text x="2" y="20" {use}>กข</text></svg>'
    ).encode()


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize(
    "use",
    [
        'font-family="Hand, sans-serif"',
        "style='font-family: Hand, serif'",
        "font-family=\"'Hand'\"",
        'style="font:9px Hand"',
        'class="x"/><style>.x { font-family: "Hand", serif }</style><text',
    ],
)
@pytest.mark.parametrize("flavor", ["woff2", "woff", None])
def test_every_way_to_name_the_face(use: str, flavor: str | None, tmp_path: Path) -> None:
    made = svgfonts.unpack_svg(svg(subset("กข", flavor), use), tmp_path / "fonts").decode()
    (file,) = (tmp_path / "fonts").iterdir()
    name = TTFont(io.BytesIO(file.read_bytes()))["name"].getDebugName(1)
    assert name.startswith("Hand ") and name in made and "@font-face" not in made


def test_two_subsets_under_one_name_do_not_meet(tmp_path: Path) -> None:
    one = svgfonts.unpack_svg(svg(subset("ก")), tmp_path)
    two = svgfonts.unpack_svg(svg(subset("ข")), tmp_path)
    assert one != two and len([*tmp_path.glob("*.ttf")]) == 2


def test_the_page_shows_the_embedded_face(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_bytes(svgfonts.unpack_svg(svg(subset("กข")), tmp_path))
    made = compile.compile_pdf('#image("x.svg")', root=tmp_path, font_paths=[tmp_path], timestamp=0)
    page = pymupdf.open(stream=made.data)[0]
    assert any("Hand" in font[3] for font in page.get_fonts())


def test_the_second_run_reads_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = svgfonts.unpack_svg(svg(subset("กข")), tmp_path / "a")
    monkeypatch.setattr(svgfonts, "decode_font", lambda *_: pytest.fail("decoded again"))
    assert svgfonts.unpack_svg(svg(subset("กข")), tmp_path / "b") == first
    assert [f.name for f in (tmp_path / "a").iterdir()] == [f.name for f in (tmp_path / "b").iterdir()]


@pytest.mark.parametrize(
    "data",
    ["AAAA", "%%%", base64.b64encode(b"wOF2" + b"\xff" * 60).decode(), base64.b64encode(b"\0" * 99).decode(), ""],
)
def test_a_broken_font_leaves_the_drawing_as_it_is(data: str, tmp_path: Path) -> None:
    assert svgfonts.unpack_svg(svg(data), tmp_path / "fonts") == svg(data)
    assert not (tmp_path / "fonts").exists()


def test_what_carries_no_font_is_not_touched(tmp_path: Path) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg"><text font-family="Hand">\xff</text></svg>'
    assert svgfonts.unpack_svg(data, tmp_path) is data


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert b"@font-face" not in svgfonts.unpack_svg(svg(subset("กข")), tmp_path / "fonts")


def test_no_word_of_a_name_begins_with_a_digit(tmp_path: Path) -> None:
    """CSS knows no such name, and Typst would take the next face: in ten of sixteen drawings."""
    drawing = ROOT / "examples" / "showcase" / "images" / "flow.excalidraw.svg"
    svg = svgfonts.unpack_svg(drawing.read_bytes(), tmp_path).decode()
    names = set(re.findall(r'font-family="([^",]*)', svg))
    assert names
    assert not [name for name in names if re.search(r"(?:^| )\d", name)]
