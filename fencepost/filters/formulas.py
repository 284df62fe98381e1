"""Formulas in print: each says what it is in the words of its author, for those who listen to a page.

PDF/UA asks for it, and a document with one silent formula is no PDF/UA at all. A leaf filter in
pandocfilters' shape; the formula itself is pandoc's to write.
"""

from __future__ import annotations

from typing import Any

from fencepost.tree import Node
from fencepost.writers import escape


def action(key: str, value: Any, _format: str, _meta: dict[str, Any]) -> list[Node] | None:
    """Put the TeX that was written around a formula as its alternative text."""
    if key != "Math":
        return None
    said = escape.typst(" ".join(value[1].split()))
    return [
        {"t": "RawInline", "c": ["typst", f"#[#set math.equation(alt: {said});"]},
        {"t": key, "c": value},
        {"t": "RawInline", "c": ["typst", "];"]},
    ]
