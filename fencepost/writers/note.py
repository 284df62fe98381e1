"""What a footnote is in each kind of output: the marker, the marker's repeat, the note with its ways back."""

from __future__ import annotations

from dataclasses import dataclass, field

from fencepost.pandoc.tree import Node
from fencepost.writers import escape


@dataclass(slots=True)
class Note:
    """A cited note: its number, its blocks, the ids of the references to it in the order of the text."""

    number: int
    blocks: list[Node]
    references: list[str] = field(default_factory=list)


def raw(language: str, text: str) -> Node:
    """Make an inline of one language."""
    return {"t": "RawInline", "c": [language, text]}


def raw_block(language: str, text: str) -> Node:
    """Make a block of one language."""
    return {"t": "RawBlock", "c": [language, text]}


def html_reference(number: int, identifier: str, *, preview: bool = False) -> Node:
    """Write the raised number that leads to the note.

    With `preview`, a pointer shows the note in its place. That button lies over the link, and those who read by
    keyboard or by ear do not meet it: they have the link, and the way back.
    """
    link = f'<a href="#fn-{number}" id="{identifier}" role="doc-noteref">{number}</a>'
    if preview:
        link += f'<button type="button" popovertarget="fn-{number}" tabindex="-1" aria-hidden="true"></button>'
    return raw("html", f'<sup class="footnote-ref">{link}</sup>')


def linked_reference(number: int, identifier: str, *, epub: bool) -> Node:
    """Write the number as pandoc's own elements.

    In a heading pandoc takes links out of contents and outline; in an EPUB it leads them across the chapters' files.
    """
    kind = [["epub:type", "noteref"]] if epub else []
    link = _link(identifier, [["role", "doc-noteref"], *kind], [{"t": "Str", "c": str(number)}], f"#fn-{number}")
    return {"t": "Span", "c": [["", ["footnote-ref"], []], [{"t": "Superscript", "c": [link]}]]}


def _link(identifier: str, attributes: list[list[str]], content: list[Node], target: str, name: str = "") -> Node:
    return {"t": "Link", "c": [[identifier, [name] if name else [], attributes], content, [target, ""]]}


def html_anchor(identifier: str) -> Node:
    """Write the place that a way back leads to where no marker shows."""
    return raw("html", f'<span id="{identifier}"></span>')


def ways_back(note: Note, label: str) -> list[Node]:
    """Write a link back to each reference."""
    out: list[Node] = []
    for count, identifier in enumerate(note.references, 1):
        spoken = f"{label} {note.number}" + (f"-{count}" if count > 1 else "")
        sign: list[Node] = [{"t": "Str", "c": "↩\ufe0e"}]
        if count > 1:
            sign.append({"t": "Superscript", "c": [{"t": "Str", "c": str(count)}]})
        attributes = [["role", "doc-backlink"], ["aria-label", spoken]]
        out += [{"t": "Str", "c": "\u00a0"}, _link("", attributes, sign, f"#{identifier}", "footnote-back")]
    return out


def with_end(blocks: list[Node], inlines: list[Node]) -> list[Node]:
    """Put inlines at the end of the last paragraph, or in one of their own behind a list, a table or code."""
    if blocks and blocks[-1]["t"] in ("Para", "Plain"):
        return [*blocks[:-1], {**blocks[-1], "c": [*blocks[-1]["c"], *inlines]}]
    return [*blocks, {"t": "Para", "c": inlines}]


def html_endnotes(notes: list[Note], labels: dict[str, str], level: int = 2, *, previews: bool = False) -> list[Node]:
    """Write the notes as a list at the end of the page, or of a chapter; `level` is their heading's.

    With `previews`, an item is a popover too, which our style sheet leaves in its list until it is opened.
    """
    kind = " popover" if previews else ""
    title = escape.html(labels["footnotes"])
    head = (
        '<section class="footnotes" role="doc-endnotes" aria-labelledby="footnotes-label">'
        f'<h{level} id="footnotes-label" class="visually-hidden">{title}</h{level}>\n<ol>'
    )
    out = [raw_block("html", head)]
    for note in notes:
        body = with_end(note.blocks, ways_back(note, labels["back"]))
        out += [raw_block("html", f'<li id="fn-{note.number}"{kind}>'), *body, raw_block("html", "</li>")]
    return [*out, raw_block("html", "</ol>\n</section>")]


def epub_asides(notes: list[Note], labels: dict[str, str]) -> list[Node]:
    """Write the notes as asides: they pop up where the reader can, and read as numbered notes where it cannot."""
    title = escape.html(labels["footnotes"])
    out = [
        raw_block("html", f'<section class="footnotes" epub:type="footnotes" role="doc-endnotes" aria-label="{title}">')
    ]
    for note in notes:
        number = [{"t": "Str", "c": f"{note.number}."}]
        first = _link("", [["role", "doc-backlink"]], number, f"#{note.references[0]}", "footnote-number")
        body = with_end(with_start(note.blocks, first, {"t": "Str", "c": "\u00a0"}), ways_back(note, labels["back"]))
        head = f'<aside id="fn-{note.number}" epub:type="footnote" role="doc-footnote">'
        out += [raw_block("html", head), *body, raw_block("html", "</aside>")]
    return [*out, raw_block("html", "</section>")]


def with_start(blocks: list[Node], *inlines: Node) -> list[Node]:
    """Put inlines at the start of the first paragraph, or in one of their own before a list, a table or code."""
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        return [{**blocks[0], "c": [*inlines, *blocks[0]["c"]]}, *blocks[1:]]
    return [{"t": "Para", "c": [*inlines]}, *blocks]
