"""Lists of numbers as dialects write them: `1,3-5`, `2..4`, `1...4`."""

from __future__ import annotations

import re

from fencepost.fence.javascript import BLANKS, read_number
from fencepost.fence.model import MARK, LineItem, Span

_NUMBER = re.compile(r"-?[0-9]+\Z")
_RANGE = re.compile(r"(-?[0-9]+)(-|\.\.\.?|[\u2025\u2026\u22ef])(-?[0-9]+)\Z")
_TRIM = re.compile(rf"[^{BLANKS}](?:[^,]*[^,{BLANKS}])?")
_EXCLUSIVE = frozenset(("...", "\u2026", "\u22ef"))


def read_span(item: str) -> Span | None:
    """Read `3`, `1-4`, `1..4` (inclusive), `1...4` or `1…4` (without the 4), upwards or downwards.

    >>> read_span("5..3"), read_span("1...4"), read_span("2...2"), read_span("1 - 3")
    ((3, 5), (1, 3), None, None)
    """
    if _NUMBER.match(item):
        return read_number(item), read_number(item)
    found = _RANGE.match(item)
    if not found:
        return None
    left, right = read_number(found[1]), read_number(found[3])
    if found[2] in _EXCLUSIVE:
        if left == right:
            return None
        right -= 1 if left < right else -1
    return min(left, right), max(left, right)


def read_items(text: str, column: int = 0, kind: str = MARK, label: str | None = None) -> list[LineItem]:
    """Split at commas and trim; each item keeps its column, counted from `column`."""
    items = []
    for piece in text.split(","):
        trimmed = _TRIM.search(piece)
        if trimmed:
            items.append(LineItem(trimmed[0], column + trimmed.start(), read_span(trimmed[0]), kind, label))
        column += len(piece) + 1
    return items


def read_spans(text: str) -> tuple[Span, ...]:
    """Read a list of numbers and keep what can be read: a bad item is dropped alone."""
    return tuple(item.span for item in read_items(text) if item.span)
