"""Code in Word and OpenDocument: a paragraph a line, tokens and marks as named styles."""

from __future__ import annotations

from functools import partial
from typing import Any

import panflute as pf

from fencepost.highlight import Piece
from fencepost.writers.code.box import DEFAULT, SIGNS, CodeBox, Row
from fencepost.writers.styles import Named, odt_name, paragraph, run

TAB = 4
# a line's place in the box: whether it is the first one without a title above, and whether the last → its style
PLACES = {(True, False): " First", (False, True): " Last", (True, True): " Only", (False, False): ""}
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
        marked = " Marked" if row.kind else ""
        place = PLACES[index == 0 and not box.title, index == len(box.rows) - 1]
        blocks.append(paragraph(named(f"Code Line{marked}{place}"), _line(box, index, row, named)))
    if box.caption:
        blocks.append(paragraph(named("Code Caption"), [pf.Str(box.caption)]))
    return pf.Div(*blocks, identifier=box.identifier, classes=["code"])


def _line(box: CodeBox, index: int, row: Row, named: Named) -> list[Any]:
    out: list[Any] = []
    if box.start is not None:
        out.append(run(f"{box.number(index):>{max(box.digits, NUMBER)}} ", named("Code Number")))
    if box.has_signs:
        out.append(run(f"{SIGNS.get(row.kind or '', ' ')} ", named("Code Number")))
    column = 0
    for piece in row.pieces:
        text = _untabbed(piece[1], column)
        column += len(text)
        out.append(_piece(box, piece, text, named))
    if row.label:
        out.append(run(f"\u2003{row.label}", named("Code Number")))
    return out or [pf.Str("\u00a0")]


def _untabbed(text: str, column: int) -> str:
    while "\t" in text:
        place = text.index("\t")
        text = text.replace("\t", " " * (TAB - (column + place) % TAB), 1)
    return text


def _piece(box: CodeBox, piece: Piece, text: str, named: Named) -> Any:
    kind, _, mark = piece
    if mark is not None:
        tint = box.tint(mark.id, mark.kind)
        is_named = tint != DEFAULT and not tint.startswith("#")
        return run(text, named(f"Code Mark {tint.capitalize()}" if is_named else "Code Mark"))
    return run(text, named(f"Code {TOKENS[kind]}")) if kind in TOKENS else pf.Str(text)


docx, odt = partial(code, named=str), partial(code, named=odt_name)
