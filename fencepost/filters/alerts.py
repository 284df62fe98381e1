"""Alerts: a `> [!NOTE]` quote becomes an aside with a sign, a colour and a spoken name.

pandoc's gfm reader makes a Div of class `note` that begins with a Div of class `title`. Other readers,
and a marker with a title of the author's behind it, leave a BlockQuote that begins with `[!NOTE]`.
"""

from __future__ import annotations

from typing import Any

import panflute as pf

from fencepost.context import MARKDOWN, Context, context_of
from fencepost.lift import lift
from fencepost.tree import Node
from fencepost.writers.alert import WRITERS, Alert

TYPES = ("Div", "BlockQuote")

ALERTS = {
    # type         title        ARIA role      why that role
    "note":      ("Note",      "note"),        # read in passing
    "tip":       ("Tip",       "doc-tip"),     # EPUB's own word for it
    "important": ("Important", "note"),
    "warning":   ("Warning",   "doc-notice"),  # a consequence the reader must weigh
    "caution":   ("Caution",   "doc-notice"),
}  # fmt: skip

TITLELESS = frozenset(["rst", "org"])  # pandoc writes a directive of the type here, and drops the title


def kind_of(div: pf.Div) -> str | None:
    """Say which alert pandoc's `alerts` extension made of a quote: its first child is the title."""
    first = div.content[0] if div.content else None
    if "alert" in div.classes or not isinstance(first, pf.Div) or "title" not in first.classes:
        return None
    return next((name for name in div.classes if name in ALERTS), None)


def as_division(quote: Node) -> Node | None:
    """Give a quote that begins with `[!NOTE]` the form that pandoc's `alerts` extension gives it; None for others.

    What stands behind the marker on its line is the title, with its formatting.
    """
    first = quote["c"][0] if quote["c"] else None
    if first is None or first["t"] != "Para" or first["c"][0]["t"] != "Str":
        return None
    marker, *inlines = first["c"]
    kind = marker["c"][2:-1].lower() if marker["c"].startswith("[!") and marker["c"].endswith("]") else ""
    if kind not in ALERTS or inlines and inlines[0]["t"] not in ("Space", "SoftBreak", "LineBreak"):
        return None
    end = next((at for at, item in enumerate(inlines) if item["t"] in ("SoftBreak", "LineBreak")), len(inlines))
    title = inlines[1:end] or [{"t": "Str", "c": ALERTS[kind][0]}]
    body = [{"t": "Para", "c": inlines[end + 1 :]}] if inlines[end + 1 :] else []
    head = {"t": "Div", "c": [["", ["title"], []], [{"t": "Para", "c": title}]]}
    return {"t": "Div", "c": [["", [kind], []], [head, *body, *quote["c"][1:]]]}


def _from_div(div: pf.Div, kind: str, number: int) -> Alert:
    title_div = div.content[0]
    title = [inline for block in title_div.content for inline in getattr(block, "content", [])]
    others = [name for name in div.classes if name != kind]
    identifier = title_div.identifier or f"alert-{number}"
    return Alert(
        kind, ALERTS[kind][1], title, list(div.content)[1:], div.identifier, identifier, others, dict(div.attributes)
    )


def _number(context: Context) -> int:
    context.memo["alerts"] = context.memo.get("alerts", 0) + 1
    return int(context.memo["alerts"])


def _has_own_title(alert: Alert) -> bool:
    return bool(pf.stringify(pf.Para(*alert.title)).strip() != ALERTS[alert.kind][0])


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Give an alert what its output needs; leave every other quote and division alone."""
    context = context_of(doc)
    if isinstance(elem, pf.BlockQuote):
        division = as_division(elem.to_json())
        return _written(lift(division), context) if division else None
    return _written(elem, context) if isinstance(elem, pf.Div) else None


def _written(div: pf.Div, context: Context) -> Any:
    kind = kind_of(div)
    if kind is None:
        return None
    alert = _from_div(div, kind, _number(context))
    if context.target in MARKDOWN:  # they give `> [!NOTE]` back by themselves, but drop a title of the author's
        if not _has_own_title(alert):
            return None
        context.used.add("alert")
        return pf.BlockQuote(pf.Para(pf.Strong(*alert.title)), *alert.body)
    context.used.add("alert")
    if context.target in TITLELESS and _has_own_title(alert):
        alert.body.insert(0, pf.Para(pf.Strong(*alert.title)))
    return WRITERS[context.family](alert)
