"""Users' own filters: `filters:` in `fencepost.yaml`, on the public form before ours or on what ours made of it."""

from __future__ import annotations

from typing import Any

from fencepost.filters.context import Context
from fencepost.frontmatter.reading import Metadata
from fencepost.pandoc import tree
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.run import Limits
from fencepost.pandoc.tree import Document

AT = ("before", "after")


def before(document: Document, context: Context) -> None:
    """Run the filters that see code with its `meta`, notes and alerts as pandoc has them; in place."""
    _run(document, context, "before")


def after(document: Document, context: Context) -> None:
    """Run the filters that see what ours have written; in place."""
    _run(document, context, "after")


def _run(document: Document, context: Context, at: str) -> None:
    from fencepost.pandoc.user_filters import run_filter

    tree.part_words(document["blocks"])
    limits = Limits(context.options.pandoc_timeout, context.options.pandoc_heap)
    own = document["meta"]
    for row in context.options.filters:
        if row.get("at", "before") == at:
            given = {**document, "meta": {**_told(context), **own}}
            made = run_filter(given, row["path"], context.target, limits)
            document["blocks"] = made["blocks"]
    tree.join_words(document["blocks"])


def _told(context: Context) -> dict[str, Any]:
    """Give the post's metadata as a filter expects it: title, author, date, tags, plain values that panflute reads."""
    meta: Metadata | None = context.metadata
    if meta is None:
        return {}
    values: dict[str, Any] = {
        "title": meta.title, "subtitle": meta.subtitle, "description": meta.description, "lang": meta.lang,
        "author": [author.name for author in meta.authors], "tags": list(meta.tags),
        "categories": list(meta.categories), "date": meta.date.text if meta.date else "",
    }  # fmt: skip
    return {name: meta_node(value) for name, value in values.items() if value}
