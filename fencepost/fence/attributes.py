"""Attributes as pandoc writes them, in braces or bare: `{#id .python .numberLines title="x.py" startFrom=5}`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

_PIECE = re.compile(
    r"#(?P<id>[^\s{}]+)|\.(?P<class>[^\s{}.=]+)"
    r"|(?P<key>[^\s{}=,\"'#.]+)\s*=\s*(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s{},]+))"
    r"|(?P<word>[^\s{},]+)"
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(slots=True)
class Attributes:
    """What stands in an info string. `pairs` holds for each key, in small letters, the value and its column."""

    lang: str | None = None
    identifier: str = ""
    classes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pairs: dict[str, tuple[str, int]] = field(default_factory=dict)

    def get(self, *keys: str) -> str | None:
        """Give the value of the first of these keys that is there."""
        return next((self.pairs[key][0] for key in keys if key in self.pairs), None)

    def others(self, known: Container[str]) -> tuple[tuple[str, str], ...]:
        """Give the pairs that are none of these options."""
        return tuple((key, value) for key, (value, _) in self.pairs.items() if key not in known)

    def column(self, key: str) -> int:
        """Say where the value of a key stands in the meta text."""
        return max(self.pairs[key][1], 0) if key in self.pairs else 0


def read_attributes(lang: str | None, meta: str, *, last_wins: bool = False) -> Attributes:
    """Read an info string whose first word may be the language, or may open the braces.

    Where a key comes twice, the first counts; with `last_wins` the last.

    >>> found = read_attributes("{.python", '.numberLines #a title="x \\\\" y"}')
    >>> found.lang, found.classes, found.identifier, found.get("title")
    ('python', ['numberLines'], 'a', 'x " y')
    """
    language, brace, rest = (lang or "").partition("{")
    head = rest + " " if brace else ""
    if not brace and "=" in language:  # no language, but the first of the pairs
        language, head = "", language + " "
    found = Attributes(language or None)
    for match in _PIECE.finditer(head + meta):
        column = match.start() - len(head)
        if match["id"]:
            found.identifier = match["id"]
        elif match["class"]:
            found.classes.append(match["class"])
        elif match["word"]:
            found.words.append(match["word"])
        else:
            quoted = match["double"] if match["double"] is not None else match["single"]
            value = _ESCAPED.sub(r"\1", quoted) if quoted is not None else match["bare"]
            place = match.start("double") if match["double"] is not None else match.end() - len(match["bare"] or "")
            pair = value, place - len(head) if place >= 0 else column
            if last_wins:
                found.pairs[match["key"].lower()] = pair
            else:
                found.pairs.setdefault(match["key"].lower(), pair)
    if found.lang is None and found.classes:
        found.lang = found.classes.pop(0)
    elif found.lang is None and brace and found.words:  # `{python}`, a cell that is run
        found.lang = found.words.pop(0)
    return found
