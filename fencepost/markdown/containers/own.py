"""Kinds of alerts that a site adds or changes: `alert-types: {aside: {title: Aside, colour: "#7a3cc0", icon: tip}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fencepost.markdown.containers.types import GITHUB, KINDS, WORDS, Kind
from fencepost.options import Options
from fencepost.settings.dialect import dialect_of

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_WORD = re.compile(r"[\w-]+\Z")


class Vocabulary(NamedTuple):
    """How alerts are read: the words that open one in a quote, what each kind is, whether a sign behind them folds."""

    words: dict[str, str]
    kinds: dict[str, Kind]
    folds: bool = False


GITHUBS = Vocabulary(GITHUB, KINDS)


def vocabulary(options: Options) -> Vocabulary:
    """Give the words and kinds for the options' dialect, with those that the site has added."""
    dialect = dialect_of(options.alerts, options.dialect)
    words = WORDS[dialect][0]
    kinds = kinds_of(options.alert_types)
    own = {word.lower(): word.lower() for word in options.alert_types} if words else {}
    return Vocabulary({**words, **own}, kinds, folds=words is not GITHUB)


def kinds_of(types: dict[str, dict[str, str]]) -> dict[str, Kind]:
    """Add a site's own types to ours; what they do not say is as in the type whose icon they have, else as in a note.

    >>> kinds_of({"aside": {"title": "By the way", "icon": "tip"}})["aside"].look
    'tip'
    """
    found = dict(KINDS)
    for word, said in types.items():
        icon = said.get("icon", "")
        base = KINDS.get(icon) or KINDS.get(word) or KINDS["note"]
        title = said.get("title") or (KINDS[word].title if word in KINDS else word.replace("-", " ").capitalize())
        colour = said.get("colour") or said.get("color") or ""
        drawn = icon if icon in KINDS else word if word in KINDS else "note"
        known = colour.lower() if COLOUR.match(colour) else ""
        found[word.lower()] = base._replace(title=title, colour=known, icon=drawn, is_own=True)
    return found


def faults(types: dict[str, dict[str, str]]) -> Iterator[str]:
    """Say what cannot be used of a site's own types."""
    for word, said in types.items():
        if not _WORD.match(word):
            yield f"`{word}` in `alert-types` can open no alert: a type is one word"
        for name, value in said.items():
            if name not in ("title", "colour", "color", "icon"):
                yield f"`{name}` in `alert-types: {word}` means nothing: title, colour and icon do"
            elif name in ("colour", "color") and not COLOUR.match(value):
                yield f"`{value}` in `alert-types: {word}` is no colour: write #rrggbb in quotes"
            elif name == "icon" and value not in KINDS:
                yield f"`{value}` in `alert-types: {word}` is no icon: one of {', '.join(KINDS)} is"
