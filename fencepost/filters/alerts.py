"""Alerts: a `> [!NOTE]` quote becomes an aside with a sign, a colour and a spoken name.

pandoc's gfm reader makes a Div of class `note` that begins with a Div of class `title`; containers arrive in the same
form (see `containers`). Other readers, and a marker with a title of the author's behind it, leave a BlockQuote that
begins with `[!NOTE]`.
"""

from __future__ import annotations

import re
from typing import Any

import panflute as pf

from fencepost.filters.context import MARKDOWN, Context, context_of
from fencepost.markdown.containers.own import GITHUBS, Vocabulary, vocabulary
from fencepost.markdown.containers.types import GITHUB, KINDS, Kind
from fencepost.pandoc import tree
from fencepost.pandoc.panflute_objects import lift
from fencepost.pandoc.tree import Node
from fencepost.writers.alert import WRITERS, Alert

TYPES = ("Div", "BlockQuote")

OURS = frozenset(["data-fold", "data-icon", "data-line"])  # attributes that containers are handed on with
TITLELESS = frozenset(["rst", "org"])  # pandoc writes a directive of the type here, and drops the title


def kind_of(div: pf.Div, kinds: dict[str, Kind] = KINDS) -> str | None:
    """Say which alert pandoc's `alerts` extension made of a quote: its first child is the title."""
    first = div.content[0] if div.content else None
    if "alert" in div.classes or not isinstance(first, pf.Div) or "title" not in first.classes:
        return None
    is_ours = "data-line" in div.attributes or "data-fold" in div.attributes
    return next((name for name in div.classes if name in (kinds if is_ours else GITHUB)), None)


_MARKER = re.compile(r"\[!(?P<word>[\w-]+)(?P<more>\|[^\]]*)?\](?P<fold>[+-]?)\Z")


def as_division(quote: Node, spoken: Vocabulary = GITHUBS) -> Node | None:
    """Give a quote that begins with `[!NOTE]` the form that pandoc's `alerts` extension gives it; None for others.

    What stands behind the marker on its line is the title, with its formatting. In Obsidian's
    vocabulary a sign behind the marker folds it (`[!tip]-`).
    """
    first = quote["c"][0] if quote["c"] else None
    if first is None or first["t"] != "Para" or not first["c"] or first["c"][0]["t"] != "Str":
        return None
    marker, *inlines = first["c"]
    found = _MARKER.match(marker["c"])
    kind = spoken.words.get(found["word"].lower(), "") if found else ""
    if found is None or (found["more"] or found["fold"]) and not spoken.folds:
        return None
    if not kind or inlines and inlines[0]["t"] not in ("Space", "SoftBreak", "LineBreak"):
        return None
    end = next((at for at, item in enumerate(inlines) if item["t"] in ("SoftBreak", "LineBreak")), len(inlines))
    title = inlines[1:end] or tree.plain(spoken.kinds[kind].title)
    fold = {"-": [["data-fold", "closed"]], "+": [["data-fold", "open"]], "": [["data-fold", ""]]}[found["fold"]]
    fold = fold if spoken.folds or kind not in GITHUB else []
    body = [{"t": "Para", "c": inlines[end + 1 :]}] if inlines[end + 1 :] else []
    head = {"t": "Div", "c": [["", ["title"], []], [{"t": "Para", "c": title}]]}
    return {"t": "Div", "c": [["", [kind], fold], [head, *body, *quote["c"][1:]]]}


def _from_div(div: pf.Div, kind: str, context: Context) -> Alert:
    is_a = context.alert_kinds[kind]
    title_div = div.content[0]
    title = [inline for block in title_div.content for inline in getattr(block, "content", [])]
    attributes = {name: value for name, value in div.attributes.items() if name not in OURS}
    return Alert(
        kind=kind,
        look=is_a.look,
        role=is_a.role,
        icon=div.attributes.get("data-icon") or is_a.icon or kind,
        colours=_colours(is_a.colour, context),
        title=_titled(title, kind, context),
        name=_name(kind, context),
        body=list(div.content)[1:],
        identifier=div.identifier,
        title_id=title_div.identifier or f"alert-{context.number('alert')}",
        classes=[name for name in div.classes if name != kind],
        attributes=attributes,
        fold=div.attributes.get("data-fold", ""),
    )


def _titled(title: list[Any], kind: str, context: Context) -> list[Any]:
    """Say a title that nobody wrote in the language of the post."""
    defaults = [kinds[kind].title for kinds in (KINDS, context.alert_kinds) if kind in kinds]
    if pf.stringify(pf.Para(*title)).strip() not in defaults:
        return title
    return list(lift({"t": "Para", "c": tree.plain(_name(kind, context))}).content)


def _name(kind: str, context: Context) -> str:
    """Name a kind in the language of the post; a site's own has the name that the site gives it."""
    is_a = context.alert_kinds[kind]
    known = KINDS.get(kind)
    if known is None or is_a.title != known.title:
        return is_a.title
    return context.words[kind]


def _colours(colour: str, context: Context) -> tuple[str, str, str] | None:
    """Give a colour as it is legible on the theme's light ground, on its dark one, and on any; None in greys."""
    if not colour or context.options.grayscale and context.family == "typst":
        return None
    from fencepost.theme import load_theme
    from fencepost.theme.web import legible, midtone

    light, dark = load_theme(context.options.theme)["colours"]["ground"]
    return legible(colour, light), legible(colour, dark), midtone(colour)


def _has_own_title(alert: Alert) -> bool:
    return bool(pf.stringify(pf.Para(*alert.title)).strip() != alert.name)


def action(elem: pf.Element, doc: pf.Doc) -> Any:
    """Give an alert what its output needs; leave every other quote and division alone."""
    context = context_of(doc)
    if isinstance(elem, pf.BlockQuote):
        division = as_division(elem.to_json(), vocabulary(context.options))
        return _written(lift(division), context) if division else None
    return _written(elem, context) if isinstance(elem, pf.Div) else None


def _written(div: pf.Div, context: Context) -> Any:
    kind = kind_of(div, context.alert_kinds)
    if kind is None:
        return None
    alert = _from_div(div, kind, context)
    if alert.identifier:
        context.written_ids.add(alert.identifier)
    if context.target in MARKDOWN:  # they give `> [!NOTE]` back by themselves, but drop a title of the author's
        if kind in GITHUB and not _has_own_title(alert) and not context.alert_kinds[kind].is_own:
            return None
        context.used.add("alert")
        return pf.BlockQuote(pf.Para(pf.Strong(*alert.title)), *alert.body)
    context.used.add("alert")
    if context.target in TITLELESS and _has_own_title(alert):
        alert.body.insert(0, pf.Para(pf.Strong(*alert.title)))
    return WRITERS[context.family](alert)
