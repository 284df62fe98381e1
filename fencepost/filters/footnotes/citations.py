"""Where notes are cited in a document: what the ways of printing them have in common."""

from __future__ import annotations

from collections import deque
from typing import Any

from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node

CITING = frozenset(["Note", "Span"])  # a Note where one is first cited, a Span where again


def has_class(node: Node, name: str) -> bool:
    """Say whether a node is a Span of a class."""
    return node["t"] == "Span" and name in node["c"][0][1]


def repeated(node: Node) -> int:
    """Give the number that a Span repeats, 0 where it repeats none."""
    return int(dict(node["c"][0][2]).get("number", 0)) if has_class(node, "footnote-repeat") else 0


Citation = tuple[list[Node], int, list[Node], "list[Node] | None"]


def notes_in_order(blocks: list[Node]) -> list[Citation]:
    """List the first references, the body's before notes': (list, place, the note's blocks, the note it stands in)."""
    out: list[Citation] = []
    queue: deque[tuple[list[Node], list[Node] | None]] = deque([(blocks, None)])
    while queue:
        where, outer = queue.popleft()
        for container, index in tree.find(where, frozenset(["Note"]), closed=frozenset(["Note"])):
            body = container[index]["c"]
            out.append((container, index, body, outer))
            queue.append((body, body))
    return out


def nodes(root: Any, types: frozenset[str]) -> list[Node]:
    """List the elements of some types."""
    return [container[index] for container, index in tree.find(root, types)]


def inside(root: Any, types: frozenset[str]) -> set[int]:
    """Name (by `id`) the citing nodes that stand inside elements of some types."""
    return {id(node) for outer in nodes(root, types) for node in nodes(outer["c"], CITING)}
