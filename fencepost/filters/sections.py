"""Numbered headings: `## Setup` becomes `1 Setup`, and `### Tools` below it `1.1 Tools`, in every format.

The number is part of the heading, so that contents, outline and running heads have it too.
"""

from __future__ import annotations

import re

from fencepost import tree
from fencepost.tree import Document, Node

# What an author writes who numbers by hand: `3. Setup`, `2.1 Tools`, `IV. End`, `Step 3: Go`.
OWN = re.compile(
    r"§?\s*(?:(?P<number>\d{1,3})(?:\.\d{1,3})*[.):](?=\s|$)|\d{1,3}(?:\.(?P<last>\d{1,3}))+(?=\s|$)|[IVXL]{1,6}[.):]\s"
    r"|(?:chapter|part|section|step|appendix|kapitel|teil|abschnitt|schritt|chapitre|partie|étape|capítulo|parte|paso)"
    r"\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z])\b)",
    re.IGNORECASE,
)


def rewrite(document: Document) -> None:
    """Number the headings at the top of a document, in place; one with a number of its own keeps that, and counts."""
    levels: list[int] = []  # of the headings that enclose the present one
    counts: list[int] = []
    for heading in document["blocks"]:
        if heading["t"] != "Header" or "unnumbered" in heading["c"][1][1]:
            continue
        level, _, inlines = heading["c"]
        while levels and levels[-1] > level:
            levels.pop()
            counts.pop()
        if not levels or levels[-1] < level:
            levels.append(level)
            counts.append(0)
        counts[-1] += 1
        own = OWN.match(tree.text_of(inlines))
        if own is None:
            heading["c"][2] = [_number(counts), {"t": "Space"}, *inlines]
        elif own["number"] and "." not in own[0].rstrip(".):"):
            counts[-1] = int(own["number"])


def _number(counts: list[int]) -> Node:
    words = [{"t": "Str", "c": ".".join(map(str, counts))}]
    return {"t": "Span", "c": [["", ["header-section-number"], []], words]}


def raise_to_first(document: Document) -> None:
    """Make the highest headings the first level, in place: without a title above them, PDF/UA wants it so."""
    headings = [container[index] for container, index in tree.find(document["blocks"], frozenset(["Header"]))]
    above = min((heading["c"][0] for heading in headings), default=1) - 1
    for heading in headings:
        heading["c"][0] -= above
