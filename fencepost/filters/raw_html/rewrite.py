"""Raw HTML where the output is none: `<kbd>`, `<details>`, `<table>` and their like become what pandoc can write.

Written for print and word processors; HTML and EPUB keep the author's own. What has no counterpart keeps its words, and
is said once.
"""

from __future__ import annotations

from typing import Any

from fencepost.filters.context import Context
from fencepost.filters.raw_html import blocks, inlines
from fencepost.pandoc import html_tree, tree
from fencepost.pandoc.html_tree import LEFT_OUT, Element, is_html
from fencepost.pandoc.tree import Document, Node

_RAW = frozenset(["RawInline", "RawBlock"])
_HELP = "write it in Markdown, or leave it where only the web needs it"
# what changes nothing for a reader: its loss needs no word
QUIET = frozenset([
    "a", "article", "section", "main", "header", "footer", "nav", "aside", "address", "font", "span", "wbr", "body",
    "html", "tbody", "thead", "tfoot", "tr", "td", "th", "colgroup", "col", "caption", "li", "dt", "dd", "summary",
    "figcaption", "source", "track", "bdi", "time", "data", "hgroup", "search", "link", "meta", "base", "title", "head",
    "legend",
])  # fmt: skip


def rewrite(document: Document, context: Context) -> None:
    """Carry raw HTML to a target that is none; in place."""
    if context.family in ("html", "epub"):
        return
    lists: dict[int, list[Any]] = {}
    for container, index in tree.find([document["blocks"]], _RAW):
        if is_html(container[index]):
            lists[id(container)] = container
    for container in reversed(lists.values()):  # inner lists first: they travel inside the outer ones
        root, strays = html_tree.build(container)
        _report(root, strays, context)
        container[:] = _converted(container, root, context.family)


def _converted(container: list[Node], root: Element, family: str) -> list[Node]:
    if any(node["t"] == "RawBlock" for node in container):
        return blocks.blocks(root, family)
    inner = inlines.inlines(root.children, family)
    is_image = len(inner) == 1 and inner[0]["t"] == "Image"  # alone it would get a caption that the web does not show
    return [*inner, {"t": "Str", "c": ""}] if is_image else inner


def _report(root: Element, strays: list[str], context: Context) -> None:
    """Say once of each element that it is not carried, and where it stands first."""
    for tag in [*_tags(root), *strays]:
        if tag in QUIET or tag in inlines.KNOWN or tag in blocks.KNOWN or not context.is_first("raw", tag):
            continue
        what = "leaves out" if tag in LEFT_OUT else "keeps only the words of"
        line, column = context.place_of_tag(f"<{tag.lower()}")
        context.report("warning", "raw-html", f"print {what} <{tag}>", line=line, column=column, help=_HELP)


def _tags(root: Element) -> list[str]:
    """List the names of elements in the order of the text, without those inside what is left out whole."""
    found, stack = [], [root]
    while stack:
        element = stack.pop()
        found.append(element.tag)
        if element.tag not in LEFT_OUT:
            stack += reversed([child for child in element.children if isinstance(child, Element)])
    return found[1:]
