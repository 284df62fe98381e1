"""Heading anchors as GitHub makes them.

The rule is github-slugger 2.0's, what GitHub's own pages were measured against: lower case, everything
that is no letter, mark, number, connector, hyphen or blank goes, each blank becomes a hyphen, and the
second of a kind gets `-1`.
"""

from __future__ import annotations

import unicodedata

_KEPT = frozenset(["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "Pc"])


def slug(text: str) -> str:
    """Make the anchor of a heading's text.

    >>> slug("🚀 How I Got Started: `@enter` & more")
    '-how-i-got-started-enter--more'
    """
    kept = (char for char in text.lower() if char in "- " or unicodedata.category(char) in _KEPT and char != "\ufe0f")
    return "".join(kept).replace(" ", "-")


class Slugger:
    """Makes anchors that are unique in one document."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def reserve(self, made: str) -> None:
        """Take an anchor that somebody else has chosen."""
        self._seen.setdefault(made, 0)

    def unique(self, text: str) -> str:
        """Make the next anchor for a text: `a`, `a-1`, `a-2`."""
        first = made = slug(text)
        while made in self._seen:
            self._seen[first] += 1
            made = f"{first}-{self._seen[first]}"
        self._seen[made] = 0
        return made
