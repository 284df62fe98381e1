"""Numbered headings: `## Setup` becomes `1 Setup`, and `### Tools` below it `1.1 Tools`, in every format.

The number is part of the heading, so that contents, outline and running heads have it too.
"""

from __future__ import annotations

import re

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

# What an author writes who numbers by hand: `3. Setup`, `2.1 Tools`, `IV. End`, `Step 3: Go`.
OWN = re.compile(
    r"§?\s*(?:(?P<number>\d{1,3})(?:\.\d{1,3})*[.):](?=\s|$)|\d{1,3}(?:\.(?P<last>\d{1,3}))+(?=\s|$)|[IVXL]{1,6}[.):]\s"
    r"|(?:chapter|part|section|step|appendix|kapitel|teil|abschnitt|schritt|chapitre|partie|étape|capítulo|parte|paso)"
    r"\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z])\b)",
    re.IGNORECASE,
)
NUMBER = "header-section-number"  # pandoc's class of it


def rewrite(document: Document, _context: Context) -> None:
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
        heading["c"][2] = numbered(inlines, counts)
        own = OWN.match(tree.text_of(inlines))
        if own and own["number"] and "." not in own[0].rstrip(".):"):
            counts[-1] = int(own["number"])


def numbered(inlines: list[Node], counts: list[int]) -> list[Node]:
    """Put a number before the words of a heading that brings none of its own."""
    if OWN.match(tree.text_of(inlines)):
        return inlines
    words = [{"t": "Str", "c": ".".join(map(str, counts))}]
    return [{"t": "Span", "c": [["", [NUMBER], []], words]}, {"t": "Space"}, *inlines]


def lead_by(blocks: list[Node], number: int) -> None:
    """Lead the numbers of headings by the number of their chapter: `1.2` becomes `3.1.2`; in place."""
    for heading in blocks:
        first = heading["c"][2][:1] if heading["t"] == "Header" else []
        if first and first[0]["t"] == "Span" and NUMBER in first[0]["c"][0][1]:
            words = first[0]["c"][1][0]
            words["c"] = f"{number}.{words['c']}"


def close_gaps(document: Document, context: Context) -> None:
    """Let no heading skip a level, in place: `###` right under the title becomes `##`."""
    open_levels = list(range(1, (context.notes_level or 3) - 1))  # the levels that a book's titles take
    for container, index in tree.find(document["blocks"], frozenset(["Header"])):
        heading = container[index]
        level = heading["c"][0]
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading["c"][0] = len(open_levels)


def raise_to_first(document: Document, _context: Context) -> None:
    """Make the highest headings the first level, in place: without a title above them, PDF/UA wants it so."""
    headings = [container[index] for container, index in tree.find(document["blocks"], frozenset(["Header"]))]
    above = min((heading["c"][0] for heading in headings), default=1) - 1
    for heading in headings:
        heading["c"][0] -= above
