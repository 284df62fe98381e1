"""Annotations: numbers beside lines of code, and the list below that says what they mean, lead to each other.

The author wrote `f(x)  # <1>` (Quarto) or `f(x)  # (1)!` (MkDocs) and a numbered list right below the code. The
list's numbers look like the code's, and are links back to the lines.
"""

from __future__ import annotations

import re
from typing import Any

from fencepost.fence import read_fence, resolve_fence
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import escape
from fencepost.writers.code.box import cited_at, listed_at

_SIGNS = re.compile(r"<[0-9]|\([0-9]+\)")


def rewrite(document: Document, context: Context) -> None:
    """Join code with the list that follows it; in place."""
    is_silent = context.source is not None and not _SIGNS.search(context.source)
    if is_silent or context.family not in WRITERS:
        return
    places = [place for place in tree.find(document["blocks"], frozenset(["CodeBlock"])) if _has_list(*place)]
    pairs = [(container, index, _cited(container[index], context)) for container, index in places]
    joined = list(enumerate([pair for pair in pairs if pair[2]], 1))
    for group, (container, index, cited) in reversed(joined):  # the last first: lists become several blocks
        listed = _listed(container[index + 1])
        container[index]["c"][0][2].append(["annotated", f"{group}:{','.join(listed)}"])
        container[index + 1 : index + 2] = WRITERS[context.family](container[index + 1], listed, cited, group)


def _has_list(container: list[Any], index: int) -> bool:
    return index + 1 < len(container) and container[index + 1]["t"] == "OrderedList"


def _cited(block: Node, context: Context) -> set[str]:
    """List the numbers that stand beside the lines of a block."""
    (_, classes, pairs), code = block["c"]
    fence = read_fence(classes[0] if classes else None, dict(pairs).get("meta", ""), context.options.dialect)
    labels = resolve_fence(fence._replace(words=()), code, context.options.dialect).labels
    return {number for _, label in labels for number in label.split(", ")}


def _listed(numbered: Node) -> list[str]:
    first, items = numbered["c"][0][0], numbered["c"][1]
    return [str(first + at) for at in range(len(items))]


def _html(numbered: Node, listed: list[str], cited: set[str], group: int) -> list[Node]:
    """Begin each item with its number, a link where the code has it, in place of the list's own."""
    for number, blocks in zip(listed, numbered["c"][1], strict=True):
        attr = [listed_at(group, number), ["line-note"], [["role", "doc-backlink"]] if number in cited else []]
        words = [{"t": "Str", "c": number}]
        if number in cited:
            badge = {"t": "Link", "c": [attr, words, [f"#{cited_at(group, number)}", ""]]}
        else:
            badge = {"t": "Span", "c": [attr, words]}
        if blocks and blocks[0]["t"] in ("Para", "Plain"):
            blocks[0]["c"][:0] = [badge, {"t": "Space"}]
        else:
            blocks.insert(0, {"t": "Plain", "c": [badge]})
    return [{"t": "Div", "c": [["", ["annotations"], []], [numbered]]}]


def _typst(numbered: Node, listed: list[str], cited: set[str], group: int) -> list[Node]:
    """Let the template write the numbers of the list."""
    notes = "".join(f"{escape.typst(number)}: {_labels(number, cited, group)}, " for number in listed)
    start = numbered["c"][0][0]
    numbered["c"][0] = [1, {"t": "DefaultStyle"}, {"t": "DefaultDelim"}]  # lest pandoc says how numbers look
    return [
        {"t": "RawBlock", "c": ["typst", f"#fp-annotations({start}, ({notes.rstrip(' ')}))["]},
        numbered,
        {"t": "RawBlock", "c": ["typst", "]"]},
    ]


def _labels(number: str, cited: set[str], group: int) -> str:
    back = f"label({escape.typst(cited_at(group, number))})" if number in cited else "none"
    return f"(label({escape.typst(listed_at(group, number))}), {back})"


WRITERS = {"html": _html, "epub": _html, "typst": _typst}
