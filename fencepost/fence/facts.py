"""What `inspect` says about a code block: plain data in the shape of the recorded facts (tests/oracle)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fencepost.fence import Fence, Marks, number_width, read_fence, resolve_fence
from fencepost.fence.model import HIDDEN, KINDS, MARK, SPECIAL

COUNTED = ("auto", "rehype-pretty-code")  # whose tool says how wide the widest number is


def fence_facts(
    lang: str | None,
    meta: str,
    code: str,
    line: int | None,
    dialect: str = "auto",
    *,
    magic: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Say what one fence asks for and what that comes to on its code.

    >>> fence_facts("js", 'title="a.js" {2-9}', "one\\ntwo", 7)["highlighted_lines"]
    [2]
    """
    fence = read_fence(lang, meta, dialect, magic)
    marks = resolve_fence(fence, code, dialect)
    fence = marks.asked or fence
    numbers = _numbers(fence, marks.line_count)
    if numbers and dialect not in COUNTED:
        del numbers["max_digits"]
    return {
        "line": line,
        "lang": lang,
        "meta": meta,
        "id": fence.identifier,
        "classes": list(fence.classes),
        "attributes": [list(pair) for pair in fence.attributes],
        "title": marks.title,
        "caption": fence.caption,
        "line_numbers": numbers,
        **_lines(marks),
        **_words(marks),
        **_look(fence, marks),
        "code": marks.code,
    }


def _numbers(fence: Fence, count: int) -> dict[str, Any] | None:
    if fence.start_text:  # what Docusaurus reads of `showLineNumbers=x`
        return {"start": "NaN", "max_digits": 1}
    start = fence.start
    if start is None:
        return None
    numbers: dict[str, Any] = {"start": start, "max_digits": number_width(start, count)}
    for look in (HIDDEN, SPECIAL):
        if lines := [line for line in range(1, count + 1) if fence.number_look(line) == look]:
            numbers[look] = lines
    return numbers


def _lines(marks: Marks) -> dict[str, Any]:
    kinds = {kind: marks.of_kind(kind) for kind in KINDS if kind != MARK}
    return {
        "highlighted_lines": list(marks.highlighted_lines),
        "line_ids": {str(line): name for line, name in marks.line_ids},
        **kinds,
        "labels": {str(line): label for line, label in marks.labels},
    }


def _words(marks: Marks) -> dict[str, Any]:
    """List marked words twice: with the ids of rehype-pretty-code, and with the kinds of Expressive Code."""
    rows = [chars._asdict() for chars in marks.chars]
    return {
        "chars": [{key: value for key, value in row.items() if key != "kind"} for row in rows],
        "marks": [{key: value for key, value in row.items() if key != "id"} for row in rows],
    }


def _look(fence: Fence, marks: Marks) -> dict[str, Any]:
    wrap = fence.wrap
    return {
        "frame": marks.frame,
        "wrap": wrap is not None,
        "preserve_indent": wrap is None or wrap.preserve_indent,
        "hanging_indent": wrap.hanging if wrap else 0,
        "collapse_ranges": list(fence.collapse),
        "collapsed": [list(span) for span in marks.collapsed],
    }
