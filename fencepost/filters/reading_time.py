"""Reading time: how long the words of a post take to read."""

from __future__ import annotations

from fencepost.filters.context import Context
from fencepost.locales.reading_time import reading_minutes
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document


def rewrite(document: Document, context: Context) -> None:
    """Count the words of the tree, which stays as it is."""
    context.minutes = reading_minutes(tree.text_of(document["blocks"]))
