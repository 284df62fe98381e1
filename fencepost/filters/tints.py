"""Which colour a mark's id has: a tint of that name, else the next one that is free."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from fencepost.filters.context import Context
from fencepost.theme import load_theme
from fencepost.writers.code.box import DEFAULT

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def choose_tints(context: Context, ids: Iterable[str]) -> dict[str, str]:
    """Give each id its tint, one for a document: by `marks:`, else by its own name, else the next in turn."""
    tints = context.tints
    fresh = [name for name in dict.fromkeys(ids) if name not in tints]
    tints |= {name: tint for name in fresh if (tint := _chosen(context, name))}
    for name in fresh:
        if name not in tints:
            tints[name] = _next(context, tints)
    return tints


def _names(context: Context) -> list[str]:
    return list(load_theme(context.options.theme)["tints"])


def _chosen(context: Context, name: str) -> str | None:
    wanted = str(context.options.marks.get(name, name))
    if wanted in _names(context):
        return wanted
    if _COLOUR.match(wanted):  # in greys a colour says nothing: such a mark gets a stroke of its own
        return None if context.options.grayscale and context.family == "typst" else wanted.lower()
    if name in context.options.marks:
        tints = ", ".join(_names(context))
        context.report(
            "warning",
            "fence-tint",
            f"`{wanted}` for marks `#{name}` is no colour",
            help=f"write #rrggbb or one of: {tints}",
        )
    return None


def _next(context: Context, tints: dict[str, str]) -> str:
    """Take the tint that the fewest ids have, in the theme's order; the one of marks without id is left to them."""
    used = Counter(tints.values())
    return min((name for name in _names(context) if name != DEFAULT), key=used.__getitem__, default=DEFAULT)
