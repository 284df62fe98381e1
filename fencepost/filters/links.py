"""Links in print: `[words](https://example.org)` also shows where it leads, at the foot of the page or in a list.

Each address is printed once and has one mark: a letter for a note at the foot, so that nobody takes it for one of the
post's own notes, a number in brackets for the list at the end. They count as one reads, a note where it is cited.
"""

from __future__ import annotations

import re

from fencepost.filters.context import CHAPTER, Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.system.urls import joined
from fencepost.writers import escape
from fencepost.writers.note import raw

_PREFIX = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?", re.IGNORECASE)


def rewrite(document: Document, context: Context) -> None:
    """Print the addresses of links as `links:` says; in place."""
    address = context.canonical
    style, site = context.options.links, context.options.base_url or address
    if style == "inline":
        return
    marks: dict[str, int] = {}
    for container, index in tree.find(document["blocks"], frozenset(["Link"])):
        link = container[index]
        target = link["c"][2][0]
        shown = _printable(target, site if target.startswith("/") else address or site)
        if not shown or _bare(tree.text_of(link["c"][1])) == _bare(shown):
            continue
        is_new = shown not in marks
        number = marks.setdefault(shown, len(marks) + 1)
        marker = _note(number, shown, is_new) if style == "footnotes" else raw("typst", f"#fp-linkref({number});")
        container[index] = {"t": "Span", "c": [["", [], []], [link, marker]]}
    if style == "references" and marks:
        document["blocks"] += _list(marks, document, context)


def _printable(target: str, base: str) -> str:
    """Give the address as it is printed; empty for one that leads to no other page."""
    if not target or target.startswith(("#", CHAPTER)):
        return ""
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return target.removeprefix("mailto:")
    return joined(base, target) if base else target


def _bare(text: str) -> str:
    return _PREFIX.sub("", text.strip()).rstrip("/")


def letters(number: int) -> str:
    """Count by letters.

    >>> [letters(number) for number in (1, 26, 27, 53)]
    ['a', 'z', 'aa', 'ba']
    """
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def _link(address: str) -> Node:
    target = address if ":" in address or "@" not in address else f"mailto:{address}"
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": address}], [target, ""]]}


def _note(number: int, address: str, is_new: bool) -> Node:
    """Make a note that holds the address, named by a letter; only the letter where the note is there already."""
    name = letters(number)
    if not is_new:
        return raw("typst", f"#fp-noteref({escape.typst(name)});")
    body = [{"t": "Para", "c": [_link(address)]}]
    return {"t": "Span", "c": [["", ["footnote-named"], [["name", name]]], [{"t": "Note", "c": body}]]}


def _list(marks: dict[str, int], document: Document, context: Context) -> list[Node]:
    """Make the list at the end, under a heading as high as the post's own."""
    levels = [block["c"][0] for block in document["blocks"] if block["t"] == "Header"]
    level = context.notes_level or min(levels, default=2)  # in a book, below the chapter's title
    title = tree.plain(context.words["links"])
    out: list[Node] = [{"t": "Header", "c": [level, ["", ["unnumbered"], []], title]}]
    for address, number in marks.items():
        entry = [raw("typst", f"#fp-reference({number})["), _link(address), raw("typst", "]")]
        out.append({"t": "Para", "c": entry})
    return out
