"""Attributes behind inlines, in the dialects that have them: read whole, or left as the words that they are."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pymupdf
import pytest
from pages import build
from PIL import Image

DIALECTS = ["vitepress", "quarto", "pymdownx", "pandoc"]
LINK, IMAGE = '<a href="https://x.y"', '<img src="a.png"'
READ = [
    ("[a](https://x.y){target=_blank}",            f'{LINK} target="_blank">a</a>'),
    ("[a](https://x.y){ .b .c--d }!",              f'{LINK} class="b c--d">a</a>!'),
    ('[a](https://x.y){: title="so & so" #i }',    f'{LINK} id="i" title="so &amp; so">a</a>'),
    ("![a](a.png){ width=30 } b",                  f'{IMAGE} width="30" alt="a" /> b'),
    ('![a](a.png){width=30\nheight="20"}, b',      f'{IMAGE} width="30" height="20" alt="a" />, b'),
    ("*a*{.b} c",                                  '<span class="b"><em>a</em></span> c'),
    ("**a**{#d}",                                  '<span id="d"><strong>a</strong></span>'),
    ("`a`{.b}",                                    '<code class="b">a</code>'),
    ("[![a](a.png){width=9}](https://x.y){.z} b",  f'{LINK} class="z">{IMAGE} width="9" alt="a" /></a> b'),
    ("[a](https://x.y){href=z .c onclick=x}",      f'{LINK} class="c">a</a>'),
]  # fmt: skip
A = "[a](https://x.y)"
WORDS = [
    f"{A} {{.b}}",
    "word{.b}",
    f"{A}{{b}}",
    f"{A}{{}}",
    f"{A}{{.b",
    f"{A}{{{{ b }}}}",
    f"{A}{{.b *c*}}",
    "*a*{x: 1}",
]


def html(post: str, folder: Path, *options: str) -> str:
    Image.new("RGB", (60, 40), "red").save(folder / "a.png")
    return build(folder, "html", post + "\n", "--fragment", *options).read_text(encoding="utf-8")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("written", "made"), READ)
def test_attributes_are_read(written: str, made: str, dialect: str, tmp_path: Path) -> None:
    assert made in html(f"So: {written}", tmp_path, "--dialect", dialect)


@pytest.mark.parametrize("written", WORDS)
def test_what_is_no_attribute_stays(written: str, tmp_path: Path) -> None:
    shown = re.sub(r"<[^>]*>", "", html(f"So: {written}", tmp_path, "--dialect", "quarto"))
    behind = written[written.index("{") :].replace("*", "")
    assert behind in shown


@pytest.mark.parametrize("dialect", ["auto", "docusaurus"])
def test_elsewhere_they_are_words(dialect: str, tmp_path: Path) -> None:
    options = ["--dialect", dialect] if dialect == "auto" else ["--dialect", dialect, "--mdx", "no"]
    assert "</a>{target=_blank}" in html("[a](https://x.y){target=_blank}", tmp_path, *options)


def test_of_a_stranger_only_what_is_harmless(tmp_path: Path) -> None:
    post = "[a](https://x.y){.b style=x formaction=y onclick=z width=3} *c*{onclick=z style=x}"
    made = html(post, tmp_path, "--dialect", "quarto", "--untrusted")
    assert not re.search("style|formaction|onclick", made) and 'class="b"' in made


def test_quartos_fig_alt_describes_and_the_words_are_the_caption(tmp_path: Path) -> None:
    made = html('![A *caption*](a.png){fig-alt="A red field" width=30}', tmp_path, "--dialect", "quarto")
    assert 'alt="A red field"' in made and re.search("<figcaption>A caption</figcaption>", made)


def test_a_width_counts_in_print_and_books(tmp_path: Path) -> None:
    Image.new("RGB", (600, 400), "red").save(tmp_path / "a.png")
    post = "Small ![a](a.png){ width=48 } here.\n"
    pdf = pymupdf.open(build(tmp_path, "pdf", post, "--dialect", "pymdownx"))
    (image,) = pdf[0].get_image_info()
    assert image["bbox"][2] - image["bbox"][0] == pytest.approx(36, abs=1)  # 48 pixels of a 96th inch
    book = zipfile.ZipFile(build(tmp_path, "epub", post, "--dialect", "pymdownx"))
    assert 'width="48"' in book.read("EPUB/text/ch001.xhtml").decode()
