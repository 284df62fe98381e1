"""Where things stand in a post, from a second parse that pandoc annotates (`gfm+sourcepos`).

The parse costs as much again as the first, so it is made only when there is something to say about a
place that the source stage does not know: a block, an alert, an image.
"""

from __future__ import annotations

import re

from fencepost.markdown.protect import Carried
from fencepost.pandoc import tree
from fencepost.pandoc.run import Limits, Run
from fencepost.pandoc.tree import Node

_PLACE = re.compile(r"(?<!\d)(\d+):(\d+)-")
KINDS = frozenset(["CodeBlock", "BlockQuote", "Image", "Div", "Header"])
NOTES = frozenset(["Note"])


def is_alert_div(node: Node) -> bool:
    """Say whether a node is the Div that pandoc's `alerts` extension makes: its first child is the title's Div."""
    if node["t"] != "Div" or not node["c"][1]:
        return False
    first = node["c"][1][0]
    return bool(first["t"] == "Div" and "title" in first["c"][0][1])


def lines_of(carried: Carried, limits: Limits, path: str) -> dict[str, list[int]]:
    """Ask pandoc for lines: of every `CodeBlock`, `BlockQuote`, `Image`, `Header`, and `Div` that is an alert.

    Lists are in the order of the text and leave out what stands in footnotes, for which pandoc gives no places.
    """
    run = Run(["-f", "gfm+sourcepos", "-t", "json"], limits, path=path)
    data, _ = run.finish(carried.text.encode("utf-8", "replace"))
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for container, index in tree.find(tree.load(data)["blocks"], KINDS, closed=NOTES):
        node = container[index]
        if node["t"] == "Div" and not is_alert_div(node):
            continue
        found[node["t"]].append(max(1, _line(node) - carried.added))
    return found


def _line(node: Node) -> int:
    """Read an element's line; one without a place of its own takes its first child's."""
    attr = None if node["t"] == "BlockQuote" else node["c"][1 if node["t"] == "Header" else 0]
    written = [value for key, value in (attr[2] if attr else []) if key == "data-pos"]
    if written and (match := _PLACE.search(written[-1].rpartition("@")[2])):  # inside lists the last is its own
        return int(match[1])
    for container, index in tree.find(node["c"], None):
        inner = container[index]
        if inner["t"] in ("Div", "Span") and (match := _PLACE.search(dict(inner["c"][0][2]).get("data-pos", ""))):
            return int(match[1])
    return 1
