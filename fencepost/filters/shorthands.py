"""Shorthands: what Typst would read into hyphens and full stops stays what the author wrote.

In Typst's markup `--` is a dash, `-1` has a minus, `-?` a soft hyphen and `...` an ellipsis; pandoc's writer leaves
them as they are when it is told to leave quotes alone. A leaf filter in pandocfilters' shape.

And where words begin, in a cell or an element within a line, `- z` is no list, `= e` no heading: pandoc's writer sees
to that for paragraphs alone.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost import tree
from fencepost.tree import Node

_SHORTHAND = re.compile(r"-(?=-|\?)|(?<=-)-|(?<!\w)-(?=\d)|\.(?=\.\.)")
_BEGINS_BLOCK = re.compile(r"\A(?:[-+/]|=+|\d+\.)(?=\s|\Z)")
_BLANKS = frozenset(["Space", "SoftBreak"])
_NOTHING = {"t": "RawInline", "c": ["typst", "#[];"]}


def keep_in_line(root: Any) -> None:
    """Put nothing before words that would begin a list, a heading or a term inside of a line; in place."""
    for container, index in reversed(tree.find_words(root, _BEGINS_BLOCK)):
        is_first = index == 0 or container[index - 1]["t"] == "RawInline"
        following = container[index + 1]["t"] if index + 1 < len(container) else ""
        if is_first and (following in _BLANKS or " " in container[index]["c"]):
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
