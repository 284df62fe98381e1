"""Our named styles of word processors, in the theme's colours and faces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, WARNING
from fencepost.theme import Theme
from fencepost.writers.code.box import TINTS
from fencepost.writers.code.office import FAINT, FLOWING, LOOKS, TOKENS, tint_name

HANGING = 20.4  # points: four columns of code, by which lines that go on below are set in
LIST_INDENT = 18  # points: where the sign of an item of pandoc's lists begins
BAR = 2.25  # points: the bar of an alert
ALERT_ROOM, ALERT_INDENT = 8, 12  # points from the bar to the text, and from the margin to it
INSET = 7.5  # points from the edge of a box of code to its text, a line between included


class Edge(NamedTuple):
    """A line at a side of a paragraph: its colour, its width in points, the room between it and the text; its kind."""

    colour: str
    width: float
    room: float
    line: str = "solid"


class Stroke(NamedTuple):
    """What a mark is told by without its colour: the bar beside a line, kind and points, and the line under a word."""

    bar: str
    width: float
    under: str = ""


# of marks by the theme's tints, in its order, and over again
STROKES = (
    Stroke("solid", 2.25), Stroke("double", 3, "double"), Stroke("dashed", 2.25, "dash"),
    Stroke("dotted", 2.25, "dotted"), Stroke("solid", 4, "solid"), Stroke("double", 4.5, "wave"),
    Stroke("dashed", 4, "long-dash"), Stroke("dotted", 4, "dot-dash"),
)  # fmt: skip
# of marks that are more than a mark → the alert whose colour they have, their stroke
KINDS = {
    INS:     ("tip",     Stroke("solid", 2.25, "solid")),
    DEL:     ("caution", Stroke("dashed", 2.25)),  # words are struck out
    ERROR:   ("caution", Stroke("double", 3, "wave")),
    WARNING: ("warning", Stroke("dotted", 2.25, "dotted")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """A named style. Colours are `RRGGBB`, sizes and spaces points; `edges` are lines at its sides.

    `indent` is where lines begin from the margin, the first one `hanging` before them.
    """

    name: str
    based: str = ""  # on another of ours
    is_text: bool = False  # of a run of characters, not of a paragraph
    face: str = ""
    size: float = 0
    colour: str = ""
    ground: str = ""
    edges: Mapping[str, Edge] = field(default_factory=dict)
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    hanging: float = 0
    keep: bool = False  # with the next paragraph
    is_language: bool = True  # what a spelling checker reads
    align: str = ""
    under: str = ""  # a line under the words
    under_colour: str = ""
    is_struck: bool = False
    is_mirrored: bool = False  # for words from the right: lines begin there
    is_item: bool = False  # of a list; in OpenDocument an edge would push its words out of their place


def ink(theme: Theme, group: str, name: str) -> str:
    """Give a colour of the theme, on light, as `RRGGBB`."""
    return str(theme[group][name][0]).lstrip("#").upper()


def styles(theme: Theme) -> Iterator[Style]:
    """List our styles, in the theme's colours and faces."""
    sans, quiet = theme["faces"]["sans"][0], ink(theme, "colours", "quiet")
    for kind in theme["alerts"]:
        own = ink(theme, "alerts", kind)
        name, bar = f"Alert {kind.capitalize()}", {"left": Edge(own, BAR, ALERT_ROOM)}
        title = Style(f"{name} Title", face=sans, size=9.5, colour=own, edges=bar, bold=True, before=12, after=2,
                      indent=ALERT_INDENT, keep=True)  # fmt: skip
        text = Style(name, edges=bar, after=4, indent=ALERT_INDENT)
        yield from (title, text)
        # the items of a list stand further in, by what the word processor says: the bar stays where it was
        yield Style(f"{name} Item", edges={"left": Edge(own, BAR, LIST_INDENT - 4)}, after=3, is_item=True)
        # in a box of one cell (`boxes`), the bar is the box's
        yield replace(title, name=f"{title.name} Boxed", edges={}, before=0, indent=0)
        yield replace(text, name=f"{name} Boxed", edges={}, indent=0)
    yield Style("Alert Gap", size=2, after=4)
    yield from _code_styles(theme)
    yield Style("Code Caption", face=sans, size=8.5, colour=quiet, after=10)
    yield Style("Code Line Number", is_text=True, colour=quiet)
    yield Style("Code Sign", is_text=True, colour=ink(theme, "colours", "soft"), bold=True)
    yield Style(FAINT, is_text=True, colour=quiet)
    yield Style("Description", colour=ink(theme, "colours", "soft"), italic=True, before=4, after=14)
    yield Style("Page Number", face=sans, size=8.5, colour=quiet, align="center")
    for token, name in TOKENS.items():
        italic, bold = token == "c", token == "h"
        yield Style(f"Code {name}", is_text=True, colour=ink(theme, "code", token), italic=italic, bold=bold)
    for mark in _marks(theme):
        struck = mark.name == LOOKS[DEL]
        yield Style(_joined("Code Mark", mark.name), is_text=True, ground=mark.tint, under=mark.stroke.under,
                    under_colour=mark.colour, is_struck=struck)  # fmt: skip


class Mark(NamedTuple):
    """What a mark is called in a style, its strokes, the ground of words and of lines, and the colour of a bar."""

    name: str
    line: str
    stroke: Stroke
    tint: str
    ground: str
    colour: str


def _joined(*names: str) -> str:
    return " ".join(filter(None, names))


def _marks(theme: Theme) -> Iterator[Mark]:
    quiet, marked = ink(theme, "colours", "quiet"), LOOKS[MARK]
    for index, name in enumerate(theme["tints"]):
        tint, stroke, own = ink(theme, "tints", name), STROKES[index % len(STROKES)], tint_name(name)
        ground, bar = (tint, quiet) if own else (ink(theme, "colours", "mark"), ink(theme, "colours", "markbar"))
        yield Mark(own, _joined(marked, own), stroke, tint, ground, bar)
    for kind, (alert, stroke) in KINDS.items():
        tint = ink(theme, "tints", TINTS[kind])
        yield Mark(LOOKS[kind], LOOKS[kind], stroke, tint, tint, ink(theme, "alerts", alert))


def mirrored(style: Style) -> Style:
    """Turn a style for text that is written from the right; code is not."""
    if not style.is_language:
        return style
    sides = {"left": "right", "right": "left"}
    edges = {sides.get(side, side): edge for side, edge in style.edges.items()}
    return replace(style, edges=edges, is_mirrored=True)


def _code_styles(theme: Theme) -> Iterator[Style]:
    """List the styles of code: a title, and lines in a box, whose first and last have an edge of their own."""
    ground, rule = ink(theme, "colours", "code"), ink(theme, "colours", "rule")
    edge, side = Edge(rule, 0.5, 4), Edge(rule, 0.5, INSET - 0.5)
    line = Style("Code Line", face=theme["faces"]["mono"][0], size=8.5, ground=ground, is_language=False, keep=True,
                 indent=INSET + HANGING, hanging=HANGING, edges={"left": side, "right": side})  # fmt: skip
    # under a title, an edge in the ground's own colour is the room above the first line
    around = {"left": side, "right": side, "top": Edge(rule, 0.5, 3), "bottom": Edge(ground, 4, 3)}
    yield replace(line, name="Code Title", colour=ink(theme, "colours", "soft"), ground=ink(theme, "colours", "bar"),
                  edges=around, before=10)  # fmt: skip
    focus = Mark("", LOOKS[FOCUS], STROKES[0], "", ground, ink(theme, "colours", "quiet"))
    for mark in (None, focus, *_marks(theme)):
        own = line if mark is None else _marked(line, mark)
        yield own
        first, last = {**own.edges, "top": edge}, {**own.edges, "bottom": edge}
        yield replace(own, name=f"{own.name} First", based=own.name, edges=first, before=10)
        yield replace(own, name=f"{own.name}{FLOWING}", based=own.name, keep=False)
        yield replace(own, name=f"{own.name} Last", based=own.name, edges=last, after=10, keep=False)
        yield replace(own, name=f"{own.name} Only", based=own.name, edges=first | last, before=10, after=10, keep=False)


def _marked(line: Style, mark: Mark) -> Style:
    bar = Edge(mark.colour, mark.stroke.width, INSET - mark.stroke.width, mark.stroke.bar)
    edges = {**line.edges, "left": bar}
    return replace(line, name=f"{line.name} {mark.line}", based=line.name, ground=mark.ground, edges=edges)
