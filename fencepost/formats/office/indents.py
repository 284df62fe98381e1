"""How much shorter than the text the lines are that a picture stands in: no picture may run off the page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fencepost.formats.office.styles import ALERT_INDENT
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node

IMAGE = frozenset(["Image"])
INDENTED = frozenset(["BulletList", "OrderedList", "DefinitionList", "BlockQuote"])
LEVELS, STEP = 9, 0.5  # of lists that word processors set in, and by how many inches each, at most


def indents(blocks: list[Node], boxes: list[Node]) -> dict[int, float]:
    """Say it in inches, by the picture's `id()`; `boxes` are the alerts that stand in boxes."""
    found: dict[int, float] = defaultdict(float)

    def set_in(around: list[Any], inches: float) -> None:
        for container, index in (place for one in around for place in tree.find(one, IMAGE)):
            found[id(container[index])] += inches

    set_in(boxes, ALERT_INDENT / 72)
    around: list[Any] = [blocks]
    for _ in range(LEVELS):
        around = [container[index] for one in around for container, index in tree.find(one, INDENTED, INDENTED)]
        set_in(around, STEP)
    return found
