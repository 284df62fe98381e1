"""Hard breaks, where asked for: a line end inside a paragraph stays one. A leaf filter in pandocfilters' shape."""

from __future__ import annotations

from typing import Any

from fencepost.pandoc.tree import Node


def action(key: str, _value: Any, _format: str, _meta: dict[str, Any]) -> Node | None:
    """Make a LineBreak of a SoftBreak."""
    return {"t": "LineBreak"} if key == "SoftBreak" else None
