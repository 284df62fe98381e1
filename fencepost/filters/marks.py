"""Marks: `==words==` are marked words, in the dialects that read it so."""

from __future__ import annotations

import re
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_SIGN = re.compile(r"(?<!=)==(?!=)")
_BLANK = frozenset(["Space", "SoftBreak", "LineBreak"])


def rewrite(document: Document, _context: Context) -> None:
    """Put `<mark>` in the place of the signs: HTML and books keep it, print knows it."""
    lists: dict[int, list[Any]] = {}
    for container, _ in tree.find_words(document["blocks"], _SIGN):
        lists[id(container)] = container
    for members in lists.values():
        members[:] = _marked(members)


def _marked(members: list[Node]) -> list[Node]:
    """Pair the signs of one list of inlines: one that opens stands before no blank, one that closes behind none."""
    out: list[Node] = []
    opened = -1
    for at, node in enumerate(members):
        if node["t"] != "Str" or not _SIGN.search(node["c"]):
            out.append(node)
            continue
        pieces = _SIGN.split(node["c"])
        for number, piece in enumerate(pieces):
            out += [{"t": "Str", "c": piece}] if piece else []
            if number == len(pieces) - 1:
                break
            before = piece[-1] != " " if piece else number > 0 or at > 0 and members[at - 1]["t"] not in _BLANK
            next_one = pieces[number + 1]
            after = next_one[0] != " " if next_one else at + 1 < len(members) and members[at + 1]["t"] not in _BLANK
            if opened >= 0 and before and len(out) > opened + 1:
                out[opened], opened = _raw("<mark>"), -1
                out.append(_raw("</mark>"))
            else:
                out.append({"t": "Str", "c": "=="})
                opened = len(out) - 1 if after else opened
    return out


def _raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["html", text]}
