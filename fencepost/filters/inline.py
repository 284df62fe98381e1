"""Inline code in a language gets its colours: `x = 1{:py}` loses the suffix. A leaf filter in pandocfilters' shape."""

from __future__ import annotations

import re
from typing import Any

from fencepost.fence.inline import Inline, read_inline
from fencepost.filters.context import Context
from fencepost.highlight.tokens import highlight
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers.code import RAW
from fencepost.writers.code.inline import INLINE_WRITERS

_SIGNS = re.compile(r"\{:[a-zA-Z.-]|#!|:::")


def rewrite(document: Document, context: Context) -> None:
    """Rewrite the inline code of a document whose text has a sign of it; in place."""
    if context.source is None or _SIGNS.search(context.source):
        meta = {"context": context}
        tree.rewrite_leaves(document["blocks"], {"Code": action}, context.target, meta)


def action(key: str, value: Any, _format: str, meta: dict[str, Any]) -> list[Node] | None:
    """Replace a Code that says its language; `meta["context"]` knows dialect and target."""
    context: Context = meta["context"]
    found = read_inline(value[1], context.options.dialect) if key == "Code" else None
    if found is None:
        return None
    if context.family not in INLINE_WRITERS or (found.lang is None and found.kind is None):
        classes = [found.lang] if found.lang else []
        return [{"t": "Code", "c": [["", [*classes, *value[0][1]], value[0][2]], found.text]}]
    context.used.add("code")
    write = INLINE_WRITERS[context.family]
    raw = write(_tokens(found), found.lang or "plaintext")
    return [{"t": "RawInline", "c": [RAW[context.family], raw]}]


def _tokens(found: Inline) -> tuple[tuple[str, str], ...]:
    if found.lang is None:
        return ((found.kind or "", found.text),)
    return tuple(token for line in highlight(found.text, found.lang) for token in line)
