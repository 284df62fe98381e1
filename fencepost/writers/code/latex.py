"""Code in LaTeX: the environment `fpcode` of templates/fencepost.tex, a macro a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fencepost.fence.model import DEL, ERROR, INS, MARK, SPECIAL, WARNING
from fencepost.highlight.tokens import Piece
from fencepost.writers.code.box import CodeBox, Row
from fencepost.writers.escape import latex as escaped
from fencepost.writers.escape import latex_code, latex_label

TAB = 4
LATEX_SIGNS = {INS: "$+$", DEL: "$-$", ERROR: "$\\times$", WARNING: "!"}
DEEPEST = 24  # blanks that a continued line is indented by
# A box of colour cannot break: a long mark is set as several that touch.
_CHUNK = re.compile(r"\s+|\S{1,12}")
_BREAKABLE = re.compile(r"\s*(?:[^\w\s]+|\w{1,12})|\s+")  # blanks break by themselves


def latex(box: CodeBox) -> str:
    """Write the environment, a source line for each line of code; the caption follows it."""
    lines = [_line(box, index, row) for index, row in enumerate(box.rows)]
    lines[-2:] = [f"\\fpkeep{line}" for line in lines[-2:]]
    anchor = f"\\fpanchor{{{latex_label(box.identifier)}}}%\n" if box.identifier else ""
    title = f"\\fptitle{{{escaped(box.title)}}}%\n" if box.title else ""
    caption = f"\n\\fpcaption{{{escaped(box.caption)}}}" if box.caption else ""
    width = (0 if box.start is None else box.digits) + box.has_signs
    return f"\\begin{{fpcode}}{{{width}}}%\n{anchor}{title}{''.join(lines)}\\end{{fpcode}}{caption}"


def _line(box: CodeBox, index: int, row: Row) -> str:
    kind = row.kind
    number = box.number(index)
    number = f"\\textbf{{{number}}}" if row.number == SPECIAL else number
    number += LATEX_SIGNS.get(kind or "", "")
    pieces = list(expand(row.pieces))
    text = _hang(pieces) + "".join(_pieces(box, pieces))
    text += f"\\hfill\\fplabel{{{escaped(row.label)}}}" if row.label else ""
    if kind is None:
        return f"\\fpline{{{number}}}{{{text}}}%\n"
    tint = box.tint(row.id if row.marked else None, kind)
    colour, bar = (_colour(tint),) * 2 if row.id or kind != MARK else ("fpmark", "fpmarkbar")
    return f"{_defined(colour)}\\fpmarkedline{{{_name(colour)}}}{{{_name(bar)}}}{{{number}}}{{{text}}}%\n"


def _hang(pieces: list[Piece]) -> str:
    """Let what does not fit go on below the line's own indent, as long as that leaves room."""
    line = "".join(text for _, text, _ in pieces)
    indent = len(line) - len(line.lstrip(" "))
    return f"\\fphang{{{min(indent, DEEPEST)}}}" if indent else ""


def _pieces(box: CodeBox, pieces: Iterable[Piece]) -> Iterator[str]:
    for kind, text, mark in pieces:
        before, after = (f"\\fptoken{{{kind}}}{{", "}") if kind else ("", "")
        if mark is None:
            yield before + "\\fpbreak{}".join(map(latex_code, _BREAKABLE.findall(text))) + after
            continue
        colour = _colour(box.tint(mark.id, mark.kind))
        word = f"\\fpword{{{_name(colour)}}}"
        chunks = "".join(f"{word}{{{before}{latex_code(chunk)}{after}}}" for chunk in _CHUNK.findall(text))
        yield f"{_defined(colour)}{chunks}"


def expand(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Replace tabs, which TeX cannot print, by blanks up to the next stop."""
    column = 0
    for kind, text, mark in pieces:
        while "\t" in text:
            place = text.index("\t")
            text = text.replace("\t", " " * (TAB - (column + place) % TAB), 1)
        column += len(text)
        yield kind, text, mark


def _colour(tint: str) -> str:
    return tint if tint.startswith("#") else f"fptint{tint}"


def _name(colour: str) -> str:
    return "fpcustom" if colour.startswith("#") else colour


def _defined(colour: str) -> str:
    return f"\\definecolor{{fpcustom}}{{HTML}}{{{colour[1:].upper()}}}" if colour.startswith("#") else ""
