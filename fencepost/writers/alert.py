"""What an alert is in each kind of output: a named aside with a sign, never only a colour."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import panflute as pf

from fencepost.data import data_dir
from fencepost.writers import escape
from fencepost.writers.styles import Named, odt_name, paragraph


@dataclass(slots=True)
class Alert:
    """An alert on its way out: `title` holds inlines, `body` blocks; `classes` and `attributes` are others'."""

    kind: str
    role: str
    title: list[Any]
    body: list[Any]
    identifier: str
    title_id: str
    classes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@cache
def icons() -> dict[str, str]:
    """Read the drawings: a type, and its path in a 16 by 16 box."""
    found: dict[str, str] = json.loads((data_dir() / "templates" / "icons.json").read_text(encoding="utf-8"))
    return found


def _html(alert: Alert) -> Any:
    icon = (
        '<svg class="alert-icon" aria-hidden="true" viewBox="0 0 16 16" width="16" height="16">'
        f'<path d="{escape.html(icons()[alert.kind])}"/></svg>'
    )
    label = pf.Para(pf.RawInline(icon, format="html"), *alert.title)
    title = pf.Div(label, identifier=alert.title_id, classes=["title", "alert-title"])
    attributes = {**alert.attributes, "role": alert.role, "aria-labelledby": alert.title_id}
    classes = [*dict.fromkeys(["alert", f"alert-{alert.kind}", alert.kind, *alert.classes])]
    return pf.Div(title, *alert.body, identifier=alert.identifier, classes=classes, attributes=attributes)


def _typst(alert: Alert) -> Any:
    def raw(text: str) -> Any:
        return pf.RawInline(text, format="typst")

    anchor = [pf.RawBlock(f"#[] #label({escape.typst(alert.identifier)})", format="typst")] if alert.identifier else []
    head = pf.Plain(raw(f"#fp-alert({escape.typst(alert.kind)}, ["), *alert.title, raw("])["))
    return [*anchor, head, *alert.body, pf.RawBlock("]", format="typst")]


def _latex(alert: Alert) -> Any:
    def raw(text: str) -> Any:
        return pf.RawInline(text, format="latex")

    head = pf.Plain(raw(f"\\begin{{fpalert}}{{{alert.kind}}}{{"), *alert.title, raw("}"))
    return [head, *alert.body, pf.RawBlock("\\end{fpalert}", format="latex")]


def _office(alert: Alert, named: Named) -> Any:
    """Write title and body as paragraphs of the alert's own styles; lists and code inside keep theirs."""
    kind = alert.kind.capitalize()
    title = paragraph(named(f"Alert {kind} Title"), list(alert.title))
    body = pf.Div(*alert.body, attributes={"custom-style": named(f"Alert {kind}")})
    return pf.Div(title, body, identifier=alert.identifier, classes=[alert.kind, *alert.classes])


def _plain(alert: Alert) -> Any:
    title = pf.Div(pf.Para(pf.Strong(*alert.title)), classes=["title"])
    classes = [*dict.fromkeys([alert.kind, *alert.classes])]
    attributes = {**alert.attributes}
    return pf.Div(title, *alert.body, identifier=alert.identifier, classes=classes, attributes=attributes)


WRITERS: dict[str, Callable[[Alert], Any]] = {
    "html": _html,
    "epub": _html,
    "typst": _typst,
    "latex": _latex,
    "docx": partial(_office, named=str),
    "odt": partial(_office, named=odt_name),
    "plain": _plain,
}
