"""Hundreds of emoji in one paragraph: Typst, which looks for them by a pattern, goes a level deeper for each.

Behind a thing that is no text it begins anew: every 150 emoji, a distance of nothing stands between two words.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.pandoc import tree
from fencepost.pandoc.tree import Node

FEW = 150
_PICTURE = "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001fbff]"
_CUT = re.compile(f"(?<!\u200d)(?<![\U0001f1e6-\U0001f1ff])(?={_PICTURE})")  # never within a flag or a joined sign
_NOTHING: Node = {"t": "RawInline", "c": ["typst", "#h(0pt);"]}


def part(root: Any) -> None:
    """Part the words of inlines that hold more emoji than Typst can set in one go; in place."""
    strs = list(tree.find(root, frozenset(["Str"])))
    if sum(len(_CUT.findall(container[index]["c"])) for container, index in strs) <= FEW:
        return
    for container in {id(container): container for container, _ in strs}.values():
        _part_inlines(container)


def _part_inlines(inlines: list[Any]) -> None:
    out: list[Any] = []
    count = 0
    for item in inlines:
        if item.get("t") != "Str":
            out.append(item)
            continue
        pieces = [piece for piece in _CUT.split(item["c"]) if piece]
        begun: list[str] = []
        for piece in pieces:
            count += bool(_CUT.match(piece))
            if count > FEW:
                out += [{"t": "Str", "c": "".join(begun)}] if begun else []
                out.append(_NOTHING)
                begun, count = [], 1
            begun.append(piece)
        out.append({"t": "Str", "c": "".join(begun)})
    inlines[:] = out
