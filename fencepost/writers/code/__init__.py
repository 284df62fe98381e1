"""What a code block is in each family of formats: a function a family, picked from a dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fencepost.writers.code.box import CodeBox, Row
from fencepost.writers.code.html import html
from fencepost.writers.code.latex import latex
from fencepost.writers.code.markups import MARKUPS
from fencepost.writers.code.office import docx, odt
from fencepost.writers.code.plain import plain
from fencepost.writers.code.typst import typst

__all__ = ["MARKUPS", "RAW", "WRITERS", "CodeBox", "Row", "docx", "html", "latex", "odt", "plain", "typst"]

WRITERS: dict[str, Callable[[CodeBox], Any]] = {  # source in the family's own language, or an element
    "html":  html,
    "epub":  html,
    "typst": typst,
    "latex": latex,
    "docx":  docx,
    "odt":   odt,
}  # fmt: skip
RAW = {
    # family   the raw format that pandoc's writer lets through
    "html":  "html",
    "epub":  "html",
    "typst": "typst",
    "latex": "latex",
}  # fmt: skip
