"""Formulas in print: each says what it is in the words of its author, for those who listen to a page.

PDF/UA asks for it, and a document with one silent formula is no PDF/UA at all. A leaf filter in
pandocfilters' shape; the formula itself is pandoc's to write, and where Typst cannot set what it wrote, TeX is printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fencepost.filters.context import Context
from fencepost.pandoc.tree import Node
from fencepost.writers import escape

LEAVES = ("Math",)
_WRITTEN = re.compile(rb'#\[#set math\.equation\(alt: ("(?:[^"\\]|\\.)*")\);(\$.*?\$)\];', re.DOTALL)
_BARS = b'delim: "||"'  # pandoc 3.9 writes both `vmatrix` and `Vmatrix` so, and Typst 0.15 takes one sign


class Formula(NamedTuple):
    """A formula as its author wrote it, in TeX, and as pandoc did for Typst."""

    tex: str
    typst: str


def action(key: str, value: Any, _format: str, meta: dict[str, Any]) -> list[Node] | None:
    """Put the TeX that was written around a formula as its alternative text; alone, where Typst has refused it.

    `meta["context"]` knows the TeX of those, and is told of them.
    """
    if key != "Math":
        return None
    tex = " ".join(value[1].split())
    context: Context = meta["context"]
    if tex in context.refused_formulas:
        problem, help = "Typst cannot set this formula: its TeX is printed", "write it in another way"
        context.report_at("Math", value[1], "warning", "formula", problem, help=help)
        return [{"t": "Code", "c": [["", [], []], tex]}]
    return [
        {"t": "RawInline", "c": ["typst", f"#[#set math.equation(alt: {escape.typst(tex)});"]},
        {"t": key, "c": value},
        {"t": "RawInline", "c": ["typst", "];"]},
    ]


def mended(answer: bytes) -> bytes:
    """Mend the bars of determinants in what pandoc wrote."""
    if _BARS not in answer:
        return answer

    def bars(found: re.Match[bytes]) -> bytes:
        return found[0].replace(_BARS, 'delim: "‖"'.encode() if b"Vmatrix" in found[1] else b'delim: "|"')

    return _WRITTEN.sub(bars, answer)


def refused(answer: bytes, sets: Callable[[str], bool]) -> frozenset[str]:
    """Name the formulas, by their TeX, that cannot be set alone; `sets` tries some Typst."""
    found = [Formula(json.loads(match[1]), match[2].decode()) for match in _WRITTEN.finditer(answer)]
    return frozenset(formula.tex for formula in _refused(found, sets))


def _refused(formulas: Sequence[Formula], sets: Callable[[str], bool]) -> Sequence[Formula]:
    if not formulas or sets("\n\n".join(formula.typst for formula in formulas)):
        return []
    if len(formulas) == 1:
        return formulas
    half = len(formulas) // 2
    return [*_refused(formulas[:half], sets), *_refused(formulas[half:], sets)]
