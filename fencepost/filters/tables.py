"""Tables: on a web page a wide table scrolls by itself, with the keyboard too, instead of widening the page."""

from __future__ import annotations

from typing import Any

import panflute as pf

from fencepost.filters.context import context_of

TYPES = ("Table",)


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Put a table into a named region that can have the focus; for HTML alone, an EPUB has no scroll containers."""
    context = context_of(doc)
    if context.family != "html":
        return None
    name = f"{context.words['table']} {context.number('table')}"
    attributes = {"role": "region", "aria-label": name, "tabindex": "0"}
    return pf.Div(elem, classes=["table-wrapper"], attributes=attributes)
