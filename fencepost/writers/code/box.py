"""A code block ready to be written: its words, and its lines cut into coloured pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fencepost.highlight import Piece

DEFAULT = "default"  # the tint of a mark without id


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `id` counts only where it is marked."""

    pieces: Sequence[Piece]
    marked: bool = False
    id: str | None = None


@dataclass(frozen=True)
class CodeBox:
    """A code block on its way to a writer.

    `tints` says for each id a tint of the theme or a colour `#rrggbb`. `start` is the first line
    number, None for none.
    """

    rows: Sequence[Row]
    lang: str | None = None
    title: str | None = None
    caption: str | None = None
    start: int | None = None
    identifier: str = ""
    tints: dict[str, str] = field(default_factory=dict)

    def tint(self, name: str | None) -> str:
        """Say the tint for an id, or for none."""
        return self.tints.get(name, DEFAULT) if name else DEFAULT

    @cached_property
    def digits(self) -> int:
        """Say how many digits the widest line number has."""
        return len(str((self.start or 0) + len(self.rows) - 1))
