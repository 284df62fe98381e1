"""Title: a first `# Heading` that says what the title says is not printed twice; without a title it is the title."""

from __future__ import annotations

from fencepost import tree
from fencepost.tree import Document, Node


def take_title(document: Document) -> list[Node] | None:
    """Remove a first heading of level 1 that repeats the title, or that has to serve as one; give its inlines.

    Returns None where there is no such heading: the title stays as it is.
    """
    blocks = document["blocks"]
    first = next((index for index, block in enumerate(blocks) if block["t"] != "RawBlock"), None)
    if first is None or blocks[first]["t"] != "Header" or blocks[first]["c"][0] != 1:
        return None
    inlines: list[Node] = blocks[first]["c"][2]
    title = document["meta"].get("title")
    if title and _folded(tree.text_of(title["c"] if title["t"] != "MetaString" else [])) != _folded(
        tree.text_of(inlines)
    ):
        return None
    del blocks[first]
    return inlines


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
