"""Permalinks: a heading of a web page links to itself, so that its address can be copied and shared.

The link holds the heading's own words, which name it; the sign beside them is the style sheet's. A heading that holds a
link or a note already, for links do not nest, gets an empty one behind its words.
"""

from __future__ import annotations

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_HEADER = frozenset(["Header"])
_LINKING = frozenset(["Link", "Note", "RawInline"])


def rewrite(document: Document, _context: Context) -> None:
    """Make each heading with an id a link to itself; in place."""
    for container, index in tree.find(document["blocks"], _HEADER):
        heading = container[index]
        _, attr, words = heading["c"]
        if attr[0] and words:
            heading["c"][2] = _linked(words, f"#{attr[0]}")


def _is_note(word: Node) -> bool:
    return word["t"] == "Note" or word["t"] == "Span" and "footnote-ref" in word["c"][0][1]


def _linked(words: list[Node], target: str) -> list[Node]:
    if tree.find(words, _LINKING):
        named = [["aria-label", tree.text_of([word for word in words if not _is_note(word)]).strip()]]
        return [*words, {"t": "Link", "c": [["", ["heading-link"], named], [], [target, ""]]}]
    return [{"t": "Link", "c": [["", ["heading-link"], []], words, [target, ""]]}]
