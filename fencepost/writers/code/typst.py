"""Code in Typst: a call of `fp-code`, which the template owns. All the author's words are string literals."""

from __future__ import annotations

from collections.abc import Iterable

from fencepost.fence.model import EDITOR, FOCUS, MARK
from fencepost.highlight.tokens import Piece
from fencepost.writers.code.box import SIGNS, CodeBox, Note, Row
from fencepost.writers.escape import typst as literal


def typst(box: CodeBox) -> str:
    """Write the call, a source line for each line of code."""
    words = {"title": box.title, "caption": box.caption, "lang": box.lang}
    given = ", ".join(f"{name}: {literal(text) if text else 'none'}" for name, text in words.items())
    start = "none" if box.start is None else str(box.start)
    lines = "".join(f"{_line(box, row)},\n" for row in box.rows)
    label = f" #label({literal(box.identifier)})" if box.identifier else ""
    return f"#fp-code({given}, start: {start}{_look(box)}, lines: (\n{lines})){label}"


def _look(box: CodeBox) -> str:
    """Say what differs from a plain box in an editor."""
    look = {
        "frame": literal(box.frame) if box.frame != EDITOR else "",
        "hang": f"({'true' if box.wrap.preserve_indent else 'false'}, {box.wrap.hanging})" if box.wrap else "",
    }
    return "".join(f", {name}: {value}" for name, value in look.items() if value)


def _line(box: CodeBox, row: Row) -> str:
    segments = _segments(box, row.pieces)
    kind = row.kind
    more = {
        "mark": literal(box.tint(row.id if row.marked else None, kind)) if kind else "",
        "sign": literal(kind) if kind in SIGNS else "",
        "dim": "true" if box.has_focus and FOCUS not in row.kinds else "",
        "number": literal(row.number) if row.number else "",
        "label": literal(row.label) if row.label and not row.notes else "",
        "notes": f"({''.join(map(_note, row.notes)).rstrip(' ')})" if row.notes else "",
    }
    given = "".join(f"{name}: {value}, " for name, value in more.items() if value)
    return f"({given}segs: {segments})" if given else segments


def _note(note: Note) -> str:
    target, own = (f"label({literal(name)})" if name else "none" for name in (note.target, note.identifier))
    return f"({literal(note.number)}, {target}, {own}), "


def _segments(box: CodeBox, pieces: Iterable[Piece]) -> str:
    return "(" + "".join(f"{_segment(box, piece)}, " for piece in pieces).rstrip(" ") + ")"


def _segment(box: CodeBox, piece: Piece) -> str:
    kind, text, mark = piece
    if mark:
        kinds = f", {literal(mark.kind)}" if mark.kind != MARK else ""
        return f"({literal(kind)}, {literal(text)}, {literal(box.tint(mark.id, mark.kind))}{kinds})"
    return f"({literal(kind)}, {literal(text)})" if kind else literal(text)
