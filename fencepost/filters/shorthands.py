"""Shorthands: what Typst would read into hyphens and full stops stays what the author wrote.

In Typst's markup `--` is a dash, `-1` has a minus, `-?` a soft hyphen and `...` an ellipsis; pandoc's writer leaves
them as they are when it is told to leave quotes alone. A leaf filter in pandocfilters' shape.

And where words begin, in a cell or an element within a line, `- z` is no list, `= e` no heading: pandoc's writer sees
to that for paragraphs alone. What stands behind an element is no part of its call: `[Vue](…).js`, `**a**;`.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

LEAVES = ("Str",)

_SHORTHAND = re.compile(r"-(?=-|\?)|(?<=-)-|(?<!\w)-(?=\d)|\.(?=\.\.)")
_BEGINS_BLOCK = re.compile(r"(?:[-+/]|=+|\d+\.)(?=\s|\Z)")
_GOES_ON = re.compile(r"[.(\[;]")
_AT_RISK = re.compile(rf"\A(?:{_BEGINS_BLOCK.pattern}|{_GOES_ON.pattern})")
_BLANKS = frozenset(["Space", "SoftBreak"])
_NO_CALL = frozenset(["Str", "Space", "SoftBreak", "LineBreak", "RawInline"])  # raw calls are ended where they are made
_NOTHING = {"t": "RawInline", "c": ["typst", "#[];"]}


def keep_in_line(document: Document, _context: Context) -> None:
    """Put nothing before words that would begin a list, a heading or a term, or go on with a call; in place."""
    keep_words(document["blocks"])


def keep_words(root: Any) -> None:
    """Do that below any node."""
    for container, index in reversed(tree.find_words(root, _AT_RISK)):
        before = container[index - 1]["t"] if index else ""
        if _GOES_ON.match(container[index]["c"]):
            is_read = bool(before) and before not in _NO_CALL
        else:
            following = container[index + 1]["t"] if index + 1 < len(container) else ""
            is_read = before in ("", "RawInline") and (following in _BLANKS or " " in container[index]["c"])
        if is_read:
            container.insert(index, _NOTHING)


def action(key: str, value: Any, _format: str, _meta: dict[str, Any]) -> list[Node] | None:
    """Escape the sign that would begin a shorthand."""
    if key != "Str" or not _SHORTHAND.search(value):
        return None
    out: list[Node] = []
    at = 0
    for match in _SHORTHAND.finditer(value):
        before = [{"t": "Str", "c": value[at : match.start()]}] if match.start() > at else []
        out += [*before, {"t": "RawInline", "c": ["typst", "\\" + match[0]]}]
        at = match.end()
    return out + ([{"t": "Str", "c": value[at:]}] if at < len(value) else [])
