"""Where words stand in a text: looked for by the thousand, in time by what is found and not by the text's length."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cached_property

_WORD = re.compile(r"\w+")
WHOLE_SEARCHES = 200  # through all of a text, for what begins or ends within a word


class Sought:
    """A text, and the offsets of its words once somebody has asked."""

    def __init__(self, text: str) -> None:
        self.text, self._searches = text, 0

    def first(self, wanted: str) -> int | None:
        """Give the offset at which a string stands first, at the bounds of words before any other place.

        None where it is not found, and where too much was looked for in vain already.

        >>> Sought("ab b [b](c.md)").first("b"), Sought("ab").first("b"), Sought("a").first("x")
        (3, 1, None)
        """
        found = next(self.all(wanted, 0, len(self.text)), None)
        if found is not None or not wanted or self._searches >= WHOLE_SEARCHES:
            return found
        self._searches += 1
        at = self.text.find(wanted)
        return None if at < 0 else at

    def all(self, wanted: str, start: int, end: int) -> Iterator[int]:
        """Walk the places between two offsets where a string stands, at the bounds of words."""
        words = self._words
        parts = [(match[0], match.start()) for match in _WORD.finditer(wanted)]
        if any(word not in words for word, _ in parts):
            return
        if not parts:
            at = self.text.find(wanted, start, end) if wanted else -1
            while at >= 0:
                yield at
                at = self.text.find(wanted, at + 1, end)
            return
        rarest, before = min(parts, key=lambda part: len(words[part[0]]))
        places = words[rarest]
        for index in range(bisect.bisect_left(places, start + before), len(places)):
            at = places[index]
            if at - before + len(wanted) > end:
                return
            if self.text.startswith(wanted, at - before):
                yield at - before

    def place(self, offset: int) -> tuple[int, int]:
        """Turn an offset into a line from 1 and a column from 0."""
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    @cached_property
    def starts(self) -> list[int]:
        """List the offsets at which lines begin."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for match in _WORD.finditer(self.text):
            found.setdefault(match[0], []).append(match.start())
        return found
