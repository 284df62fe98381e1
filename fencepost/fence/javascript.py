"""How JavaScript reads blanks and numbers, where that is not how Python does."""

from __future__ import annotations

import re

# what `\s` and `trim` take: no U+001C..1F and U+0085, but U+FEFF
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
LINE_ENDS = "\n\r\u2028\u2029"  # what `.` leaves out
LIMIT = 10**15  # no block has as many lines; and Python refuses to read 5,000 digits

_EDGES = re.compile(rf"[^{BLANKS}](?:.*[^{BLANKS}])?", re.DOTALL)
_LEADING_INTEGER = re.compile(rf"[{BLANKS}]*([+-]?[0-9]+)")


def trimmed(text: str) -> str:
    """Cut blanks off both ends."""
    found = _EDGES.search(text)
    return found[0] if found else ""


def trimmed_end(text: str) -> str:
    """Cut blanks off the end."""
    whole = trimmed(text)
    return text[: text.find(whole) + len(whole)] if whole else ""


def read_number(digits: str) -> int:
    """Read an integer of any length; what is beyond any line number stays beyond it."""
    if len(digits) < 16:
        return int(digits)
    return -LIMIT if digits.startswith("-") else LIMIT


def parse_int(text: str) -> int | None:
    """Read the integer that a text begins with; None for what JavaScript calls NaN.

    >>> parse_int("5.7"), parse_int(" -1x"), parse_int("{5}")
    (5, -1, None)
    """
    found = _LEADING_INTEGER.match(text)
    return read_number(found[1]) if found else None
