"""Containers: which lines are found, and that nothing of a text is lost by looking for them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost.locales.words import labels
from fencepost.markdown import unprotect
from fencepost.markdown.containers.lines import find_containers
from fencepost.markdown.containers.types import KINDS, WORDS
from fencepost.markdown.protect import Dialects, carry
from fencepost.pandoc import run as pandoc
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document
from fencepost.writers.alert import icons

ANY = (None, None, None)
FINDS = {
    # text                                      (first, last, word, title, fold)
    ":::note\na\n:::":                          [(0, 2, "note", None, "")],
    "::: Note T *x*\na\n::::":                  [(0, 2, "note", "T *x*", "")],
    ":::note[T]{#id .x}\na\n:::":               [(0, 2, "note", "T", "")],
    '::: {.callout-tip title="T"}\na\n:::':     [(0, 2, "callout-tip", "T", "")],
    "::: note :::\na\n:::":                     [(0, 2, "note", None, "")],
    "::::a\n:::b\n:::\n::::":                   [(0, 3, "a", None, ""), (1, 2, "b", None, "")],
    ":::a\n:::b\nx\n:::\n:::":                  [(0, 4, "a", None, ""), (1, 3, "b", None, "")],
    '!!! a\n    !!! b "T"\n        x\n\ny':       [(0, 3, "a", None, ""), (1, 3, "b", "T", "")],
    '=== "T"\n    x\n\n=== "U"\n\n    y\n':     [(0, 2, "tab", "T", ""), (3, 6, "tab", "U", "")],
    '=== "T"\n\nx':                             [],
    ":::a\nx":                                  [],
    "::a\nx\n::":                               [],
    ":::\nx\n:::":                              [],
    "```\n:::a\n:::\n```":                      [],
    "~~~\n```\n:::a\n:::\n~~~\n:::a\n:::":      [(5, 6, "a", None, "")],
    "- x\n  :::a\n  y\n  :::":                  [(1, 3, "a", None, "")],
    "> :::a\n> y\n> :::":                       [(0, 2, "a", None, "")],
    "/// tip | T\nx\n///":                      [(0, 2, "tip", "T", "")],
    "/// tip\nx\n////":                         [],
    '!!! note "T"\n    x\n\ny':                 [(0, 2, "note", "T", "")],
    '!!! note inline end "T"\n    x':           [(0, 2, "note", "T", "")],
    '??? tip ""\n\tx\n\n    y\n':               [(0, 4, "tip", "", "-")],
    "???+ tip\n    x":                          [(0, 2, "tip", None, "+")],
    "!!! note\nx":                              [],
    "!!! note\n    x\ny":                       [],
    "a !!! b\n    c\n":                         [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FINDS.items())
def test_containers_are_found(text: str, wanted: list[tuple[object, ...]]) -> None:
    found = find_containers(text.split("\n"), ANY)
    assert [(item.first, item.last, item.word, item.title, item.fold) for item in found] == wanted


def test_an_end_is_the_innermosts_in_pandocs_dialect() -> None:
    text = "::::a\n:::b\n::::\n:::"
    assert [(i.first, i.last) for i in find_containers(text.split("\n"), ANY, innermost=True)] == [(0, 3), (1, 2)]


def test_every_kind_has_a_drawing_and_a_name_in_each_language() -> None:
    known = {kind for words in WORDS.values() for table in words for kind in table.values()}
    assert {kind.removeprefix("callout-") for kind in known} <= set(KINDS) <= set(icons())
    for lang in ("en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh"):
        assert all(labels(lang)[kind] for kind in KINDS)


def read(text: str) -> Document:
    command = [pandoc.binary(), "-f", "gfm", "-t", "json"]
    return tree.load(subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=30).stdout)


def restored(text: str) -> Document:
    document = read(carry(text, dialects=Dialects()).text)
    unprotect.restore(document)
    return document


PIECES = st.lists(
    st.sampled_from(
        [":::note\n", ":::\n", "::::tip[T]\n", "::::\n", "!!! note\n", "    ", "/// tip\n", "///\n", "```\n", "\n",
         "- ", "> ", "??? tip \"x\"\n", "<div>\n", "</div>\n", "<!-- c -->\n", "\n\n", "[^a]", "[^a]: "]
    ) | st.integers(0, 999).map(lambda number: f"w{number}w\n"),
    max_size=20,
)  # fmt: skip


def words_in(document: Document) -> list[str]:
    found = []
    for container, index in tree.find([document["blocks"]], None):
        node = container[index]
        if node["t"] in ("Str", "Code", "CodeBlock", "RawBlock", "RawInline"):
            found += re.findall(r"w\d+w", node["c"] if node["t"] == "Str" else node["c"][1])
    return found


@settings(max_examples=80, deadline=None)
@given(PIECES)
def test_no_word_is_lost_and_no_carrier_left(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = restored(text)
    cited = "[^a]" in text  # a note's words are where they are cited
    wanted = re.findall(r"w\d+w", text)
    assert cited or sorted(words_in(document)) == sorted(wanted)
    assert not re.search("[\uf5c0-\uf5ff\U000f0000-\U0010fffd]", json.dumps(document, ensure_ascii=False))


@pytest.mark.corpus
def test_what_is_no_container_reads_as_pandoc_alone_reads_it() -> None:
    corpus = os.environ.get("FENCEPOST_CORPUS")
    if not corpus:
        pytest.skip("FENCEPOST_CORPUS names no corpora to measure against")
    for name in ("commonmark.json", "gfm.json"):
        rows = json.loads((Path(corpus) / "corpus" / name).read_text(encoding="utf-8"))
        for row in rows:
            carried = carry(row["markdown"], dialects=Dialects()).text
            assert carried == carry(row["markdown"]).text  # no example holds one


POST = """---
title: T
lang: de
---

:::note
body
:::

??? tip "Faltbar"
    inner

::: details
more
:::

!!! question
    why
"""


def test_the_names_are_in_the_language_of_the_post_and_folding_needs_no_script(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.md", "--to", "html,epub,pdf"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=90)
    assert run.stderr == ""
    page = (tmp_path / "post.html").read_text(encoding="utf-8").rpartition("<script")[0]
    assert re.findall(r"</svg>([^<]+)<", page) == ["Hinweis", "Faltbar", "Details", "Frage"]
    assert page.count('<details class="alert') == 2


def test_inspect_lists_containers_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST + "\n> [!NOTE]\n> last\n", encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "inspect", "post.md"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    alerts = json.loads(run.stdout)["alerts"]
    assert [(alert["line"], alert["type"], alert["title"]) for alert in alerts] == [
        (6, "note", "Note"), (10, "tip", "Faltbar"), (13, "details", "Details"), (17, "question", "Question"),
        (20, "note", "Note"),
    ]  # fmt: skip


def test_what_is_indented_nests_in_lists_and_tabs(tmp_path: Path) -> None:
    text = '=== "A"\n\n    - y\n\n        !!! tip "T"\n            z\n\nEnd.\n'
    (tmp_path / "post.md").write_text(text, encoding="utf-8")
    command = [
        str(Path(sys.executable).parent / "fencepost"),
        "convert",
        "post.md",
        "-o",
        "post.html",
        "--dialect",
        "pymdownx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    page = (tmp_path / "post.html").read_text(encoding="utf-8")
    assert (
        re.search(r'tab-panel"[^>]*>\s*<ul>.*class="alert alert-tip.*<p>z</p>.*</ul>', page, re.DOTALL)
        and "!!!" not in page
    )
    assert "<p>End.</p>" in page
