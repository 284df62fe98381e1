"""Sub- and superscripts: `H~2~O` and `x^2^` have no blank between their signs; pandoc's reader allows one."""

from __future__ import annotations

from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

_SIGNS = {"Subscript": "~", "Superscript": "^"}
_BLANK = frozenset(["Space", "SoftBreak", "LineBreak"])


def rewrite(document: Document, _context: Context) -> None:
    """Give the signs back where they stand around several words: `2^8 and 2^9` is no superscript."""
    for container, index in reversed(tree.find(document["blocks"], frozenset(_SIGNS))):
        node: Any = container[index]
        if any(child["t"] in _BLANK or child["t"] == "Str" and " " in child["c"] for child in node["c"]):
            sign = {"t": "Str", "c": _SIGNS[node["t"]]}
            tree.replace(container, index, [sign, *node["c"], dict(sign)])
