"""Shorthands: what Typst would read into hyphens and full stops stays what the author wrote.

In Typst's markup `--` is a dash, `-1` has a minus, `-?` a soft hyphen and `...` an ellipsis; pandoc's writer leaves
them as they are when it is told to leave quotes alone. A leaf filter in pandocfilters' shape.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.tree import Node

_SHORTHAND = re.compile(r"-(?=-|\?)|(?<=-)-|(?<!\w)-(?=\d)|\.(?=\.\.)")


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
