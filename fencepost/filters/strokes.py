"""Strokes that HTML does not know: `<iframe … />` is closed on a web page, as its author means it.

A browser ignores the stroke and would put all that follows inside, where nobody sees it.
"""

from __future__ import annotations

import re

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

_RAW = frozenset(["RawInline", "RawBlock"])
# elements that may be closed so in JSX alone; those of drawings and formulas may be anywhere
_STROKE = re.compile(
    r"<(iframe|video|audio|div|span|p|section|canvas|object|textarea|select|button|details)\b"
    r"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/>",
    re.IGNORECASE,
)


def rewrite(document: Document, _context: Context) -> None:
    """Give elements that end with a stroke their end tags; in place."""
    for container, index in tree.find(document["blocks"], _RAW):
        raw = container[index]["c"]
        if raw[0].startswith("html"):
            raw[1] = _STROKE.sub(r"<\1\2></\1>", raw[1])
