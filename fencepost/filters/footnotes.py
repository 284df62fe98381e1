"""Footnotes: GitHub's semantics in every format, one number a note however often it is cited.

Works on the whole document, for a number is given only when every reference before it is known.
Input is the public form of `restore`: a Note where a note is first cited, a Span of class
`footnote-repeat` where it is cited again, a Span of class `footnote-silent` where no marker shows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from fencepost import tree
from fencepost.context import MARKDOWN, Context
from fencepost.labels import labels as words
from fencepost.tree import Document, Node
from fencepost.writers import escape
from fencepost.writers import note as write
from fencepost.writers.note import Note

_CITING = frozenset(["Note", "Span"])
MARKERS = {"docx": "Footnote Reference", "odt": "Footnote_20_anchor"}  # the style of a note's number
THIN = "\u202f"  # a narrow no-break space
# where Typst would set a note twice, or in the outline: the note itself stands near by
_DEFERRING = frozenset(["Header", "Table", "Figure"])
_BODIES = 4  # where a table's bodies stand among its parts
WHOLE = 6  # rows of a table that print keeps on one page
ROOM_FOR_TEXT, ROOM_FOR_OTHERS = "2.6em", "9em"  # what has to stand below a heading on its page


def rewrite(document: Document, context: Context) -> None:
    """Give every footnote what its output needs; in place."""
    if context.options.merge_notes:
        merge_equal(document["blocks"])
    if not tree.find(document["blocks"], frozenset(["Note"])):
        return
    context.used.add("note")
    if context.family in ("html", "epub", "typst"):
        bind_numbers(document["blocks"])
    _FAMILIES[context.family](document, context)


def bind_numbers(blocks: list[Node]) -> None:
    """Make the blanks before and between numbers thin and unbreakable: a number never begins a line."""
    for container, index in tree.find(blocks, _CITING):
        if not index or container[index]["t"] == "Span" and not repeated(container[index]):
            continue
        before = container[index - 1]
        if before["t"] in ("Space", "SoftBreak"):
            container[index - 1] = {"t": "Str", "c": THIN}
        elif before["t"] == "Str" and before["c"].endswith(" "):
            before["c"] = before["c"].rstrip(" ") + THIN


def merge_equal(blocks: list[Node]) -> None:
    """Make repeats of notes that say the same: without the source stage that is all there is to go by."""
    seen: dict[bytes, int] = {}
    for container, index in tree.find(blocks, frozenset(["Note"])):
        said = tree.dump(container[index]["c"])
        if said in seen:
            container[index] = _repeat(seen[said])
        else:
            seen[said] = len(seen) + 1


def _repeat(number: int) -> Node:
    shown = [{"t": "Superscript", "c": [{"t": "Str", "c": str(number)}]}]
    return {"t": "Span", "c": [["", ["footnote-repeat"], [["number", str(number)]]], shown]}


def _has_class(node: Node, name: str) -> bool:
    return node["t"] == "Span" and name in node["c"][0][1]


def repeated(node: Node) -> int:
    """Give the number that a Span repeats, 0 where it repeats none."""
    return int(dict(node["c"][0][2]).get("number", 0)) if _has_class(node, "footnote-repeat") else 0


Citation = tuple[list[Node], int, list[Node], "list[Node] | None"]


def notes_in_order(blocks: list[Node]) -> list[Citation]:
    """List the first references, the body's before notes': (list, place, the note's blocks, the note it stands in)."""
    out: list[Citation] = []
    queue: deque[tuple[list[Node], list[Node] | None]] = deque([(blocks, None)])
    while queue:
        where, outer = queue.popleft()
        for container, index in tree.find(where, frozenset(["Note"]), closed=frozenset(["Note"])):
            body = container[index]["c"]
            out.append((container, index, body, outer))
            queue.append((body, body))
    return out


def _html(document: Document, context: Context) -> None:
    """Put the notes at the end of the page."""
    blocks = document["blocks"]
    headings = _inside(blocks, frozenset(["Header"]))
    previews = bool(context.memo.get("note previews"))

    def marker(node: Node, number: int, identifier: str) -> Node:
        if id(node) in headings:
            return write.linked_reference(number, identifier, epub=False)
        return write.html_reference(number, identifier, preview=previews)

    notes = _collect(blocks, marker)
    level = context.memo.get("notes level", 2)
    blocks += write.html_endnotes(notes, words(context.memo.get("lang", "en")), level, previews=previews)


def _epub(document: Document, context: Context) -> None:
    """Put the notes of each chapter at its end: a chapter is a file, and that is where a reader looks for them."""
    blocks = document["blocks"]
    chapter = {id(body): index for index, body in _first_chapters(blocks)}
    notes = _collect(blocks, lambda _, number, identifier: write.linked_reference(number, identifier, epub=True))
    homes: dict[int, list[Note]] = {}
    for note in notes:
        homes.setdefault(chapter[id(note.blocks)], []).append(note)
    for index in sorted(homes, reverse=True):
        blocks[index:index] = write.epub_asides(homes[index], words(context.memo.get("lang", "en")))


def _first_chapters(blocks: list[Node]) -> list[tuple[int, list[Node]]]:
    """Say for each note at which place of the body the chapter ends that cites it first."""
    starts = [index for index, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    out: list[tuple[int, list[Node]]] = []
    home: dict[int, int] = {}
    for start, end in zip([0, *starts], [*starts, len(blocks)], strict=True):
        home |= {id(body): end for _, _, body, outer in notes_in_order(blocks[start:end]) if outer is None}
    for _, _, body, outer in notes_in_order(blocks):
        home[id(body)] = home[id(outer)] if outer is not None else home[id(body)]
        out.append((home[id(body)], body))
    return out


Marker = Callable[[Node, int, str], Node]


def _collect(blocks: list[Node], marker: Marker) -> list[Note]:
    """Put a marker in the place of every reference and list the notes, each with the ids of its references."""
    spans = _nodes(blocks, frozenset(["Span"]))
    silent = {id(span["c"][1]) for span in spans if _has_class(span, "footnote-silent")}
    notes: list[Note] = []
    for container, index, body, _ in notes_in_order(blocks):
        note = Note(len(notes) + 1, body, [f"fnref-{len(notes) + 1}"])
        notes.append(note)
        is_silent = id(container) in silent
        shown = write.html_anchor if is_silent else partial(marker, container[index], note.number)
        container[index] = shown(note.references[0])
    for container, index in tree.find([blocks, [note.blocks for note in notes]], frozenset(["Span"])):
        number = repeated(container[index])
        if 0 < number <= len(notes):
            references = notes[number - 1].references
            references.append(f"fnref-{number}-{len(references) + 1}")
            container[index] = marker(container[index], number, references[-1])
    return notes


def _nodes(root: Any, types: frozenset[str]) -> list[Node]:
    return [container[index] for container, index in tree.find(root, types)]


def _inside(root: Any, types: frozenset[str]) -> set[int]:
    """Name (by `id`) the citing nodes that stand inside elements of some types."""
    return {id(node) for outer in _nodes(root, types) for node in _nodes(outer["c"], _CITING)}


def _typst(document: Document, _context: Context) -> None:
    """Give every first reference its number, and put what cannot stand in a heading, table or figure near by."""
    blocks = document["blocks"]
    deferred = _inside(blocks, _DEFERRING) - _in_long_tables(blocks)
    silent = {id(node["c"][1]) for node in _nodes(blocks, frozenset(["Span"])) if _has_class(node, "footnote-silent")}
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
    spans = [span for span in _nodes(blocks, frozenset(["Span"])) if _has_class(span, "footnote-named")]
    named = {id(span["c"][1]): dict(span["c"][0][2])["name"] for span in spans}
    numbers = count(1)
    return [
        escape.typst(named[id(container)]) if id(container) in named else str(next(numbers))
        for container, _, _, _ in found
    ]


def _in_long_tables(blocks: list[Node]) -> set[int]:
    """Name (by `id`) the citing nodes in rows that may stand on any page, and stand once: each keeps its note."""
    tables = [table["c"][_BODIES] for table in _nodes(blocks, frozenset(["Table"]))]
    return {id(node) for bodies in tables if len(_rows(bodies)) > WHOLE for node in _nodes(bodies, _CITING)}


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
        spans = _nodes([node], frozenset(["Span"]))
        cited = [dict(span["c"][0][2])["name"] for span in spans if _has_class(span, "footnote-deferred")]
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


def _other(document: Document, context: Context) -> None:
    """Keep pandoc's own notes; one inside another, which its writers would lose, goes to the other's end."""
    blocks = document["blocks"]
    inner: set[int] = set()
    for number, (container, index, body, outer) in enumerate(notes_in_order(blocks), 1):
        if outer is not None:
            inner.add(number)
            container[index] = _repeat(number)
            outer += write_numbered(number, body)
    for container, index in tree.find(blocks, frozenset(["Span"])):
        if number := repeated(container[index]):
            is_unlabelled = number in inner and context.target in MARKDOWN
            target = "plain" if is_unlabelled else context.target
            container[index] = _plain_repeat(number, target, container[index])


def _plain_repeat(number: int, target: str, node: Node) -> Node:
    """Write a repeat where there are no links: Markdown's own reference, LaTeX's own mark, else the raised number."""
    if target in MARKDOWN:
        return write.raw("markdown", f"[^{number}]")
    if target in ("latex", "beamer"):
        return write.raw("latex", f"\\footnotemark[{number}]")
    if target in MARKERS:  # looks and can be restyled as the first one
        return {"t": "Span", "c": [["", [], [["custom-style", MARKERS[target]]]], tree.plain(str(number))]}
    shown: Node = node["c"][1][0]
    return shown


def write_numbered(number: int, body: list[Node]) -> list[Node]:
    """Write a note as paragraphs that begin with its raised number."""
    mark = {"t": "Superscript", "c": [{"t": "Str", "c": str(number)}]}
    if body and body[0]["t"] in ("Para", "Plain"):
        return [{"t": "Para", "c": [mark, {"t": "Str", "c": "\u00a0"}, *body[0]["c"]]}, *body[1:]]
    return [{"t": "Para", "c": [mark]}, *body]


_FAMILIES = {
    "html": _html,
    "epub": _epub,
    "typst": _typst,
    "latex": _other,
    "docx": _other,
    "odt": _other,
    "plain": _other,
}
