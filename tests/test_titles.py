"""Titles in front matter: words of a line, whatever they begin with, in every format."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import pymupdf
import pytest
from pages import build

# the title                               as HTML                                              its words
TITLES = [
    ("1. First `x`",                      "1. First <code>x</code>",                           "1. First x"),
    ("# of things",                       "# of things",                                       "# of things"),
    ("- dash",                            "- dash",                                            "- dash"),
    ("> than",                            "&gt; than",                                         "> than"),
    ("* * *",                             "* * *",                                             "* * *"),
    ("<Suspense> in React",               "&lt;Suspense&gt; in React",                         "<Suspense> in React"),
    ("<details>",                         "&lt;details&gt;",                                   "<details>"),
    ("Why <Suspense> & <b>now</b>",       "Why &lt;Suspense&gt; &amp; <b>now</b>",             "Why <Suspense> & now"),
    ("The <b> tag, <i>so</i> far",        "The &lt;b&gt; tag, <i>so</i> far",                  "The <b> tag, so far"),
    ("A<br>B",                            "A B",                                               "A B"),
    ("See ![it](no.png)",                 "See it",                                            "See it"),
    ("Say “so” and 'so'",                 "Say “so” and ‘so’",                                 "Say “so” and 'so'"),
    ("Use **all** of &amp;",              "Use <strong>all</strong> of &amp;",                 "Use all of &"),
    ("2 * 3 snake_case_x",                "2 * 3 snake_case_x",                                "2 * 3 snake_case_x"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "shown", "words"), TITLES, ids=[title for title, *_ in TITLES])
def test_a_title_is_words_in_a_line(title: str, shown: str, words: str, tmp_path: Path) -> None:
    post = f"---\ntitle: {title!r}\n---\n\nText.\n" if "'" not in title else f'---\ntitle: "{title}"\n---\n\nText.\n'
    page = build(tmp_path, "html", post).read_text(encoding="utf-8")
    found = re.search(r'<h1 class="post-title">(.*)</h1>', page)
    assert found and found[1] == shown
    assert f"<title>{html.escape(words, quote=False)}</title>" in page
    with pymupdf.open(build(tmp_path, "pdf", post)) as pdf:
        assert pdf.metadata["title"] == words
        printed = " ".join(pdf[0].get_text().split())
        assert printed.replace("‘", "'").replace("’", "'").startswith(words)
    with zipfile.ZipFile(build(tmp_path, "epub", post)) as book:
        assert f">{html.escape(words, quote=False)}</dc:title>" in book.read("EPUB/content.opf").decode()


def test_a_title_that_the_first_heading_repeats_is_printed_once(tmp_path: Path) -> None:
    page = build(tmp_path, "html", "---\ntitle: 1. First\n---\n\n# 1. First\n\nText.\n").read_text(encoding="utf-8")
    assert len(re.findall("<h1", page)) == 1 and page.count("1. First</h1>") == 1


def test_other_metadata_begins_no_list_in_print(tmp_path: Path) -> None:
    """A German date does: `22. Mai`."""
    post = (
        '---\ntitle: T\nlang: de\nsubtitle: "- sub"\ndescription: "+ desc"\nauthor: "1. FC Muster"\ndate: 2025-05-22\n'
        'categories: ["= Kat"]\n---\n\nText.\n'
    )
    with pymupdf.open(build(tmp_path, "pdf", post)) as pdf:
        printed = " ".join(pdf[0].get_text().split())
    assert printed.startswith("= KAT T - sub + desc 22. Mai 2025 · 1. FC Muster ·")


CELLS = """
| a | b | c |
|---|---|---|
| - z | + q | = e |
| / t: x | 3. k | - |

Say <u>- u</u>, <sub>+ s</sub>, <small>= i</small>, <mark>1. m</mark> and [- l](https://example.org).
"""


def test_words_within_a_line_begin_no_list_in_print(tmp_path: Path) -> None:
    with pymupdf.open(build(tmp_path, "pdf", f"# T\n{CELLS}")) as pdf:
        printed = " ".join(pdf[0].get_text().split())
    assert "a b c - z + q = e / t: x 3. k - Say - u, + s, = i, 1. m and - l." in printed


ELEMENTS = [
    "`w`", "`w{:js}`", "<kbd>w</kbd>", "<mark>w</mark>", "<small>w</small>", "[w](https://example.org)", "**w**", "*w*",
    "~~w~~", "<sub>w</sub>", "<sup>w</sup>", "<u>w</u>", '<abbr title="T">w</abbr>', "[w](#t)",
]  # fmt: skip
TAILS = ["(p)", "[q]", ".js", ".1", ";s", ":c", "#h", "@r", "=e", "/f", "?", "-d"]


def test_what_stands_behind_an_element_is_words_in_print(tmp_path: Path) -> None:
    """To Typst `#link("…")[Vue].js` asks for a field of the link, and `#strong[b];` ends there."""
    pairs = [(element, tail) for element in ELEMENTS for tail in TAILS]
    lines = [f"A{at}A {element}{tail} Z{at}Z" for at, (element, tail) in enumerate(pairs)]
    with pymupdf.open(build(tmp_path, "pdf", "# T\n\n" + "\n\n".join(lines) + "\n")) as pdf:
        printed = re.sub(r"\s", "", " ".join(page.get_text() for page in pdf)).replace("w(T)", "w")
    for at, (element, tail) in enumerate(pairs):
        found = re.search(rf"A{at}A(.*?)Z{at}Z", printed)
        assert found and found[1] == f"w{tail}", (element, tail)
