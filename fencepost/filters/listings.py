"""Listings: a captioned code block gets a number, and what refers to it says so.

Quarto numbers blocks whose id begins with `lst-`, and `@lst-loop` refers to one; `number-listings` numbers every
block with a caption. A link without words, `[](#loop)`, says which listing it leads to.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost import tree
from fencepost.context import Context
from fencepost.fence import read_fence, resolve_fence
from fencepost.tree import Document, Node

_SIGNS = re.compile(r"\blst-|caption=")
_CITED = re.compile(r"(?<!\w)@(lst-[\w-]*\w)")


def rewrite(document: Document, context: Context) -> None:
    """Number the listings of a document and write their numbers where they are referred to; in place."""
    wanted = context.options.number_listings or context.options.dialect == "quarto"
    if not wanted or (context.source is not None and not _SIGNS.search(context.source)):
        return
    from fencepost.labels import labels

    word = labels(str(context.memo.get("lang", "en")))["listing"]
    names: dict[str, str] = {}
    count = 0
    for container, index in tree.find(document["blocks"], frozenset(["CodeBlock"])):
        identifier, is_numbered = _listing(container[index], context)
        if is_numbered:
            count += 1
            container[index]["c"][0][2].append(["listing", f"{word} {count}"])
            if identifier:
                names[identifier] = f"{word} {count}"
    if names:
        tree.rewrite_leaves(document["blocks"], {"Str": _cite, "Link": _cite}, context.target, names)


def _listing(block: Node, context: Context) -> tuple[str, bool]:
    """Say the id of a code block, and whether it is numbered."""
    attributes = dict(block["c"][0][2])
    lang = block["c"][0][1][0] if block["c"][0][1] else None
    fence = read_fence(lang, attributes.get("meta", ""), context.options.dialect)
    fence = resolve_fence(fence, block["c"][1], context.options.dialect).asked or fence
    identifier = block["c"][0][0] or fence.identifier
    caption = fence.caption or attributes.get("caption")
    return identifier, bool(caption) and (context.options.number_listings or identifier.startswith("lst-"))


def _cite(key: str, value: Any, _format: str, names: dict[str, Any]) -> list[Node] | None:
    """Write the number into `@lst-x` and into a link without words."""
    if key == "Link":
        name = names.get(value[2][0].removeprefix("#"))
        return None if not name or value[1] else [_link(name, value[2][0])]
    if "@lst-" not in value:
        return None
    pieces = _CITED.split(value)  # text, id, text, id, text
    if not any(identifier in names for identifier in pieces[1::2]):
        return None
    texts = [{"t": "Str", "c": text} for text in pieces[::2]]
    links = [
        _link(names[identifier], "#" + identifier) if identifier in names else {"t": "Str", "c": "@" + identifier}
        for identifier in pieces[1::2]
    ]
    nodes: list[Node] = [texts[0]]
    for link, text in zip(links, texts[1:], strict=True):
        nodes += [link, text]
    return [node for node in nodes if node["t"] == "Link" or node["c"]]


def _link(name: str, target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": name.replace(" ", "\u00a0")}], [target, ""]]}
