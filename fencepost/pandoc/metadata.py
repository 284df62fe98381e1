"""Values of pandoc's metadata: made of Python's, and read as text."""

from __future__ import annotations

from typing import Any

from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node


def meta_node(value: Any) -> Node:
    """Make pandoc's metadata of a plain value; text stays text and is escaped by the writer."""
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {str(key): meta_node(item) for key, item in value.items()}}
    if isinstance(value, (list, tuple)):
        return {"t": "MetaList", "c": [meta_node(item) for item in value]}
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": str(value)}]}


def raw_meta(language: str, text: str) -> Node:
    """Make metadata that a template prints as it stands."""
    return {"t": "MetaInlines", "c": [{"t": "RawInline", "c": [language, text]}]}


def meta_text(node: Node | None) -> str:
    """Give the words of a value of metadata; none where there is no value."""
    if node is None:
        return ""
    return str(node["c"]) if node["t"] == "MetaString" else tree.text_of(node["c"])
