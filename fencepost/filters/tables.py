"""Tables: on a web page a wide table scrolls by itself, with the keyboard too, instead of widening the page."""

from __future__ import annotations

from typing import Any

import panflute as pf

from fencepost.filters.context import context_of
from fencepost.locales.labels import labels

TYPES = ("Table",)


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Put a table into a named region that can have the focus; for HTML alone, an EPUB has no scroll containers."""
    context = context_of(doc)
    if context.family != "html":
        return None
    number = context.memo["tables"] = context.memo.get("tables", 0) + 1
    name = f"{labels(str(context.memo.get('lang', 'en')))['table']} {number}"
    attributes = {"role": "region", "aria-label": name, "tabindex": "0"}
    return pf.Div(elem, classes=["table-wrapper"], attributes=attributes)
