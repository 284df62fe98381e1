"""Each word of the corpora, of the recorded cases and of our own posts is in every output, in the order of the text.

What a post says is what pandoc alone makes of it in plain text, and what fences say behind their language. Documents
that can stand behind one another are made one post, so that every format can be tried on all of them.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, need
from test_source import comparable, corpora, is_exception
from trees import read_each
from words import BETWEEN, CONVERTED, PIPED, descriptions_in_pdf, expected, lost, made, stream, words_in

from fencepost.markdown.protect import carry

# inline code that says its language (`x{:js}`) does not print it; nor do
TAKEN_OUT = ("docusaurus/", "vitepress/", "expressive-code/")  # cases of comments that give orders and leave the code
SIZE = 60  # documents in one post
_MANNERS = re.compile(r"^ {0,3}\[[^\]\n]+\]:|<!--|<[a-z?!/]", re.MULTILINE | re.IGNORECASE)
_TITLES = re.compile(r"^[ \t>]*(?:```+|~~~+)[^\n]*?\b(?:title|caption)=\"([^\"\n]*)\"", re.MULTILINE)


# `> [!TIP] Title`: GitHub's pandoc shows the sign of the alert, we its title
_SIGN = re.compile(r"^((?:[ \t>]|[-+*] |\d+[.)] )*>[ \t]*)\[![A-Za-z]+\][-+]?[ \t]+(?=\S)", re.MULTILINE)


def plain_titles(text: str) -> str:
    """Take the signs of alerts with titles of their own out of a text."""
    return _SIGN.sub(r"\1", text)


def can_stand_together(text: str) -> bool:
    """Say whether a document leaves others alone: no definitions, no raw HTML, no notes."""
    return not _MANNERS.search(text) and "[^" not in text


pytestmark = pytest.mark.corpus


@cache
def documents() -> dict[str, str]:
    """Every document at hand that pandoc alone reads as GitHub does, by name."""
    named = os.environ.get("FENCEPOST_CORPUS")
    texts = corpora(Path(named) if named else None)
    return {
        name: text
        for name, text in texts.items()
        if text.strip()
        and "{:" not in text
        and not name.startswith(TAKEN_OUT)
        and not is_exception(text, carry(text), "gfm")
    }


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, list[list[list[str]]]]]:
    """Posts of many documents, each with the words of its documents; those that do not survive company are left out."""
    folder = tmp_path_factory.mktemp("joined")
    names = [name for name, text in documents().items() if can_stand_together(text)]
    alone = dict(zip(names, read_each([documents()[name] for name in names], "gfm", folder), strict=True))
    need(len(names) > 100, "the recorded cases")
    followed = read_each([f"\n{documents()[name]}\n\n{BETWEEN}\n" for name in names], "gfm", folder / "followed")
    ends = {name: _parts(document) for name, document in zip(names, followed, strict=True)}
    names = [name for name in names if len(ends[name]) == 1 and _same(ends[name][0], alone[name])]
    posts = []
    for at in range(0, len(names), SIZE):
        some = names[at : at + SIZE]
        text = "".join(f"\n{documents()[name]}\n\n{BETWEEN}\n" for name in some)
        parts = _parts(read_each([text], "gfm", folder / str(at))[0])
        kept = [
            name
            for name, part in zip(some, parts, strict=False)
            if len(parts) == len(some) and _same(part, alone[name])
        ]
        assert len(kept) > SIZE // 2 or at + SIZE > len(names), at
        text = "".join(f"\n{documents()[name]}\n\n{BETWEEN}\n" for name in kept)
        texts = [plain_titles(documents()[name]) for name in kept]
        posts.append((text, expected(read_each(texts, "gfm", folder / f"{at}-plain"))))
    return posts


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(comparable(copy.deepcopy(one)) == comparable(copy.deepcopy(other)))


def _parts(document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[list[Any]] = [[]]
    for block in document["blocks"]:
        if block == {"t": "Para", "c": [{"t": "Str", "c": BETWEEN}]}:
            found.append([])
        else:
            found[-1].append(block)
    return [{**document, "blocks": blocks} for blocks in found[:-1]]


@pytest.mark.parametrize("kind", [*CONVERTED, *PIPED])
def test_documents_in_company(
    kind: str,
    joined: list[tuple[str, list[list[list[str]]]]],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    count, missing = 0, []
    for number, (text, parts) in enumerate(joined):
        output = made(text, kind, tmp_path)
        pieces = output.split(BETWEEN)
        assert len(pieces) >= len(parts), (number, len(pieces), len(parts))
        for part, piece in zip(parts, pieces, strict=False):
            count += sum(map(len, part))
            missing += [(number, word, part) for word in lost(part[:1], piece)][:1]
    record_property("words", count)
    print(f"{kind}: {count} words, {len(missing)} lost")
    assert missing == [], missing


def test_documents_by_themselves(tmp_path: Path) -> None:
    """What cannot stand in company, as a web page: definitions, raw HTML, notes."""
    names = [name for name, text in documents().items() if not can_stand_together(text)]
    alone = read_each([plain_titles(documents()[name]) for name in names], "gfm", tmp_path / "read")
    count, missing = 0, []
    for name, parts in zip(names, expected(alone), strict=True):
        output = made(documents()[name], "html", tmp_path)
        count += sum(map(len, parts))
        missing += [(name, word) for word in lost(parts, output)][:1]
    print(f"html, one by one: {len(names)} documents, {count} words, {len(missing)} lost")
    assert missing == [], missing


POSTS = sorted((ROOT / "examples").rglob("*.md"))


@pytest.mark.parametrize("kind", [*CONVERTED, *PIPED])
def test_whole_posts(kind: str, tmp_path: Path) -> None:
    """Our own posts and the sample, notes, titles and captions too."""
    named = os.environ.get("FENCEPOST_CORPUS")
    posts = [*POSTS, *([Path(named) / "posts" / "why-i-love-modal.md"] if named else [])]
    texts = [re.sub(r"<[A-Za-z/!][^>]*>", "", post.read_text(encoding="utf-8")) for post in posts]
    missing = []
    for post, text, parts in zip(
        posts, texts, _expected(texts, tmp_path, images=kind not in ("pdf", "latex")), strict=True
    ):
        output = made(text, kind, tmp_path)
        if kind == "pdf":
            described = stream(descriptions_in_pdf((tmp_path / "post.pdf").read_bytes()) + output)
            wanted = [words_in(alt) for alt in re.findall(r"!\[([^\]\n]+)\]\(", text)]
            missing += [(post.name, word) for word in lost(wanted, described)]
        missing += [(post.name, word) for word in lost(parts, output)][:2]
        titles = [words_in(title) for title in _TITLES.findall(text)]
        missing += [(post.name, word) for word in lost(titles, output)]
    assert missing == [], missing


def _expected(texts: list[str], folder: Path, *, images: bool) -> list[list[list[str]]]:
    return expected(read_each(list(map(plain_titles, texts)), "gfm", folder / "read"), images=images)


def test_what_is_lost_is_found() -> None:
    assert lost([["a", "b"], ["n"]], "axbn") == []
    assert lost([["a", "b", "c"]], "acb") == ["c"]
    assert lost([["word"]], "wor d") == ["word"]
