"""Raw HTML of posts that are not trusted: nh3 decides what of it may stay, with a parser as browsers have one.

The elements of one list are cleaned together, with a sign in the place of what is no raw HTML: a tag that opens in one
and closes in another stays a pair, and one that does not close cannot swallow the page.
"""

from __future__ import annotations

import os
import re
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.html_tree import is_html
from fencepost.pandoc.tree import Document, Node
from fencepost.untrusted.html import RAW, TAGS, clean

_TAG = re.compile(r"<([A-Za-z][\w:.-]*)")
_HANDLER = re.compile(r"\s(on[a-z]+)\s*=", re.IGNORECASE)


def rewrite(document: Document, context: Context) -> None:
    """Clean the raw HTML of a document, its metadata too; in place."""
    lists: dict[int, list[Any]] = {}
    for container, index in tree.find([document["blocks"], list(document["meta"].values())], RAW):
        if is_html(container[index]):
            lists[id(container)] = container
            _report(container[index]["c"][1], context)
    for container in reversed(lists.values()):  # inner lists first: they travel inside the outer ones
        container[:] = _cleaned(container)


def _cleaned(container: list[Node]) -> list[Node]:
    """Clean the raw HTML of one list; what is none goes back to where its sign is found, or behind.

    A sign holds a number that no post can know, for an entity in an attribute may write any character; and what stands
    in an attribute that one block opens and another closes goes behind.
    """
    secret = os.urandom(8).hex()
    sign = re.compile(f"\ue0f0{secret}-([0-9]+)\ue0f1")
    kind = "RawBlock" if any(node["t"] == "RawBlock" for node in container) else "RawInline"
    parts = [node["c"][1] if is_html(node) else f"\ue0f0{secret}-{at}\ue0f1" for at, node in enumerate(container)]
    written = clean("".join(parts), sign)
    others = {at: node for at, node in enumerate(container) if not is_html(node)}
    out: list[Node] = []
    for number, piece in enumerate(sign.split(written)):
        if number % 2:
            out += [others.pop(int(piece))] if int(piece) in others else []
        elif piece.strip():
            out.append({"t": kind, "c": ["html", piece]})
    return out + list(others.values())


def _report(html: str, context: Context) -> None:
    """Say of each kind of element, and of each handler, that it is left out, where it stands first."""
    tags = [tag.lower() for tag in _TAG.findall(html)]
    found = [(f"<{tag}", f"<{tag}>") for tag in tags if tag not in TAGS]
    found += [(name.lower(), f"`{name}`") for name in _HANDLER.findall(html)]
    for sign, shown in found:
        if context.is_first("sanitised", sign):
            line, column = context.place_of_tag(sign)
            problem = f"{shown} is left out of a post that is not trusted"
            context.report("warning", "untrusted-html", problem, line=line, column=column)
