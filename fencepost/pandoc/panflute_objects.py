"""Elements of the tree as panflute objects, and back: what lets a filter be an ordinary panflute action."""

from __future__ import annotations

from typing import Any

import panflute as pf
from panflute.elements import RAW_FORMATS, from_json

from fencepost.pandoc.tree import Node

# panflute refuses these though pandoc writes them: a post's own ```{=typst} would crash any filter
RAW_FORMATS.update(
    {"typst", "html5", "html4", "epub", "epub2", "epub3", "ms", "beamer", "revealjs", "openxml", "asciidoc"}
)

_DEEPEST = 40  # levels that a lifted first child may have


class UntouchedBlock(pf.Block):  # type: ignore[misc]
    """A block that a filter passes on unread."""

    __slots__ = ["node"]

    def __init__(self, node: Node) -> None:
        self.node = node

    def to_json(self) -> Node:
        return self.node


class UntouchedInline(pf.Inline):  # type: ignore[misc]
    """An inline that a filter passes on unread."""

    __slots__ = ["node"]

    def __init__(self, node: Node) -> None:
        self.node = node

    def to_json(self) -> Node:
        return self.node


# fmt: off
_INLINES = frozenset([
    "Str", "Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Cite",
    "Code", "Space", "SoftBreak", "LineBreak", "Math", "RawInline", "Link", "Image", "Note", "Span",
])
# fmt: on


def _untouched(node: Node) -> Any:
    return UntouchedInline(node) if node["t"] in _INLINES else UntouchedBlock(node)


def _is_foreign(node: Node) -> bool:
    """Say whether a raw element is in a format of the author's own (`{=mdx}`), which panflute refuses."""
    return node["t"] in ("RawBlock", "RawInline") and node["c"][0] not in RAW_FORMATS


def _built(data: Any, depth: int) -> Any:
    if isinstance(data, list):
        return [_built(item, depth) for item in data]
    if not isinstance(data, dict):
        return data
    if "t" in data and (depth > _DEEPEST or data["t"] in ("Table", "Figure") or _is_foreign(data)):
        return _untouched(data)
    return from_json({key: _built(value, depth + 1) for key, value in data.items()})


def lift(node: Node) -> Any:
    """Make a panflute element of a node. Of a container (Div, BlockQuote) only the first child becomes an object."""
    if node["t"] in ("Div", "BlockQuote"):
        blocks = node["c"][1] if node["t"] == "Div" else node["c"]
        inner = [_built(block, 1) if not index else UntouchedBlock(block) for index, block in enumerate(blocks)]
        return from_json({"t": node["t"], "c": [node["c"][0], inner] if node["t"] == "Div" else inner})
    return _built(node, 0)


def lower(elem: Any) -> Node:
    """Make the node of a panflute element."""
    node: Node = elem.to_json()
    return node
