"""Pandoc's own attributes: `{#id .python .numberLines startFrom="5" title="x.py" caption="…"}`."""

from __future__ import annotations

from fencepost.fence.attributes import Attributes, read_attributes
from fencepost.fence.javascript import parse_int
from fencepost.fence.model import Fence

NUMBERED = frozenset({"numberlines", "number-lines"})


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("{.python", '.numberLines startFrom="5" title="x.py"}')
    >>> fence.lang, fence.start, fence.title
    ('python', 5, 'x.py')
    """
    found = read_attributes(lang, meta)
    return Fence(
        lang=found.lang,
        meta=meta,
        title=found.get("title", "filename"),
        caption=found.get("caption"),
        start=first_number(found),
        identifier=found.identifier,
    )


def first_number(found: Attributes) -> int | None:
    """Say the first line number; None where no class asks for numbers."""
    if not NUMBERED.intersection(name.lower() for name in found.classes):
        return None
    first = parse_int(found.get("startfrom") or "")
    return 1 if first is None else first
