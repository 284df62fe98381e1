"""Code in Typst: a call of `fp-code`, which the template owns. All the author's words are string literals."""

from __future__ import annotations

from collections.abc import Iterable

from fencepost.highlight import Piece
from fencepost.writers.code.box import CodeBox, Row
from fencepost.writers.escape import typst as literal


def typst(box: CodeBox) -> str:
    """Write the call, a source line for each line of code."""
    words = {"title": box.title, "caption": box.caption, "lang": box.lang}
    given = ", ".join(f"{name}: {literal(text) if text else 'none'}" for name, text in words.items())
    start = "none" if box.start is None else str(box.start)
    lines = "".join(f"{_line(box, row)},\n" for row in box.rows)
    label = f" #label({literal(box.identifier)})" if box.identifier else ""
    return f"#fp-code({given}, start: {start}, lines: (\n{lines})){label}"


def _line(box: CodeBox, row: Row) -> str:
    segments = _segments(box, row.pieces)
    if not row.marked:
        return segments
    return f"(mark: {literal(box.tint(row.id))}, segs: {segments})"


def _segments(box: CodeBox, pieces: Iterable[Piece]) -> str:
    return "(" + "".join(f"{_segment(box, piece)}, " for piece in pieces).rstrip(" ") + ")"


def _segment(box: CodeBox, piece: Piece) -> str:
    kind, text, mark = piece
    if mark:
        return f"({literal(kind)}, {literal(text)}, {literal(box.tint(mark.id))})"
    return f"({literal(kind)}, {literal(text)})" if kind else literal(text)
