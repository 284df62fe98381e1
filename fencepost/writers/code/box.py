"""A code block ready to be written: its words, and its lines cut into coloured pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from fencepost.fence.model import DEL, EDITOR, ERROR, FOCUS, HIDDEN, INS, KINDS, MARK, WARNING, Span, Wrap
from fencepost.highlight.tokens import Piece

DEFAULT = "default"  # the tint of a mark without id
TINTS = {DEL: "r", INS: "g", ERROR: "r", WARNING: "yb"}  # of marks that are more than a mark
SIGNS = {DEL: "\u2212", INS: "+", ERROR: "\u2715", WARNING: "!"}  # beside the line: it must be told without colour


def listed_at(group: str | int, number: str) -> str:
    """Name the place in a list that says what the number beside a line means."""
    return f"annotation-{group}-{number}"


def cited_at(group: str | int, number: str) -> str:
    """Name the first line that has the number."""
    return f"annotated-{group}-{number}"


class Note(NamedTuple):
    """A number beside a line: where the list says what it means, and its own id where it is the first."""

    number: str
    target: str = ""
    identifier: str = ""


class Row(NamedTuple):
    """One line. `id` counts only where it is marked; `kinds` are marks of other kinds."""

    pieces: Sequence[Piece]
    marked: bool = False
    id: str | None = None
    kinds: frozenset[str] = frozenset()
    label: str | None = None
    number: str = ""  # how its number looks
    notes: Sequence[Note] = ()  # where the label is numbers that a list below explains
    classes: Sequence[str] = ()  # a site's own names for its marks

    @property
    def kind(self) -> str | None:
        """Say which mark decides the look; None where nothing does."""
        kinds = self.kinds | {MARK} if self.marked else self.kinds
        return next((kind for kind in reversed(KINDS) if kind in kinds and kind != FOCUS), None)

    @property
    def text(self) -> str:
        """Give the line's own text."""
        return "".join(text for _, text, _ in self.pieces)


@dataclass(frozen=True)
class CodeBox:
    """A code block on its way to a writer.

    `tints` says for each id a tint of the theme or a colour `#rrggbb`. `start` is the first line
    number, None for none. `folded` are runs of lines that a screen may fold away.
    """

    rows: Sequence[Row]
    lang: str | None = None
    title: str | None = None
    tab: str | None = None  # its name among tabs, where these are a row of buttons
    caption: str | None = None
    start: int | None = None
    identifier: str = ""
    classes: Sequence[str] = ()  # the author's own
    attributes: Sequence[tuple[str, str]] = ()
    tints: dict[str, str] = field(default_factory=dict)
    frame: str = EDITOR
    wrap: Wrap | None = None
    folded: Sequence[Span] = ()
    fold_is_open: bool = False
    summary: str = ""  # what a fold says, in place of how many lines it has
    words: dict[str, str] = field(default_factory=dict)  # in the post's language: `line`, `lines`

    def tint(self, name: str | None, kind: str | None = MARK) -> str:
        """Say the tint for an id, or for a kind of mark, or for none."""
        return self.tints.get(name, DEFAULT) if name else TINTS.get(kind or MARK, DEFAULT)

    def number(self, index: int) -> str:
        """Write the number of a row; empty where it has none."""
        return "" if self.start is None or self.rows[index].number == HIDDEN else str(self.start + index)

    def summary_of(self, rows: Sequence[Row]) -> str:
        """Say what is folded away."""
        return self.summary or self.words["line" if len(rows) == 1 else "lines"].replace("{}", str(len(rows)))

    @cached_property
    def digits(self) -> int:
        """Say how many digits the widest line number has, its sign included."""
        first = self.start or 0
        return max(len(str(number)) for number in (first, first + len(self.rows) - 1))

    @cached_property
    def has_focus(self) -> bool:
        """Say whether some lines are in focus, so that the others stand back."""
        return any(FOCUS in row.kinds for row in self.rows)

    @cached_property
    def has_signs(self) -> bool:
        """Say whether a sign stands beside some line."""
        return any(row.kind in SIGNS for row in self.rows)

    def segments(self) -> Iterator[tuple[bool, int, Sequence[Row]]]:
        """Part the lines into runs that are folded or not, each with the index of its first."""
        count = len(self.rows)
        owners: dict[int, int] = {}
        for at, (first, last) in enumerate(self.folded):
            owners |= dict.fromkeys(range(first, min(last, count) + 1), at)
        for key, group in groupby(range(len(self.rows)), key=lambda index: owners.get(index + 1)):
            indices = [*group]
            yield key is not None, indices[0], [self.rows[index] for index in indices]
