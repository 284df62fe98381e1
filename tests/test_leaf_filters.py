"""The leaf filters have pandocfilters' shape: its own walk runs them, to the same result as ours."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pandocfilters import Para, Quoted, RawBlock, RawInline, SoftBreak, Space, Str, walk

from fencepost.filters import breaks, comments, quotes, shorthands
from fencepost.pandoc import tree

DOUBLE = {"t": "DoubleQuote"}
BLOCKS: list[Any] = [
    Para([Str("--name"), Space(), Quoted(DOUBLE, [Str("a")]), SoftBreak(), Str("-1"), RawInline("html", "<!-- x -->")]),
    RawBlock("html", "<!-- gone -->"),
    RawBlock("html", "<b>kept</b><!-- gone -->"),
]
TYPES = {
    breaks: ("SoftBreak",),
    comments: comments.LEAVES,
    quotes: ("Quoted",),
    shorthands: ("Str",),
}


@pytest.mark.parametrize("module", TYPES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_pandocfilters_walks_them_too(module: Any) -> None:
    meta = {"lang": "de"}
    ours = copy.deepcopy(BLOCKS)
    tree.rewrite_leaves(ours, dict.fromkeys(TYPES[module], module.action), "typst", meta)
    assert ours != BLOCKS
    assert ours == walk(copy.deepcopy(BLOCKS), module.action, "typst", meta)
