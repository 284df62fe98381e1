"""What a fence asks for, and what that comes to on its code: two frozen pictures, any dialect.

`Fence` is the meta text understood; it knows nothing of the code below it. `Marks` is a fence
resolved on its code. Lines count from 1, columns from 0 in code points, ends are exclusive in
columns and inclusive in lines. A range of lines is never spelled out before the code is known.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]  # first and last, both included, first <= last


@dataclass(frozen=True, slots=True)
class LineItem:
    """One item of a list of lines, `3-7`; `span` is None where it cannot be read, or names no line."""

    text: str
    column: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """A group of lines that carries an id: `{1,3-5}#a`."""

    spans: tuple[Span, ...]
    id: str


@dataclass(frozen=True, slots=True)
class WordMark:
    """A text to mark wherever it occurs: `/alpha/2-3#v`. `occurrences` None means all, counted over the block."""

    text: str
    column: int
    id: str | None = None
    occurrences: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """What an info string asks for. `start` is the first printed line number, None for no numbers."""

    lang: str | None
    meta: str = ""
    title: str | None = None
    caption: str | None = None
    start: int | None = None
    lines: tuple[LineItem, ...] = ()
    groups: tuple[LineGroup, ...] = ()
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Chars:
    """A marked stretch of one line."""

    line: int
    start: int
    end: int
    text: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Marks:
    """A fence resolved on its code.

    `counts` says for each of the fence's words how often it was found, whatever its occurrences
    leave out; a word that an earlier item has already taken everywhere is found 0 times.
    """

    line_count: int
    highlighted_lines: tuple[int, ...] = ()
    line_ids: tuple[tuple[int, str], ...] = ()
    chars: tuple[Chars, ...] = ()
    counts: tuple[int, ...] = ()
