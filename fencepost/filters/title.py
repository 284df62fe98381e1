"""Title: a first `# Heading` that says what the title says is not printed twice; without a title it is the title."""

from __future__ import annotations

import re

from fencepost import tree
from fencepost.tree import Document, Node

_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)[^>]*>\Z")


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


def in_words(inlines: list[Node]) -> list[Node]:
    """Keep of a title what a line of words can hold, in place: `Why <Suspense>` is no element.

    Tags of words that are opened and closed (`<kbd>Esc</kbd>`) stay, other tags are shown as they are written; a
    picture is its description, a line's end a blank.
    """
    found = tree.find(inlines, _NO_WORDS)
    kept = _closed([container[index]["c"][1] for container, index in found if container[index]["t"] == "RawInline"])
    number = len(kept)
    for container, index in reversed(found):
        node = container[index]
        if node["t"] == "RawInline":
            number -= 1
            if not kept[number]:
                container[index] = {"t": "Space"} if _is_break(node) else {"t": "Str", "c": node["c"][1]}
        else:
            tree.replace(container, index, node["c"][1] if node["t"] == "Image" else {"t": "Space"})
    return inlines


_NO_WORDS = frozenset(["RawInline", "Image", "LineBreak"])


def _is_break(node: Node) -> bool:
    found = _TAG.match(node["c"][1])
    return bool(found) and found[2].lower() == "br"  # type: ignore[index]


def _closed(tags: list[str]) -> list[bool]:
    """Say for each tag whether it is of words and has its other half; comments are left to whoever writes them."""
    if not tags:
        return []
    from fencepost.filters.rawinlines import LITERAL, OWN, WRAPPED

    kept = [text.startswith("<!--") for text in tags]
    opened: list[tuple[str, int]] = []
    for at, text in enumerate(tags):
        found = _TAG.match(text)
        name = found[2].lower() if found else ""
        if not found or name not in LITERAL | OWN | WRAPPED.keys():
            continue
        if not found[1]:
            opened.append((name, at))
        elif name in (names := [before for before, _ in opened]):
            place = len(names) - 1 - names[::-1].index(name)
            kept[at] = kept[opened[place][1]] = True
            del opened[place:]
    return kept


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
