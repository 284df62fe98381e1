"""The sheet of a printed post: its size by name or by measure, and lengths as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}  # in millimetres
# fmt: off
SIZES = {
    # name         width    height   in millimetres
    "a4":         (210.0,   297.0),
    "a5":         (148.0,   210.0),
    "a6":         (105.0,   148.0),
    "b5":         (176.0,   250.0),  # ISO 216, as printers in Europe mean it
    "jis-b5":     (182.0,   257.0),
    "us-letter":  (215.9,   279.4),
    "letter":     (215.9,   279.4),
    "us-legal":   (215.9,   355.6),
    "6x9":        (152.4,   228.6),  # inches: the commonest trim size of a paperback
    "5x8":        (127.0,   203.2),
    "7x10":       (177.8,   254.0),
}
# fmt: on
CODE_WIDTH = 0.6  # of a character of code, in sizes of its type
LEAST, MOST = (100.0, 140.0), (841.0, 1189.0)  # below, code and notes find no room; above is A0
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(mm|cm|in|pt)?")


class PaperError(ValueError):
    """A sheet, or the room of its binding, that cannot be; with what can."""

    def __init__(self, problem: str, help: str) -> None:
        super().__init__(problem)
        self.problem, self.help = problem, help


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, in millimetres."""

    width: float
    height: float


def parse_length(text: str) -> float | None:
    """Read a length with its unit as millimetres; None where it is none.

    >>> parse_length("0.5in"), parse_length("8 mm"), parse_length("wide")
    (12.7, 8.0, None)
    """
    found = _LENGTH.fullmatch(text.strip().lower())
    if found is None or found[2] is None:
        return None
    return round(float(found[1]) * UNITS[found[2]], 3)


def parse_paper(text: str) -> Paper:
    """Read a size: a name of `SIZES`, or width and height such as `6x9in` and `150x220mm`.

    >>> parse_paper("A5"), parse_paper("6 x 9 in"), parse_paper("15cmx220mm")
    (Paper(width=148.0, height=210.0), Paper(width=152.4, height=228.6), Paper(width=150.0, height=220.0))

    Raises:
        PaperError: it is no size, or one that a post cannot be set on.
    """
    name = re.sub(r"(?<!\s)\s*[x×]\s*", "x", text.strip().lower()).replace("_", "-")
    size = SIZES.get(name) or _measures(name)
    if size is None:
        known = ", ".join(SIZES)
        raise PaperError(
            f"`{text}` is no size of paper", f"write one of {known}, or width and height: 150x220mm, 6x9in"
        )
    if any(side < least or side > most for side, least, most in zip(size, LEAST, MOST, strict=True)):
        raise PaperError(
            f"{text} cannot be set: {size[0]:g} by {size[1]:g} mm",
            f"from {LEAST[0]:g} by {LEAST[1]:g} to {MOST[0]:g} by {MOST[1]:g} mm",
        )
    return Paper(*size)


def _measures(name: str) -> tuple[float, float] | None:
    """Read `WIDTHxHEIGHT`; a unit behind the second holds for the first where that has none."""
    first, _, second = name.partition("x")
    found = [_LENGTH.fullmatch(part) for part in (first, second)]
    if found[0] is None or found[1] is None or found[1][2] is None:
        return None
    unit = found[0][2] or found[1][2]
    return round(float(found[0][1]) * UNITS[unit], 3), round(float(found[1][1]) * UNITS[found[1][2]], 3)


def parse_binding(text: str, sides: str) -> float:
    """Read the room that a binding takes, in millimetres; unless it is said, 8 for two sides and none for one.

    Raises:
        PaperError: it is no length, or more than a page can give.
    """
    if not text:
        return 8.0 if sides == "two" else 0.0
    found = parse_length(text) if text.strip() != "0" else 0.0
    if found is None or found > 40:
        raise PaperError(f"`{text}` is no binding margin", "write a length up to 40mm, such as 8mm or 0.5in")
    return found


def code_columns(paper: str, binding: str = "", sides: str = "one") -> int:
    """Say how many characters of code a line of the page holds, without line numbers; the sums are `post.typ`'s.

    >>> code_columns("a4")
    75

    Raises:
        PaperError: there is no such paper or binding.
    """
    room = parse_paper(paper).width - parse_binding(binding, sides)
    edge = max(13.0, (room - 144) / 2, 33 - (210 - room) * 0.26)
    measure = room - 2 * edge
    size = 10.4 * max(0.83, min(1.0, 0.83 + (measure - 79) / 62 * 0.17)) * 0.827  # points
    return int((measure * 72 / 25.4 - 2 * 1.15 * size) / (size * CODE_WIDTH))
