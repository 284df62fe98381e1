"""The filters, each one transformation, and the order in which they run.

A module with `TYPES` and `action` rewrites single elements and is an ordinary panflute action.
One with `rewrite` needs the whole document (numbers, anchors, places of files).
"""

from __future__ import annotations

from fencepost.filters.actions import as_rewrite
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document

# fmt: off
ORDER = (
    "groups",     # first: it parts and joins blocks, which are then written one by one
    "alerts",     # before fences: an alert's body is passed on unread
    "listings",   # before fences: it numbers what they write
    "fences",
    "inline",
    "footnotes",  # last: it moves blocks to the end of the document, and they must be finished
)
# fmt: on
ANNOTATED = frozenset(["quarto", "pymdownx"])  # the dialects that number lines for a list below


def run(document: Document, context: Context, names: tuple[str, ...] = ORDER) -> None:
    """Apply filters by name to a document in its public form; in place."""
    from fencepost.filters import alerts, fences, footnotes, groups, inline, listings

    if "groups" in names:
        groups.rewrite(document, context)
    if "listings" in names:
        listings.rewrite(document, context)
    if "fences" in names and context.options.dialect in ANNOTATED:
        from fencepost.filters import codenotes

        codenotes.rewrite(document, context)
    actions: dict[str, list[tree.Rewrite]] = {}
    for module in (alerts, fences):
        if module.__name__.rpartition(".")[2] in names:
            rewrite = as_rewrite(module.action, context)
            for kind in module.TYPES:
                actions.setdefault(kind, []).append(rewrite)
    if actions:
        tree.rewrite(document["blocks"], actions)
    if "inline" in names:
        inline.rewrite(document, context)
    if "footnotes" in names:
        footnotes.rewrite(document, context)
