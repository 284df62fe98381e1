"""The dialect of Hugo: `go {hl_lines=[1,"3-5"],linenos=table,linenostart=199}`, keys in any case.

Lines count from 1 in the block, whatever number is printed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.fence.javascript import parse_int, read_number
from fencepost.fence.model import Fence, LineItem, Span
from fencepost.fence.numbers import read_span

OPTIONS = frozenset([
    "title", "caption", "class", "id", "style", "linenos", "linenumbersintable", "linenostart", "hl_lines", "hl_inline",
    "anchorlinenos", "lineanchors", "tabwidth", "noclasses", "nohl", "guesssyntax", "codefences", "wrapperclass",
])  # fmt: skip
_PAIR = re.compile(
    r"(?<![\w-])([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\[[^\[\]]*\])|([^\s,{}]+))"
    r"|(?<![^\s,{])(?:\.(?P<class>[\w-]+)|#(?P<id>[\w:.-]+))"
)
_ITEM = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,\[\]\"']+")  # of a list; in quotes, blanks part ranges
_WORD = re.compile(r"\S+")
_RANGE = re.compile(r"[0-9]+(?:-[0-9]+)?\Z")
_NO = ("false", "no", "0")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("go", '{hl_lines=[1,"3-5"],linenos=table,linenostart=9}')
    >>> [item.span for item in fence.lines], fence.start
    ([(1, 1), (3, 5)], 9)
    """
    language, brace, rest = (lang or "").partition("{")
    head = f"{{{rest} " if brace else ""
    begin, end = (head + meta).find("{"), (head + meta).rfind("}")
    has_group = language and 0 <= begin < end  # without a language Hugo reads nothing
    pairs = list(_PAIR.finditer(head + meta, begin + 1, end)) if has_group else []
    named = {match[1]: match for match in pairs if match[1]}  # the last counts
    found = {key.lower(): named[key] for key in sorted(named, key=str.islower, reverse=True)}  # or one with capitals
    values = {key: _value(match) for key, match in found.items()}
    numbers, first = values.get("linenos"), parse_int(values.get("linenostart", ""))
    lines = found.get("hl_lines")
    return Fence(
        lang=language or None,
        meta=meta,
        title=values.get("title"),
        caption=values.get("caption"),
        start=None if numbers in (None, *_NO) else 1 if first is None else first,
        lines=tuple(_lines(values["hl_lines"], lines.end(1) + 1 - len(head)) if lines else ()),
        identifier=next((_value(match) for match in reversed(pairs) if _key(match) == "id"), ""),
        classes=tuple(name for match in pairs if _key(match) == "class" for name in _value(match).split()),
        attributes=tuple((key.lower(), _value(match)) for key, match in named.items() if key.lower() not in OPTIONS),
    )


def _key(match: re.Match[str]) -> str:
    return (match[1] or match.lastgroup or "").lower()


def _value(match: re.Match[str]) -> str:
    return next(part for part in match.groups()[1:] if part is not None)


def _lines(text: str, column: int) -> Iterator[LineItem]:
    """Read `[1,"3-5"]` or what stood in quotes; what is no number or rising range of them names no line."""
    for item in (_ITEM if text.startswith("[") else _WORD).finditer(text):
        quoted = item[0][0] in "\"'"
        for piece in re.finditer(r"[^\s\"']+", item[0]):
            place = max(column + item.start() + piece.start(), 0)
            number = parse_int(piece[0]) if text.startswith("[") and not quoted else None
            span = (number, number) if number is not None else _span(piece[0])
            yield LineItem(piece[0], place, span)


def _span(piece: str) -> Span | None:
    span = read_span(piece) if _RANGE.match(piece) else None
    return span if span and read_number(piece.split("-")[0]) == span[0] else None
