"""Contents: `[[toc]]`, `[TOC]` or `[[_TOC_]]` alone in a paragraph is the list of the post's headings."""

from __future__ import annotations

import re

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_SIGN = re.compile(r"\[?\[?_?toc_?\]?\]?\Z", re.IGNORECASE)
_PARAS = frozenset(["Para", "Plain"])


def rewrite(document: Document, context: Context) -> None:
    """Put links to the headings, `toc-depth` levels of them, in the place of the sign; without headings, nothing."""
    blocks = document["blocks"]
    places = [index for index, block in enumerate(blocks) if block["t"] == "Para" and _is_sign(block)]
    if not places:
        return
    headings = [block for block in blocks if block["t"] == "Header" and block["c"][1][0]]
    top = min((block["c"][0] for block in headings), default=1)
    chosen = [block for block in headings if block["c"][0] < top + context.options.toc_depth]
    for index in reversed(places):
        blocks[index : index + 1] = [_list(chosen)] if chosen else []


def _is_sign(block: Node) -> bool:
    inlines = block["c"]
    if len(inlines) != 1 or inlines[0]["t"] not in ("Str", "Link", "Span"):
        return False
    text = tree.text_of(inlines)
    is_link = inlines[0]["t"] != "Str"
    return _SIGN.match(text) is not None and (is_link or text[0] == "[")


def _list(headings: list[Node]) -> Node:
    """Nest the headings: a list for each level below the first."""
    items: list[list[Node]] = []
    stack: list[tuple[int, list[list[Node]]]] = [(headings[0]["c"][0], items)]
    for heading in headings:
        level = heading["c"][0]
        while len(stack) > 1 and level < stack[-1][0]:
            stack.pop()
        if level > stack[-1][0]:
            inner: list[list[Node]] = []
            stack[-1][1][-1].append({"t": "BulletList", "c": inner})
            stack.append((level, inner))
        words = [{"t": "Str", "c": tree.text_of(heading["c"][2])}]
        link = {"t": "Link", "c": [["", [], []], words, ["#" + heading["c"][1][0], ""]]}
        stack[-1][1].append([{"t": "Plain", "c": [link]}])
    return {"t": "BulletList", "c": items}
