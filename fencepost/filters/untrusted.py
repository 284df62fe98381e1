"""A post that is not trusted: its tree made safe to write in any format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.html_tree import is_html
from fencepost.pandoc.tree import Document, Node
from fencepost.untrusted.html import RAW, SCHEMES
from fencepost.untrusted.post import is_harmless, is_safe

IMAGES = re.compile(r"data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)


_ATTRIBUTED = frozenset(["Header", "Div", "Span", "Link", "Image", "Code", "CodeBlock", "Table", "Figure"])


def rewrite(document: Document, context: Context) -> None:
    """Make a document that is not trusted safe to write in any format; in place."""
    from fencepost.filters import sanitise

    sanitise.rewrite(document, context)
    roots = [document["blocks"], list(document["meta"].values())]
    for container, index in reversed(tree.find(roots, _ATTRIBUTED | RAW)):
        node = container[index]
        if node["t"] in RAW:
            if not is_html(node):
                _report_raw(node, context)
                tree.replace(container, index, [])
            continue
        attr = node["c"][1 if node["t"] == "Header" else 0]
        attr[2] = [pair for pair in attr[2] if is_harmless(pair[0])]
        if node["t"] in ("Link", "Image"):
            tree.replace(container, index, _led(node, context))


def _led(node: Node, context: Context) -> list[Node] | Node:
    """Keep a link or an image that leads somewhere; of another, its words."""
    target = node["c"][2][0]
    if is_safe(target) or node["t"] == "Image" and IMAGES.match(target):
        return node
    problem = f"the address {target[:60]} is left out of a post that is not trusted"
    help = "addresses may begin with " + ", ".join(f"{scheme}:" for scheme in sorted(SCHEMES))
    context.report_at(node["t"], target, "warning", "untrusted-link", problem, help=help)
    words: list[Any] = node["c"][1]
    return {"t": "Span", "c": [["", [], []], words]}


def _report_raw(node: Node, context: Context) -> None:
    language, text = node["c"]
    first: Iterator[str] = (line.strip() for line in text.split("\n") if line.strip())
    line, column = context.place_of(next(first, ""))
    problem = f"raw {language} is left out of a post that is not trusted"
    context.report("warning", "untrusted-raw", problem, line=line, column=column)
