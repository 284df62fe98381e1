"""What a book adds to its posts, in each kind of output: bylines, the imprint, the index, the number of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fencepost.pandoc.tree import Node, plain
from fencepost.writers import escape
from fencepost.writers.note import raw, raw_block


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands under a chapter's title. `facts` are author, date and the like; `lang` and `dir` the chapter's."""

    subtitle: str
    lede: str
    facts: tuple[str, ...]
    lang: str
    dir: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the imprint: what it is about (or nothing), what it says, where that leads."""

    label: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the index: a tag, and its chapters as (id, title)."""

    tag: str
    chapters: tuple[tuple[str, str], ...]


def heading(level: int, identifier: str, kind: str, inlines: list[Node], lang: str = "", *, epub: bool) -> Node:
    """Make the heading of a chapter, a part or a page of the book's own; `kind` is EPUB's word for it.

    pandoc moves `epub:type` to the section that it makes of what follows.
    """
    attributes = [["epub:type", kind]] if epub else []
    attributes += [["lang", lang], ["xml:lang", lang]] if lang and epub else []
    return {"t": "Header", "c": [level, [identifier, [f"book-{kind}"], attributes], inlines]}


def _html_opening(opening: Opening, between: str = " ") -> list[Node]:
    """Write subtitle, lede and byline; on the web, the style sheet puts dots between the facts."""
    rows = (("post-subtitle", opening.subtitle), ("post-lede", opening.lede))
    lines = [f'<p class="{name}">{escape.html(text)}</p>' for name, text in rows if text]
    if opening.facts:
        facts = f"</span>{between}<span>".join(map(escape.html, opening.facts))
        lines.append(f'<p class="post-byline"><span>{facts}</span></p>')
    return [raw_block("html", f'<div class="chapter-front">{"".join(lines)}</div>')] if lines else []


def _typst_opening(opening: Opening) -> list[Node]:
    base, _, region = opening.lang.partition("-")
    place = f'"{region.upper()}"' if len(region) == 2 and region.isalpha() else "none"
    facts = "".join(f"{escape.typst(fact)}, " for fact in opening.facts)
    call = f"#fp-opening(subtitle: {escape.typst(opening.subtitle)}, lede: {escape.typst(opening.lede)}, ({facts}))"
    way = f", dir: {opening.dir}" if opening.dir else ", dir: auto"
    return [raw_block("typst", f"#set text(lang: {escape.typst(base.lower())}, region: {place}{way})\n{call}")]


END_OF_NOTED = raw_block("typst", "])")  # what stands behind a heading with notes


def typst_notes(chapter: str) -> Node:
    """Let the notes that follow be those of a chapter: their numbers begin anew, their labels are its own."""
    names = "fp-anchor, fp-note, fp-notebodies, fp-noted, fp-noteref, fp-linkref, fp-reference"
    return raw_block("typst", f"#let ({names}) = fp-chapter-notes({escape.typst(chapter + '.')})")


def _html_imprint(lines: list[Line]) -> list[Node]:
    return [{"t": "Para", "c": _imprint_line(line)} for line in lines]


def _imprint_line(line: Line) -> list[Node]:
    said = plain(line.text)
    if line.address:
        said = [{"t": "Link", "c": [["", [], []], said, [line.address, ""]]}]
    return [*plain(f"{line.label}:"), {"t": "Space"}, *said] if line.label else said


def _html_index(entries: list[Entry]) -> list[Node]:
    def item(entry: Entry) -> list[Node]:
        links: list[Node] = []
        for identifier, title in entry.chapters:
            links += plain(",") + [{"t": "Space"}] if links else []
            links.append({"t": "Link", "c": [["", [], []], plain(title), [f"#{identifier}", ""]]})
        tag = {"t": "Strong", "c": plain(entry.tag)}
        return [{"t": "Plain", "c": [tag, {"t": "Str", "c": ":"}, {"t": "Space"}, *links]}]

    return [
        {"t": "Div", "c": [["", ["book-index"], []], [{"t": "BulletList", "c": [item(entry) for entry in entries]}]]}
    ]


def _typst_index(entries: list[Entry]) -> list[Node]:
    def row(entry: Entry) -> str:
        labels = "".join(f"label({escape.typst(identifier)}), " for identifier, _ in entry.chapters)
        return f"({escape.typst(entry.tag)}, ({labels})), "

    return [raw_block("typst", f"#fp-index(({''.join(map(row, entries))}))")]


def typst_imprint(lines: list[Line]) -> str:
    """Write the lines of the imprint as a Typst array: (label, text, address)."""
    texts = ((line.label, line.text, line.address) for line in lines)
    return "(" + "".join("(" + "".join(f"{escape.typst(text)}, " for text in row) + "), " for row in texts) + ")"


def page_reference(identifier: str, inlines: list[Node]) -> list[Node]:
    """Write a link to another chapter as print has it: the words, and the page in brackets."""
    return [raw("typst", f"#fp-page-link(label({escape.typst(identifier)}))["), *inlines, raw("typst", "];")]


OPENINGS: dict[str, Callable[[Opening], list[Node]]] = {
    "html": _html_opening,
    "epub": partial(_html_opening, between=" · "),
    "typst": _typst_opening,
}
IMPRINTS: dict[str, Callable[[list[Line]], list[Node]]] = {"html": _html_imprint, "epub": _html_imprint}
INDEXES: dict[str, Callable[[list[Entry]], list[Node]]] = {
    "html": _html_index,
    "epub": _html_index,
    "typst": _typst_index,
}
