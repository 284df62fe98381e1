"""What `inspect` says about a code block: plain data in the shape of the recorded facts (tests/oracle)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fencepost.fence import Fence, Marks, number_width, read_fence, resolve_fence


def fence_facts(lang: str | None, meta: str, code: str, line: int | None, dialect: str = "auto") -> dict[str, Any]:
    """Say what one fence asks for and what that comes to on its code.

    >>> fence_facts("js", 'title="a.js" {2-9}', "one\\ntwo", 7)["highlighted_lines"]
    [2]
    """
    fence = read_fence(lang, meta, dialect)
    marks = resolve_fence(fence, code, dialect)
    return {"line": line, "lang": lang, "meta": meta, **_asked(fence), **_found(fence, marks), "code": code}


def _asked(fence: Fence) -> dict[str, Any]:
    return {"title": fence.title, "caption": fence.caption}


def _found(fence: Fence, marks: Marks) -> dict[str, Any]:
    return {
        "line_numbers": _numbers(fence.start, marks.line_count),
        "highlighted_lines": list(marks.highlighted_lines),
        "line_ids": {str(line): name for line, name in marks.line_ids},
        "chars": [asdict(chars) for chars in marks.chars],
    }


def _numbers(start: int | None, count: int) -> dict[str, int] | None:
    return None if start is None else {"start": start, "max_digits": number_width(start, count)}
