"""Ids that pandoc's writers for paper drop, carried by what they keep: an author writes `` `x`{#id} `` and links to it.

Pandoc 3.9 keeps the id of no inline code but in HTML; of links in HTML and LaTeX alone; in OpenDocument it keeps those
of headings and spans alone; in Typst it drops those of code blocks.
"""

from __future__ import annotations

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers.figure import without_id

DROPPED = {
    # family   elements whose id is dropped
    "typst":   frozenset(["Code", "Link", "CodeBlock"]),
    "latex":   frozenset(["Code"]),
    "docx":    frozenset(["Code", "Link"]),
    "odt":     frozenset(["Code", "Link", "CodeBlock", "Div", "Figure", "Table"]),
}  # fmt: skip
_WORDS = frozenset(["Para", "Plain", "Header"])


def rewrite(document: Document, context: Context) -> None:
    """Carry the ids that links of the document lead to; in place."""
    links = tree.find(document["blocks"], frozenset(["Link"]))
    targets = {container[index]["c"][2][0] for container, index in links}
    wanted = {target[1:] for target in targets if target.startswith("#")}
    if not wanted:
        return
    for container, index in reversed(tree.find(document["blocks"], DROPPED[context.family])):
        node = container[index]
        if node["c"][0][0] in wanted:
            _carry(container, index, node, context.family)


def _carry(container: list[Node], index: int, node: Node, family: str) -> None:
    """Put an id into a span around or inside of its element, or in a division around it."""
    identifier = node["c"][0][0]
    if node["t"] in ("Code", "Link"):
        container[index] = {"t": "Span", "c": [[identifier, [], []], [without_id(node)]]}
    elif family == "typst":
        container[index] = {"t": "Div", "c": [[identifier, [], []], [without_id(node)]]}
    elif places := tree.find(node["c"], _WORDS):
        members, at = places[0]
        inlines = members[at]["c"][2] if members[at]["t"] == "Header" else members[at]["c"]
        inlines.insert(0, {"t": "Span", "c": [[identifier, [], []], []]})
        container[index] = without_id(node)
    else:  # code without a paragraph: one before it
        anchor = {"t": "Plain", "c": [{"t": "Span", "c": [[identifier, [], []], []]}]}
        container[index] = {"t": "Div", "c": [["", [], []], [anchor, without_id(node)]]}
