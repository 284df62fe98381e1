"""Bold heads: in print, a paragraph that is bold as a whole, `**Pros**`, stays with what follows, as a heading does.

Authors write such a one where a heading should not be in the contents.
"""

from __future__ import annotations

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers.note import raw_block

LONGEST = 100  # characters; more is a sentence that is stressed


def rewrite(document: Document, _context: Context) -> None:
    """Wrap those of the post itself, not of its lists and quotes, in what Typst keeps with the next block; in place."""
    out: list[Node] = []
    for block in document["blocks"]:
        is_head = _is_bold(block) and len(tree.text_of(block["c"])) < LONGEST
        out += [raw_block("typst", "#fp-bold-head["), block, raw_block("typst", "]")] if is_head else [block]
    document["blocks"] = out


def _is_bold(block: Node) -> bool:
    return block["t"] == "Para" and [inline["t"] for inline in block["c"]] == ["Strong"]
