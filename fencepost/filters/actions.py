"""Panflute actions as rewrites of nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc.panflute_objects import lift, lower
from fencepost.pandoc.tree import Node


class Document:
    """What stands for panflute's Doc in front of an action: its format, and our context."""

    def __init__(self, context: Context) -> None:
        self.format = context.target
        self.fencepost = context

    def get_metadata(self, _key: str = "", default: Any = None, **_: Any) -> Any:
        """Answer panflute's question for metadata: options come from the context, so there is none to give."""
        return default


def as_rewrite(action: Callable[[Any, Any], Any], context: Context) -> Callable[[Node], Any]:
    """Turn a panflute action into a rewrite of nodes; an element left alone stays the node it was."""
    doc = Document(context)

    def rewrite(node: Node) -> Any:
        elem = lift(node)
        before = lower(elem)
        result = action(elem, doc)
        if result is None:
            after = lower(elem)
            return None if after == before else after
        if isinstance(result, (list, tuple)):
            return [lower(item) for item in result]
        return lower(result)

    return rewrite
