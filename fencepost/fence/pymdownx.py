"""The dialect of MkDocs Material (pymdownx): `py title="x.py" hl_lines="1 3-5" linenums="10"`, `{ .py .annotate }`."""

from __future__ import annotations

import re

from fencepost.fence import annotated, rehype
from fencepost.fence.attributes import read_attributes
from fencepost.fence.javascript import parse_int, read_number
from fencepost.fence.model import Fence, LineItem, Marks, Span
from fencepost.fence.numbers import read_span

OPTIONS = frozenset(["title", "hl_lines", "linenums", "id"])
_NUMBERS = re.compile(r"([0-9]+)(?:[ \t]+([0-9]+))?(?:[ \t]+([0-9]+))?")  # first, step, those that stand out
_ITEM = re.compile(r"[^\s,]+")
_ANNOTATE = re.compile(r"\.annotate(?![\w-])")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("py", 'title="x.py" hl_lines="1 3-5" linenums="10 2"')
    >>> fence.title, [item.span for item in fence.lines], fence.start, fence.step
    ('x.py', [(1, 1), (3, 5)], 10, 2)
    """
    found = read_attributes(lang, meta, last_wins=True)
    lines, column = found.get("hl_lines") or "", found.column("hl_lines")
    numbers = _NUMBERS.match(found.get("linenums") or "")
    first, step, special = (read_number(number or "0") for number in numbers.groups()) if numbers else (0, 0, 0)
    return Fence(
        lang=found.lang,
        meta=meta,
        title=found.get("title") or None,
        start=first or None,
        step=step or 1,
        special=special,
        lines=tuple(LineItem(match[0], column + match.start(), _span(match[0])) for match in _ITEM.finditer(lines)),
        identifier=found.get("id") or found.identifier,
        classes=tuple(found.classes),
        attributes=found.others(OPTIONS),
    )


def _span(piece: str) -> Span | None:
    """Read `3` or `2-4`; a range that goes down names no line."""
    ends = [parse_int(end) for end in piece.split("-")]
    return None if len(ends) == 2 and None not in ends and ends[0] > ends[1] else read_span(piece)  # type: ignore[operator]


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for; numbers for the list below are taken out."""
    pattern = annotated.MKDOCS_ALL if _ANNOTATE.search(fence.meta) else annotated.MKDOCS
    shown, labels = annotated.take(code.strip("\n"), pattern)  # Pygments takes blank lines at either end away
    return rehype.resolve(fence, shown)._replace(labels=labels)
