"""Which of many ranges covers a line first, in time that does not depend on how long the ranges are."""

from __future__ import annotations

from collections.abc import Iterable

from fencepost.fence.model import Span


def first_cover(spans: Iterable[Span], count: int) -> dict[int, int]:
    """Say for each covered line of 1..count the index of the first span that covers it.

    >>> first_cover([(2, 999_999_999_999), (1, 2)], 3)
    {2: 0, 3: 0, 1: 1}
    """
    found: dict[int, int] = {}
    following = list(range(count + 2))  # following[n]: a line from n on that may still be free
    for index, (first, last) in enumerate(spans):
        line = _free(following, max(first, 1), count)
        while line <= min(last, count):
            found[line] = index
            following[line] = line + 1
            line = _free(following, line + 1, count)
    return found


def _free(following: list[int], line: int, count: int) -> int:
    """Find the first free line from `line` on, shortening the way for the next search."""
    if line > count:
        return count + 1
    root = line
    while following[root] != root:
        root = following[root]
    while following[line] != root:
        following[line], line = root, following[line]
    return root
