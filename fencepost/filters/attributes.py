"""Attributes behind an inline: `![…](a.png){ width=300 }`, `[…](b){target=_blank .button}`, in the dialects with them.

As pandoc's `attributes`, markdown-it-attrs and Python-Markdown's `attr_list` have it: in braces, right behind an image,
a link, code or emphasis, and nothing else within. Quarto's `fig-alt` is what an image shows, its words are its caption.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.fence.attributes import Attributes, read_attributes
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

TYPES = frozenset(["Image", "Link", "Code", "Emph", "Strong", "Strikeout", "Span"])
_PIECE = r"(?:#[^\s{}#.=]+|\.[^\s{}#.=]+|[A-Za-z][\w:-]*=(?:\"[^\"]*\"|'[^']*'|[^\s{}\"'=]+))"
_WHOLE = re.compile(rf"\{{:?[ ]*{_PIECE}(?:[ ]+{_PIECE})*[ ]*\}}")
_TYPED = str.maketrans({"–": "--", "—": "---", "’": "'", "“": '"', "”": '"', "…": "..."})  # as it was before it was set
_QUOTES = {"DoubleQuote": '"', "SingleQuote": "'"}
_OWN = frozenset(["id", "class", "src", "href", "srcset"])  # what the inline itself says
_HARMLESS = frozenset(["width", "height", "title", "lang", "dir", "loading", "align", "fig-alt"])
MOST = 60  # inlines that one pair of braces may hold


def rewrite(document: Document, context: Context) -> None:
    """Give inlines the attributes that stand behind them, in place; of a stranger's none that could do harm."""
    lists = {id(members): members for members, _ in tree.find(document["blocks"], TYPES)}
    for members in lists.values():
        for at in range(len(members) - 1, -1, -1):
            if members[at].get("t") in TYPES and (found := _behind(members, at + 1)):
                attributes, end, rest = found
                members[at + 1 : end] = [{"t": "Str", "c": rest}] if rest else []
                members[at] = _with(members[at], attributes, context.options.untrusted)


def _behind(members: list[Any], start: int) -> tuple[Attributes, int, str] | None:
    """Read braces that begin at `start`: what they say, where the list goes on, and what is left of the last word."""
    if start == len(members) or members[start].get("t") != "Str" or not members[start]["c"].startswith("{"):
        return None
    written = ""
    for end in range(start, min(len(members), start + MOST)):
        node = members[end]
        inside, brace, rest = node["c"].partition("}") if node.get("t") == "Str" else (_written(node), "", "")
        written += inside.translate(_TYPED) + brace
        if brace:
            found = read_attributes(None, written.lstrip("{:").rstrip("}")) if _WHOLE.fullmatch(written) else None
            return (found, end + 1, rest) if found else None
    return None


def _written(node: Node) -> str:
    """Write blanks and quoted words as they were typed; a brace, which no attribute holds, for all else."""
    kind = node.get("t")
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Str":
        return str(node["c"])
    if kind == "Quoted":
        sign = _QUOTES[node["c"][0]["t"]]
        return sign + "".join(map(_written, node["c"][1])) + sign
    return "{"


def _attr_of(found: Attributes, untrusted: bool) -> list[Any]:
    """Make the attributes of a node; the first class was read as a language."""
    pairs = [
        [key, value]
        for key, (value, _) in found.pairs.items()
        if key not in _OWN and not key.startswith("on") and (key in _HARMLESS or not untrusted)
    ]
    return [found.identifier, [*([found.lang] if found.lang else []), *found.classes], pairs]


def _with(node: Node, found: Attributes, untrusted: bool) -> Node:
    """Give an inline attributes; emphasis, which has none, gets them from around it."""
    identifier, classes, pairs = _attr_of(found, untrusted)
    if node["t"] in ("Emph", "Strong", "Strikeout"):
        return {"t": "Span", "c": [[identifier, classes, pairs], [node]]}
    attr, is_target = node["c"][0], node["t"] in ("Image", "Link")
    attr[0] = identifier or attr[0]
    attr[1].extend(classes)
    attr[2].extend(pair for pair in pairs if not is_target or pair[0] not in ("fig-alt", "title"))
    said = dict(pairs)
    if is_target:
        node["c"][2][1] = said.get("title", node["c"][2][1])
    if node["t"] == "Image" and "fig-alt" in said:
        node["c"][2][1] = node["c"][2][1] or tree.text_of(node["c"][1])
        node["c"][1] = tree.plain(said["fig-alt"])
    return node
