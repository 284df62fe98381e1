"""What an alert is in each kind of output: a named aside with a sign, never only a colour."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import panflute as pf

from fencepost.pandoc.panflute_objects import UntouchedBlock
from fencepost.system.assets import data_dir
from fencepost.writers import escape
from fencepost.writers.styles import Named, odt_name, paragraph


@dataclass(slots=True)
class Alert:
    """An alert on its way out.

    `kind` says what it is, `look` whose colour it has; `title` holds inlines (none where the author wants none),
    `name` is the kind in the language of the post, `body` holds blocks; `classes` and `attributes` are others'.
    `fold` is `open` or `closed` for one that folds. `icon` is the drawing's name, `none` for no drawing; `colours`
    are a site's own: on light, on dark, on any ground.
    """

    kind: str
    role: str
    title: list[Any]
    body: list[Any]
    identifier: str
    title_id: str
    classes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    look: str = ""
    name: str = ""
    fold: str = ""
    icon: str = ""
    colours: tuple[str, str, str] | None = None


Coloured = Callable[[Alert], tuple[dict[str, str], dict[str, str]]]


@cache
def icons() -> dict[str, str]:
    """Read the drawings: a type, and its path in a 16 by 16 box."""
    found: dict[str, str] = json.loads((data_dir() / "templates" / "icons.json").read_text(encoding="utf-8"))
    return found


def _coloured(alert: Alert) -> tuple[dict[str, str], dict[str, str]]:
    """Give the attributes that colour an alert and its title: a page has a colour for each ground."""
    if alert.colours is None:
        return {}, {}
    return {"style": f"--own:{alert.colours[0]};--own-dark:{alert.colours[1]}"}, {}


def _coloured_in_a_book(alert: Alert) -> tuple[dict[str, str], dict[str, str]]:
    """Say the colour itself: reading systems know few custom properties."""
    if alert.colours is None:
        return {}, {}
    return {"style": f"border-color:{alert.colours[2]}"}, {"style": f"color:{alert.colours[2]}"}


def _html(alert: Alert, coloured: Coloured = _coloured) -> Any:
    styles = coloured(alert)
    drawing = icons().get(alert.icon or alert.kind)
    start = '<svg class="alert-icon" aria-hidden="true" viewBox="0 0 16 16" width="16" height="16">'
    icon = f'{start}<path d="{escape.html(drawing)}"/></svg>' if drawing else ""
    look = alert.look or alert.kind
    own = ["alert-own"] if alert.colours else []
    classes = [*dict.fromkeys(["alert", f"alert-{look}", *own, alert.kind, *alert.classes])]
    if alert.fold:
        return _folding(alert, icon, classes, styles)
    if not alert.title:
        attributes = {**alert.attributes, **styles[0], "role": alert.role, "aria-label": alert.name}
        return pf.Div(*alert.body, identifier=alert.identifier, classes=classes, attributes=attributes)
    label = pf.Para(pf.RawInline(icon, format="html"), *alert.title)
    title = pf.Div(label, identifier=alert.title_id, classes=["title", "alert-title"], attributes=styles[1])
    attributes = {**alert.attributes, **styles[0], "role": alert.role, "aria-labelledby": alert.title_id}
    return pf.Div(title, *alert.body, identifier=alert.identifier, classes=classes, attributes=attributes)


_OPEN = ' open=""'


def _folding(alert: Alert, icon: str, classes: list[str], styles: tuple[dict[str, str], dict[str, str]]) -> Any:
    """Write an alert that opens and closes, without a script."""
    given = {"id": alert.identifier, "class": " ".join(classes), **alert.attributes, **styles[0]}
    said = "".join(f' {name}="{escape.html(value)}"' for name, value in given.items() if value)
    start = f"<details{said}{_OPEN if alert.fold == 'open' else ''}>"
    inside = "".join(f' {name}="{escape.html(value)}"' for name, value in styles[1].items())
    summary = [
        pf.RawInline(f'<summary class="title alert-title"{inside}>{icon}', format="html"),
        *(alert.title or [pf.Str(alert.name)]),
    ]
    return [
        pf.RawBlock(start, format="html"), pf.Plain(*summary, pf.RawInline("</summary>", format="html")),
        *alert.body, pf.RawBlock("</details>", format="html"),
    ]  # fmt: skip


def _typst(alert: Alert) -> Any:
    def raw(text: str) -> Any:
        return pf.RawInline(text, format="typst")

    anchor = [pf.RawBlock(f"#[] #label({escape.typst(alert.identifier)})", format="typst")] if alert.identifier else []
    kind = alert.icon or alert.kind
    look = f", look: {escape.typst(alert.look)}" if alert.look and alert.look != kind else ""
    look += f', colour: rgb("{alert.colours[0]}")' if alert.colours else ""
    head = pf.Plain(raw(f"#fp-alert({escape.typst(kind)}{look}, ["), *alert.title, raw("])["))
    return [*anchor, head, *alert.body, pf.RawBlock("]", format="typst")]


def _latex(alert: Alert) -> Any:
    def raw(text: str) -> Any:
        return pf.RawInline(text, format="latex")

    title = alert.title or [pf.Str(alert.name)]
    own = f"\\definecolor{{fpalertown}}{{HTML}}{{{alert.colours[0][1:].upper()}}}\n" if alert.colours else ""
    look = "own" if own else alert.look or alert.kind
    anchor = f"\\fpanchor{{{escape.latex_label(alert.identifier)}}}" if alert.identifier else ""
    head = pf.Plain(raw(f"{own}\\begin{{fpalert}}{{{look}}}{{"), *title, raw("}" + anchor))
    return [head, *alert.body, pf.RawBlock("\\end{fpalert}", format="latex")]


def _office(alert: Alert, named: Named) -> Any:
    """Write title, body and items of lists as paragraphs of the alert's own styles; code inside keeps its own."""
    kind = (alert.look if alert.icon != alert.kind else alert.kind).capitalize()
    title = paragraph(named(f"Alert {kind} Title"), list(alert.title))
    blocks = [_with_styled_items(block, named(f"Alert {kind} Item")) for block in alert.body]
    body = pf.Div(*blocks, attributes={"custom-style": named(f"Alert {kind}")})
    return pf.Div(title, body, identifier=alert.identifier, classes=[alert.kind, *alert.classes])


def _with_styled_items(block: Any, style: str) -> Any:
    """Give the paragraphs of a list's own items a style; lists within it stand where no bar reaches."""
    node = block.to_json()
    if node["t"] not in ("BulletList", "OrderedList"):
        return block
    for item in node["c"][1] if node["t"] == "OrderedList" else node["c"]:
        item[:] = [
            {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": part["c"]}]]}
            if part["t"] in ("Plain", "Para")
            else part
            for part in item
        ]
    return UntouchedBlock(node)


def _plain(alert: Alert) -> Any:
    title = pf.Div(pf.Para(pf.Strong(*(alert.title or [pf.Str(alert.name)]))), classes=["title"])
    classes = [*dict.fromkeys([alert.kind, *alert.classes])]
    attributes = {**alert.attributes}
    return pf.Div(title, *alert.body, identifier=alert.identifier, classes=classes, attributes=attributes)


WRITERS: dict[str, Callable[[Alert], Any]] = {
    "html": _html,
    "epub": partial(_html, coloured=_coloured_in_a_book),
    "typst": _typst,
    "latex": _latex,
    "docx": partial(_office, named=str),
    "odt": partial(_office, named=odt_name),
    "plain": _plain,
}
