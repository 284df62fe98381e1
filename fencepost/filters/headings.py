"""Headings: `## Title {#id .class}` has the id that its author gives it, in the dialects that read it so."""

from __future__ import annotations

import re

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?P<inside>(?:[#.][^\s{}#.]+[ \t]*)+|-)[ \t]*\}\Z")
_HEADER = frozenset(["Header"])
_TYPED = str.maketrans({"–": "--", "—": "---", "’": "'"})  # as it was before it was set


def rewrite(document: Document, context: Context) -> None:
    """Take ids and classes out of the text of headings; those with an id of their own are known from then on."""
    for container, index in tree.find(document["blocks"], _HEADER):
        node = container[index]
        inlines, attr = node["c"][2], node["c"][1]
        if not inlines or inlines[-1]["t"] != "Str" or not (found := _ATTRIBUTES.search(inlines[-1]["c"])):
            continue
        inlines[-1]["c"] = inlines[-1]["c"][: found.start()]
        while inlines and (inlines[-1]["t"] == "Space" or inlines[-1] == {"t": "Str", "c": ""}):
            inlines.pop()
        for part in found["inside"].translate(_TYPED).split():
            if part[0] == "#":
                attr[0] = part[1:]
                context.given_ids.add(id(node))
            else:
                attr[1].append("unnumbered" if part == "-" else part[1:])
