"""The dialect of MkDocs Material (pymdownx): `py title="x.py" hl_lines="1 3-5" linenums="10"`, `{ .py .annotate }`."""

from __future__ import annotations

import re

from fencepost.fence import annotated, rehype
from fencepost.fence.attributes import read_attributes
from fencepost.fence.javascript import parse_int
from fencepost.fence.model import Fence, LineItem, Marks
from fencepost.fence.numbers import read_span

_ITEM = re.compile(r"[^\s,]+")
_ANNOTATE = re.compile(r"\.annotate(?![\w-])")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence. Of `linenums="start step special"` the start counts.

    >>> fence = parse("py", 'title="x.py" hl_lines="1 3-5" linenums="10"')
    >>> fence.title, [item.span for item in fence.lines], fence.start
    ('x.py', [(1, 1), (3, 5)], 10)
    """
    found = read_attributes(lang, meta)
    numbers, lines = found.get("linenums"), found.get("hl_lines") or ""
    column = found.column("hl_lines")
    first = parse_int(numbers or "")
    return Fence(
        lang=found.lang,
        meta=meta,
        title=found.get("title") or None,
        start=None if numbers is None else max(first if first is not None else 1, 1),
        lines=tuple(LineItem(match[0], column + match.start(), read_span(match[0])) for match in _ITEM.finditer(lines)),
        identifier=found.identifier,
    )


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for; numbers for the list below are taken out."""
    pattern = annotated.MKDOCS_ALL if _ANNOTATE.search(fence.meta) else annotated.MKDOCS
    shown, labels = annotated.take(code, pattern)
    return rehype.resolve(fence, shown)._replace(labels=labels)
