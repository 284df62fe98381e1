"""Footnotes: GitHub's semantics in every format, one number a note however often it is cited.

Works on the whole document, for a number is given only when every reference before it is known.
Input is the public form of `restore`: a Note where a note is first cited, a Span of class
`footnote-repeat` where it is cited again, a Span of class `footnote-silent` where no marker shows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fencepost.filters.context import MARKDOWN, Context
from fencepost.filters.footnotes.citations import CITING, has_class, inside, nodes, notes_in_order, repeated
from fencepost.filters.footnotes.printed import print_notes
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import note as write
from fencepost.writers.note import Note

MARKERS = {"docx": "Footnote Reference", "odt": "Footnote_20_anchor"}  # the style of a note's number
THIN = "\u202f"  # a narrow no-break space


def rewrite(document: Document, context: Context) -> None:
    """Give every footnote what its output needs; in place."""
    if context.options.merge_notes:
        merge_equal(document["blocks"])
    citing = tree.find(document["blocks"], CITING)
    if all(container[index]["t"] == "Span" for container, index in citing):
        return
    context.used.add("note")
    if context.family in ("html", "epub", "typst"):
        bind_numbers(citing)
    _FAMILIES["plain" if context.notes_are_pandocs else context.family](document, context)


def are_ordinary(blocks: list[Node]) -> bool:
    """Say whether all notes are such as pandoc itself reads: cited once, where a number shows, in no other note."""
    spans = nodes(blocks, frozenset(["Span"]))
    if any(repeated(span) or has_class(span, "footnote-silent") for span in spans):
        return False
    return all(outer is None for _, _, _, outer in notes_in_order(blocks))


def bind_numbers(citing: list[tree.Place]) -> None:
    """Make the blanks before and between numbers thin and unbreakable: a number never begins a line."""
    for container, index in citing:
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


def _html(document: Document, context: Context) -> None:
    """Put the notes at the end of the page."""
    blocks = document["blocks"]
    headings = inside(blocks, frozenset(["Header"]))
    previews = context.note_previews

    def marker(node: Node, number: int, identifier: str) -> Node:
        if id(node) in headings:
            return write.linked_reference(number, identifier, epub=False)
        return write.html_reference(number, identifier, preview=previews)

    notes = _collect(blocks, marker)
    level = context.notes_level or 2
    labels = context.words
    if chapter := context.notes_of:  # a page of many chapters has many lists, which go by other names
        labels = {**labels, "footnotes": f"{labels['footnotes']}: {chapter}"}
    blocks += write.html_endnotes(notes, labels, level, previews=previews)


def _epub(document: Document, context: Context) -> None:
    """Put the notes of each chapter at its end: a chapter is a file, and that is where a reader looks for them."""
    blocks = document["blocks"]
    chapter = {id(body): index for index, body in _first_chapters(blocks)}
    notes = _collect(blocks, lambda _, number, identifier: write.linked_reference(number, identifier, epub=True))
    homes: dict[int, list[Note]] = {}
    for note in notes:
        homes.setdefault(chapter[id(note.blocks)], []).append(note)
    for index in sorted(homes, reverse=True):
        blocks[index:index] = write.epub_asides(homes[index], context.words)


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
    spans = nodes(blocks, frozenset(["Span"]))
    silent = {id(span["c"][1]) for span in spans if has_class(span, "footnote-silent")}
    repeats = any(map(repeated, spans))
    notes: list[Note] = []
    for container, index, body, _ in notes_in_order(blocks):
        note = Note(len(notes) + 1, body, [f"fnref-{len(notes) + 1}"])
        notes.append(note)
        is_silent = id(container) in silent
        shown = write.html_anchor if is_silent else partial(marker, container[index], note.number)
        container[index] = shown(note.references[0])
    roots = [blocks, [note.blocks for note in notes]]
    for container, index in tree.find(roots, frozenset(["Span"])) if repeats else ():
        number = repeated(container[index])
        if 0 < number <= len(notes):
            references = notes[number - 1].references
            references.append(f"fnref-{number}-{len(references) + 1}")
            container[index] = marker(container[index], number, references[-1])
    return notes


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
    "typst": print_notes,
    "latex": _other,
    "docx": _other,
    "odt": _other,
    "plain": _other,
}
