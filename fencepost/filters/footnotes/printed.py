"""Footnotes in print: each at the foot of the page of its number, as far as Typst lets them."""

from __future__ import annotations

from itertools import count
from typing import Any

from fencepost.filters.context import Context
from fencepost.filters.footnotes.citations import CITING, Citation, has_class, inside, nodes, notes_in_order, repeated
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import escape
from fencepost.writers import note as write

# where Typst would set a note twice, or in the outline: the note itself stands near by
_DEFERRING = frozenset(["Header", "Table", "Figure"])
_BODIES = 4  # where a table's bodies stand among its parts
WHOLE = 6  # rows of a table that print keeps on one page
ROOM_FOR_TEXT, ROOM_FOR_OTHERS = "2.6em", "9em"  # what has to stand below a heading on its page


def print_notes(document: Document, _context: Context) -> None:
    """Give every first reference its number, and put what cannot stand in a heading, table or figure near by."""
    blocks = document["blocks"]
    deferred = inside(blocks, _DEFERRING) - _in_long_tables(blocks)
    silent = {id(node["c"][1]) for node in nodes(blocks, frozenset(["Span"])) if has_class(node, "footnote-silent")}
    waiting: dict[str, list[Node]] = {}
    found = notes_in_order(blocks)
    names = _names(blocks, found)
    for (container, index, body, _), name in zip(reversed(found), reversed(names), strict=True):
        node = container[index]  # inner notes first: an outer one is copied when it is written
        if id(node) in deferred or id(container) in silent:
            shown = [] if id(container) in silent else [write.raw("typst", f"#fp-noteref({name});")]
            container[index] = {"t": "Span", "c": [["", ["footnote-deferred"], [["name", name]]], shown]}
            waiting[name] = body
        else:
            container[index] = _typst_note(name, body)
    roots = [blocks, list(waiting.values())]
    for container, index in tree.find(roots, frozenset(["Span"])):
        if number := repeated(container[index]):
            container[index] = write.raw("typst", f"#fp-noteref({number});")
    _place_deferred(roots, waiting)


def _names(blocks: list[Node], found: list[Citation]) -> list[str]:
    """Say what each note is called in Typst: its number, or the letters of one that has a name, in quotes."""
    spans = [span for span in nodes(blocks, frozenset(["Span"])) if has_class(span, "footnote-named")]
    named = {id(span["c"][1]): dict(span["c"][0][2])["name"] for span in spans}
    numbers = count(1)
    return [
        escape.typst(named[id(container)]) if id(container) in named else str(next(numbers))
        for container, _, _, _ in found
    ]


def _in_long_tables(blocks: list[Node]) -> set[int]:
    """Name (by `id`) the citing nodes in rows that may stand on any page, and stand once: each keeps its note."""
    tables = [table["c"][_BODIES] for table in nodes(blocks, frozenset(["Table"]))]
    return {id(node) for bodies in tables if len(_rows(bodies)) > WHOLE for node in nodes(bodies, CITING)}


def _rows(bodies: list[Any]) -> list[Any]:
    return [row for _, _, between, rows in bodies for row in [*between, *rows]]


def _typst_note(name: str, body: list[Node]) -> Node:
    """Let pandoc write the note, for its body may hold blocks, and put number and anchor around it."""
    anchor = write.raw("typst", f"#fp-anchor({name});")
    blocks = write.with_start(body, anchor)
    start, end = write.raw("typst", f"#fp-citing({name})["), write.raw("typst", "];")
    return {"t": "Span", "c": [["", [], []], [start, {"t": "Note", "c": blocks}, end]]}


def _place_deferred(roots: Any, waiting: dict[str, list[Node]]) -> None:
    """Put the bodies where the page of their references is theirs too.

    Those of a heading go around it, those of a table into its first row below the head, all others behind the
    outermost block that cites them.
    """
    homes = tree.find(roots, _DEFERRING | {"Para", "Plain"}, closed=_DEFERRING | {"Para", "Plain"})
    for container, index in reversed(homes):
        node = container[index]
        spans = nodes([node], frozenset(["Span"]))
        cited = [dict(span["c"][0][2])["name"] for span in spans if has_class(span, "footnote-deferred")]
        names = [name for name in cited if name in waiting]
        if not names:
            continue
        if node["t"] == "Header":
            room = ROOM_FOR_TEXT if _is_text(container[index + 1 : index + 2]) else ROOM_FOR_OTHERS
            start = f"#fp-noted({node['c'][0]}, {room}, "
            noted = _bodies(start, names, waiting, "[")
            container[index : index + 1] = [*noted, node, write.raw_block("typst", "])")]
        elif node["t"] == "Table" and (row := next(iter(_rows(node["c"][_BODIES])), None)) and row[1]:
            row[1][0][-1][:0] = _bodies("#fp-notebodies(", names, waiting, ")")
        else:
            container[index + 1 : index + 1] = _bodies("#fp-notebodies(", names, waiting, ")")


def _is_text(blocks: list[Node]) -> bool:
    return bool(blocks) and blocks[0]["t"] in ("Para", "Plain", "BulletList", "OrderedList")


def _bodies(start: str, names: list[str], waiting: dict[str, list[Node]], end: str) -> list[Node]:
    """Write several notes as one footnote of Typst: it asks only for the first whether its page has room."""
    out = [write.raw_block("typst", start)]
    for name in names:
        out += [write.raw_block("typst", f"({name}, ["), *waiting[name], write.raw_block("typst", "]),")]
    return [*out, write.raw_block("typst", end)]
