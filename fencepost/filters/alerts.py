"""Alerts: a `> [!NOTE]` quote becomes an aside with a sign, a colour and a spoken name.

pandoc's gfm reader makes a Div of class `note` that begins with a Div of class `title`. Other readers,
and a marker with a title of the author's behind it, leave a BlockQuote that begins with `[!NOTE]`.
"""

from __future__ import annotations

from typing import Any

import panflute as pf

from fencepost.context import MARKDOWN, Context, context_of
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


def marker_of(quote: pf.BlockQuote) -> str | None:
    """Say which alert a quote is that another reader left: it begins with `[!NOTE]`."""
    first = quote.content[0] if quote.content else None
    if not isinstance(first, pf.Para) or not first.content or not isinstance(first.content[0], pf.Str):
        return None
    text = first.content[0].text
    kind = text[2:-1].lower() if text.startswith("[!") and text.endswith("]") else ""
    follower = first.content[1] if len(first.content) > 1 else None
    blank = follower is None or isinstance(follower, (pf.Space, pf.SoftBreak, pf.LineBreak))
    return kind if kind in ALERTS and blank else None


def split_marker(para: pf.Para) -> tuple[list[Any], list[Any]]:
    """Cut the marker's paragraph into the title behind it and the body on the lines that follow."""
    inlines = list(para.content)[1:]
    breaks = (pf.SoftBreak, pf.LineBreak)
    end = next((index for index, item in enumerate(inlines) if isinstance(item, breaks)), len(inlines))
    title = inlines[1:end] if inlines and isinstance(inlines[0], pf.Space) else inlines[:end]
    return title, inlines[end + 1 :]


def _from_div(div: pf.Div, kind: str, number: int) -> Alert:
    title_div = div.content[0]
    title = [inline for block in title_div.content for inline in getattr(block, "content", [])]
    others = [name for name in div.classes if name != kind]
    identifier = title_div.identifier or f"alert-{number}"
    return Alert(
        kind, ALERTS[kind][1], title, list(div.content)[1:], div.identifier, identifier, others, dict(div.attributes)
    )


def _from_quote(quote: pf.BlockQuote, kind: str, number: int) -> Alert:
    title, rest = split_marker(quote.content[0])
    body = [pf.Para(*rest)] if rest else []
    body += list(quote.content)[1:]
    return Alert(kind, ALERTS[kind][1], title or [pf.Str(ALERTS[kind][0])], body, "", f"alert-{number}")


def _number(context: Context) -> int:
    context.memo["alerts"] = context.memo.get("alerts", 0) + 1
    return int(context.memo["alerts"])


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Give an alert what its output needs; leave every other quote and division alone."""
    context = context_of(doc)
    if isinstance(elem, pf.Div) and (kind := kind_of(elem)):
        if context.target in MARKDOWN:
            return None
        alert = _from_div(elem, kind, _number(context))
    elif isinstance(elem, pf.BlockQuote) and (kind := marker_of(elem)):
        alert = _from_quote(elem, kind, _number(context))
    else:
        return None
    context.used.add("alert")
    if context.target in MARKDOWN:  # they give `> [!NOTE]` back by themselves, but drop a title of the author's
        return pf.BlockQuote(pf.Para(pf.Strong(*alert.title)), *alert.body)
    if context.target in TITLELESS and pf.stringify(pf.Para(*alert.title)).strip() != ALERTS[kind][0]:
        alert.body.insert(0, pf.Para(pf.Strong(*alert.title)))
    return WRITERS[context.family](alert)
