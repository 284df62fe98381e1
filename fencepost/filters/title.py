"""Title: a first `# Heading` that says what the title says is not printed twice; without a title it is the title.

It is a line of words: no pictures, no tags but those of words.
"""

from __future__ import annotations

import re

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)[^>]*>\Z")
_PICTURES = frozenset(["Image", "RawInline"])
_PICTURE = re.compile(r"</?(?:img|picture|source|image|input|video|audio|object|embed|iframe)\b", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def rewrite(document: Document, context: Context) -> None:
    """Find the post's title, and take it out of the tree and its metadata: front matter's, else the first heading's."""
    taken = take_title(document)
    said = _inlines(document["meta"].pop("title", None))
    inlines = without_pictures(said or taken or [], context)
    context.title = in_words(inlines) if said else inlines


def _inlines(value: Node | None) -> list[Node] | None:
    """Take the words of metadata; a title over several lines (`title: |`) is a paragraph to pandoc."""
    if value and value["t"] == "MetaBlocks" and len(value["c"]) == 1 and value["c"][0]["t"] in ("Para", "Plain"):
        value = {**value["c"][0], "t": "MetaInlines"}
    return value["c"] if value and value["t"] == "MetaInlines" else None


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
    line's end is a blank.
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
            container[index] = {"t": "Space"}
    return inlines


_NO_WORDS = frozenset(["RawInline", "LineBreak"])


def _is_break(node: Node) -> bool:
    found = _TAG.match(node["c"][1])
    return bool(found) and found[2].lower() == "br"  # type: ignore[index]


def _closed(tags: list[str]) -> list[bool]:
    """Say for each tag whether it is of words and has its other half; comments are left to whoever writes them."""
    if not tags:
        return []
    from fencepost.filters.raw_html.inlines import LITERAL, OWN, WRAPPED

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


def without_pictures(inlines: list[Node], context: Context) -> list[Node]:
    """Put in the place of a title's pictures what describes them: a title stands in metadata and running heads too.

    Where pandoc met them it would read any file that they name.
    """
    for container, index in reversed(tree.find(inlines, _PICTURES)):
        node = container[index]
        words = _words_of(node)
        if words is None:
            continue
        tree.replace(container, index, words)
        problem, help = "a title has no pictures; what describes it stands there", "show it below the title"
        sought = node["c"][2][0] if node["t"] == "Image" else "<img"
        context.report_at(node["t"], sought, "warning", "title-picture", problem, help=help)
    return inlines


def _words_of(node: Node) -> list[Node] | None:
    """Give the words of a picture, of Markdown or HTML; None for what is no picture."""
    if node["t"] == "Image":
        inner: list[Node] = node["c"][1]
        return inner
    if not _PICTURE.search(node["c"][1]):
        return None
    from html import unescape

    alt = _ALT.search(node["c"][1])
    return tree.plain(unescape(next(filter(None, alt.groups()), ""))) if alt else []


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
