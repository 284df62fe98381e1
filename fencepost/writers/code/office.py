"""Code in Word and OpenDocument: a paragraph a line, tokens and marks as named styles."""

from __future__ import annotations

from functools import partial
from typing import Any

import panflute as pf

from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, WARNING
from fencepost.highlight.tokens import Piece
from fencepost.writers.code.box import DEFAULT, SIGNS, CodeBox, Row
from fencepost.writers.styles import Named, odt_name, paragraph, run

TAB = 4
MOST = 36  # rows that may stand together unbroken: more might not fit on a page
# a line's place in the box: whether it is the first one without a title above, and whether the last → its style
PLACES = {(True, False): " First", (False, True): " Last", (True, True): " Only", (False, False): ""}
FLOWING = " Flowing"  # a line in the middle of many: a page may end below it
FAINT = "Code Faint"  # words of a line that stands back from those in focus
# what a mark is called in a list of styles; of lines and words alike
LOOKS = {MARK: "Marked", INS: "Inserted", DEL: "Deleted", ERROR: "Error", WARNING: "Warning", FOCUS: "Focused"}
NUMBER = 3  # columns of a line's number: its code stands where lines that go on below do
# what a kind of token is called in a list of styles
TOKENS = {
    "k": "Keyword", "s": "String", "c": "Comment", "f": "Function", "d": "Decorator", "n": "Number", "t": "Type",
    "v": "Variable", "o": "Operator", "e": "Error", "i": "Inserted", "x": "Deleted", "h": "Heading",
}  # fmt: skip


def code(box: CodeBox, named: Named) -> pf.Div:
    """Write title, lines and caption as paragraphs of their own styles; marks are styles too."""
    blocks = [paragraph(named("Code Title"), [pf.Str(box.title)])] if box.title else []
    for index, row in enumerate(box.rows):
        style = f"Code Line{_look(box, row)}{_place(box, index)}"
        blocks.append(paragraph(named(style), _line(box, index, row, named)))
    if box.caption:
        blocks.append(paragraph(named("Code Caption"), [pf.Str(box.caption)]))
    return pf.Div(*blocks, identifier=box.identifier, classes=["code"], attributes={"dir": "ltr"})


def _look(box: CodeBox, row: Row) -> str:
    """Name what marks a line; of marks with an id, their tint as well."""
    kind = row.kind or (FOCUS if FOCUS in row.kinds else None)
    if kind is None:
        return ""
    tint = tint_name(box.tint(row.id)) if kind == MARK else ""
    return f" {LOOKS[kind]} {tint}".rstrip()


def tint_name(tint: str) -> str:
    """Name a tint of the theme in a style; the one of marks without id, and a colour of one's own, have no name."""
    return "" if tint == DEFAULT or tint.startswith("#") else tint.capitalize()


def _place(box: CodeBox, index: int) -> str:
    """Name a line's place in the box; two lines at least stay together at either end."""
    last = len(box.rows) - 1
    place = PLACES[index == 0 and not box.title, index == last]
    return FLOWING if not place and last >= MOST and 0 < index < last - 1 else place


def _line(box: CodeBox, index: int, row: Row, named: Named) -> list[Any]:
    out: list[Any] = []
    if box.start is not None:
        out.append(run(f"{box.number(index):>{max(box.digits, NUMBER)}} ", named("Code Line Number")))
    if box.has_signs:
        out.append(run(f"{SIGNS.get(row.kind or '', ' ')} ", named("Code Sign")))
    column, is_faint = 0, box.has_focus and FOCUS not in row.kinds
    for piece in row.pieces:
        text = _untabbed(piece[1], column)
        column += len(text)
        style = _mark(box, piece) or (FAINT if is_faint else _token(piece[0]))
        out.append(run(text, named(style)) if style else pf.Str(text))
    if row.label:
        out.append(run(f"\u2003{row.label}", named("Code Line Number")))
    return out or [pf.Str("\u00a0")]


def _untabbed(text: str, column: int) -> str:
    while "\t" in text:
        place = text.index("\t")
        text = text.replace("\t", " " * (TAB - (column + place) % TAB), 1)
    return text


def _token(kind: str) -> str:
    return f"Code {TOKENS[kind]}" if kind in TOKENS else ""


def _mark(box: CodeBox, piece: Piece) -> str:
    """Name the style of a marked word by its kind, or by the tint of its id; empty where nothing marks it."""
    mark = piece[2]
    if mark is None:
        return ""
    name = tint_name(box.tint(mark.id)) if mark.kind == MARK else LOOKS[mark.kind]
    return f"Code Mark {name}".rstrip()


docx, odt = partial(code, named=str), partial(code, named=odt_name)
