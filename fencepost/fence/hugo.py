"""The dialect of Hugo: `go {hl_lines=[1,"3-5"],linenos=table,linenostart=199}`, keys in any case.

Lines count from 1 in the block, whatever number is printed first.
"""

from __future__ import annotations

import re

from fencepost.fence.javascript import parse_int
from fencepost.fence.model import Fence, LineItem
from fencepost.fence.numbers import read_span

_PAIR = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\[[^\]]*\])|([^\s,{}]+))")
_RANGE = re.compile(r"[0-9]+(?:\s*-\s*[0-9]+)?")
_NO = ("false", "no", "0")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("go", '{hl_lines=[1,"3-5"],linenos=table,linenostart=9}')
    >>> [item.span for item in fence.lines], fence.start
    ([(1, 1), (3, 5)], 9)
    """
    language, brace, rest = (lang or "").partition("{")
    head = f"{{{rest} " if brace else ""
    found = {match[1].lower(): match for match in _PAIR.finditer(head + meta)}
    values = {key: next(part for part in match.groups()[1:] if part is not None) for key, match in found.items()}
    numbers, first = values.get("linenos"), parse_int(values.get("linenostart", ""))
    lines = found.get("hl_lines")
    return Fence(
        lang=language or None,
        meta=meta,
        title=values.get("title"),
        caption=values.get("caption"),
        start=None if numbers in (None, *_NO) else 1 if first is None else first,
        lines=tuple(_lines(values["hl_lines"], lines.end(1) + 1 - len(head)) if lines else ()),
        identifier=values.get("id", ""),
    )


def _lines(text: str, column: int) -> list[LineItem]:
    found = ((match[0], match.start()) for match in _RANGE.finditer(text))
    return [LineItem(item, max(column + place, 0), read_span(re.sub(r"\s", "", item))) for item, place in found]
