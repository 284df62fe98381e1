"""What only some dialects have: ids of headings, contents, wikilinks, marks, sub- and superscripts, abbreviations."""

from __future__ import annotations

import base64
import re
import zipfile
from pathlib import Path

import pytest
from test_docs import said_by_convert

from fencepost.options import Options
from fencepost.settings.dialect import CONSTRUCTS, constructs_of
from fencepost.settings.project import guess_dialect

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def page(folder: Path, text: str, *, head: str = "", said: str = "", name: str = "post.md") -> str:
    """Convert a post to the body of a page; what the command says must be as wanted."""
    post = folder / name
    post.write_text((f"---\n{head}\n---\n\n" if head else "") + text, encoding="utf-8")
    assert re.search(said, said_by_convert(post, "--to", "html", "--fragment")) if said else True
    if not said:
        assert said_by_convert(post, "--to", "html", "--fragment") == ""
    return (folder / "post.html").read_text(encoding="utf-8")


READS = [
    # dialect          what the author wrote                  what the page has
    ("docusaurus",      "## A title {#own}\n\n[x](#own)",       '<h2 id="own">A title</h2>'),
    ("vitepress",       "## A title {#own-id}",                 '<h2 id="own-id">A title</h2>'),
    ("quarto",          "## A {#sec-a .unnumbered}",            '<h2 class="unnumbered" id="sec-a">A</h2>'),
    ("quarto",          "## A {-}",                             '<h2 class="unnumbered" id="a">A</h2>'),
    ("pymdownx",        "## A {: #own .big }",                  '<h2 class="big" id="own">A</h2>'),
    ("pymdownx",        "## *A* { #own }",                      '<h2 id="own"><em>A</em></h2>'),
    ("docusaurus",      "## A {#b}\n\n## B",                    '<h2 id="b-1">B</h2>'),
    ("docusaurus",      "## A {not an id}",                     "{not an id}"),
    ("vitepress",       "[[toc]]\n\n## A\n\n### B\n\n## C",     '<a href="#b">B</a>'),
    ("pymdownx",        "[TOC]\n\n## A",                        '<a href="#a">A</a>'),
    ("pymdownx",        "a ==marked *words*== b",               "<mark>marked <em>words</em></mark>"),
    ("pymdownx",        "==all==",                              "<mark>all</mark>"),
    ("pymdownx",        "if a == b and c == d",                 "if a == b and c == d"),
    ("pymdownx",        "`a ==b== c`",                          "a ==b== c"),
    ("pymdownx",        "H~2~O, x^2^, ~~no~~",                  "H<sub>2</sub>O, x<sup>2</sup>, <del>no</del>"),
    ("quarto",          "2^8 and 2^9 are",                      "2^8 and 2^9 are"),
    ("pymdownx",        "Term\n:   What it is",                 "<dd>\nWhat it is\n</dd>"),
    ("quarto",          "Term\n\n:   What it is",               "<dt>Term</dt>"),
    ("pymdownx",        "HTML is XHTML.\n\n*[HTML]: A & B", '<abbr title="A &amp; B">HTML</abbr> is XHTML.'),
    ("pymdownx",        "A & B\n\n*[A]: First\n*[B]: Second",    '<abbr title="Second">B</abbr>'),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "text", "wanted"), READS)
def test_dialects_read_what_is_theirs(dialect: str, text: str, wanted: str, tmp_path: Path) -> None:
    made = page(tmp_path, f"First words.\n\n{text}\n", head=f"dialect: {dialect}")
    assert wanted in made


WORDS = "## A title {#own}\n\n[[toc]]\n\n[[note|words]] ==m== H~2~O x^2^\n\nTerm\n: It\n\n*[HTML]: Hyper\n"


@pytest.mark.parametrize("dialect", ["auto", "rehype-pretty-code", "expressive-code"])
def test_elsewhere_they_are_words(dialect: str, tmp_path: Path) -> None:
    assert constructs_of(Options(dialect=dialect)) == frozenset()
    made = page(tmp_path, f"First words.\n\n{WORDS}", head=f"dialect: {dialect}")
    for words in ("A title {#own}", "[[toc]]", "[[note|words]] ==m== ", "x^2^", ": It", "*[HTML]: Hyper"):
        assert words in made


def test_every_construct_has_a_dialect_that_is_an_option() -> None:
    known = {
        choice
        for option in ("dialect", "alerts")
        for choice in Options.__dataclass_fields__[option].metadata["choices"]
    }
    assert {dialect for row in CONSTRUCTS.values() for dialect in row.split()} <= known


def test_a_vault_tells_by_its_folder_and_its_links_find_their_notes(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    folder = tmp_path / "deep"
    folder.mkdir()
    (tmp_path / "Other note.md").write_text("# O\n")
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "dot.gif").write_bytes(GIF)
    assert guess_dialect(folder) == ("obsidian", tmp_path / ".obsidian")
    text = "[[Other note]], [[Other note#The Part|its part]], [[#Here]], [[Nowhere|lost]].\n\nSee ![[dot.gif|40]].\n\n"
    text += "## Here\n\n> [!faq]- Folded\n> x\n"
    made = page(folder, text, said=r"post\.md:1:\d+: warning\[wikilink\]: there is no note Nowhere")
    assert '<a href="../Other%20note.html">Other note</a>' in made
    assert '<a href="../Other%20note.html#the-part">its part</a>' in made
    assert '<a href="#here">Here</a>' in made and "lost." in made and "[[" not in made
    assert re.search(r'<img[^>]*src="\.\./img/dot\.gif"[^>]*width="40"', made)
    assert "<details" in made


def test_books_and_print_have_them_too(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(
        "---\ndialect: pymdownx\n---\n\n[TOC]\n\n## A part {: #own }\n\nHTML, HTML and ==marks==, H~2~O.\n\n"
        "Term\n:   Meaning\n\n*[HTML]: Hyper\n"
    )
    assert said_by_convert(post) == ""
    pymupdf = pytest.importorskip("pymupdf")
    with pymupdf.open(tmp_path / "post.pdf") as printed:
        words = " ".join(" ".join(sheet.get_text() for sheet in printed).split())
    assert "HTML (Hyper), HTML and marks" in words.replace("\xa0", " ") and "{" not in words
    with zipfile.ZipFile(tmp_path / "post.epub") as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if "/text/ch" in name)
    assert "<mark>marks</mark>" in text and "<dt>Term</dt>" in text and 'id="own"' in text
