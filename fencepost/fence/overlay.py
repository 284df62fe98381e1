"""Marks over marks: ranges of one kind grow together, a later kind covers an earlier one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Range = tuple[int, int]


def united(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges that overlap; such as only touch stay apart.

    >>> united([(4, 6), (0, 2), (1, 3), (3, 4)])
    [(0, 3), (3, 4), (4, 6)]
    """
    out: list[Range] = []
    for start, end in sorted(set(ranges)):
        if out and start < out[-1][1] and (end > out[-1][0]):
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def without(ranges: list[Range], covers: list[Range]) -> list[Range]:
    """Cut from sorted ranges what sorted ranges cover.

    >>> without([(0, 9)], [(2, 4), (8, 12)])
    [(0, 2), (4, 8)]
    """
    out: list[Range] = []
    at = 0
    for start, end in ranges:
        while at < len(covers) and covers[at][1] <= start:
            at += 1
        place, index = start, at
        while index < len(covers) and covers[index][0] < end:
            first, last = covers[index]
            if first > place:
                out.append((place, first))
            place, index = max(place, last), index + 1
        is_covered = start == end and any(first < start < last for first, last in covers[at : index + 1])
        if place < end or (start == end and not is_covered):
            out.append((place, end))
    return out


def painted(layers: Iterable[tuple[str, Iterable[Range]]]) -> list[tuple[Range, str]]:
    """Lay layers over each other, the last on top; gives ranges that do not overlap, in order."""
    out: list[tuple[Range, str]] = []
    for kind, ranges in layers:
        own = united(ranges)
        out = [(rest, other) for span, other in out for rest in without([span], _near(own, span))]
        out = sorted([*out, *((span, kind) for span in own)])
    return out


def _near(covers: list[Range], span: Range) -> list[Range]:
    first = max(bisect_right(covers, span) - 1, 0)
    last = bisect_right(covers, (span[1], span[1]))
    return covers[first:last]
