"""Blocks of formulas are read as remark-math reads them: what stands between two lines of dollars is no Markdown."""

from __future__ import annotations

import subprocess

import pytest

from fencepost.markdown import unprotect
from fencepost.markdown.protect import carry
from fencepost.pandoc import run as pandoc
from fencepost.pandoc import tree

READS = [
    # the post, its formulas
    ("$$\na\n+ b\n$$", ["\na\n+ b\n"]),
    ("$$\na\n- b\n$$", ["\na\n- b\n"]),
    ("$$\na\n* b\n1. c\n$$", ["\na\n* b\n1. c\n"]),
    ("$$\na\n> b\n# c\n$$", ["\na\n> b\n# c\n"]),
    ("$$\na\n=\nb\n---\n$$", ["\na\n=\nb\n---\n"]),
    ("$$\na\n\nb\n$$", ["\na\nb\n"]),
    ("$$\na | b\n--|--\n$$", ["\na | b\n--|--\n"]),
    ("$$\n```\n[^1]: a\n$$", ["\n```\n[^1]: a\n"]),
    ("$$\n<div>\n<!-- a\n$$", ["\n<div>\n<!-- a\n"]),
    ("- $$\n  a\n  - b\n\n  c\n  $$\n- d", ["\na\n- b\nc\n"]),
    ("1. > $$\n   > a\n   > > b\n   > $$", ["\na\n> b\n"]),
    ("> $$\n> a\n>\n> + b\n> $$", ["\na\n+ b\n"]),
    ("- a\n\n  $$\n  - b\n  $$", ["\n- b\n"]),
    ("[^1]: a\n\n    $$\n    - b\n    $$\n\nx[^1]", ["\n- b\n"]),
    ("```\n$$\n- b\n$$\n```", []),
    ("    $$\n    - b\n    $$", []),
    ("$$\n- b", []),
    ("a `$$`\n- b\n\n$$", []),
]  # fmt: skip


def formulas(text: str, reader: str) -> list[str]:
    command = [pandoc.binary(), "-f", reader, "-t", "json"]
    run = subprocess.run(command, input=carry(text, reader).text.encode(), capture_output=True, check=True, timeout=30)
    document = tree.load(run.stdout)
    unprotect.restore(document)
    return [container[index]["c"][1] for container, index in tree.find(document["blocks"], frozenset(["Math"]))]


@pytest.mark.parametrize("reader", ["gfm", "commonmark_x"])
@pytest.mark.parametrize(("text", "wanted"), READS)
def test_a_block_of_formulas_is_one(text: str, wanted: list[str], reader: str) -> None:
    assert formulas(text, reader) == wanted


def test_without_formulas_dollars_are_words() -> None:
    assert carry("$$\n- b\n$$", "gfm-tex_math_dollars").text == "$$\n- b\n$$\n"
