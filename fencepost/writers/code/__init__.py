"""What a code block is in each family of formats: a module a family, imported when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from fencepost.writers.code.box import CodeBox, Row

__all__ = ["MARKUPS", "RAW", "WRITERS", "CodeBox", "Row", "writer_of"]

WRITERS = {
    # family   module and function: source in the family's own language, or an element
    "html":  "html:html",
    "epub":  "html:xhtml",
    "typst": "typst:typst",
    "latex": "latex:latex",
    "docx":  "office:docx",
    "odt":   "office:odt",
}  # fmt: skip
MARKUPS = {
    # whose style sheets a page has
    "rehype-pretty-code": "html:html",
    "expressive-code":    "markups:expressive",
    "pygments":           "markups:pygments",
    "pandoc":             "markups:pandoc",
}  # fmt: skip
RAW = {
    # family   the raw format that pandoc's writer lets through
    "html":  "html",
    "epub":  "html",
    "typst": "typst",
    "latex": "latex",
}  # fmt: skip


@cache
def writer_of(family: str, markup: str = "rehype-pretty-code") -> Callable[[CodeBox], Any]:
    """Import the function that writes a code block for a family of formats; `markup` is for HTML."""
    module, _, name = (MARKUPS[markup] if family == "html" else WRITERS[family]).partition(":")
    found: Callable[[CodeBox], Any] = getattr(import_module(f"{__name__}.{module}"), name)
    return found
