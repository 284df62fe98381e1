"""The dialect of VitePress: `js{1,3-5} [title]`, `js:line-numbers=5 {2}`, and Shiki's `[!code …]` comments in the code.

The info string is read as a whole, because the language may be glued to what follows it. A group at its end is read
first, as attributes; only where there is none does a list of lines elsewhere count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.fence import notation
from fencepost.fence.cover import first_cover
from fencepost.fence.javascript import LIMIT, parse_int, read_number, trimmed, trimmed_end
from fencepost.fence.model import ERROR, MARK, WARNING, Fence, LineItem, Marks, Span

_TITLE = re.compile(r"\A[^\[]*\[(.*)\]")
_LINES = re.compile(r"\{([0-9,-]+)\}")
_NUMBERS = re.compile(r":line-numbers(?:\Z| |=)")
_EQUALS = re.compile(r"=([0-9]*)")
_LIST = re.compile(r"(?:\[[^\]]*\])?[^0-9,-]*([0-9,-]+)")
_NUMBERED = re.compile(r":(?:no-)?line-numbers(?:=[0-9]*)?\Z")
_VUE = re.compile(r"-vue(?=:|\Z)")
_KEY_SIGNS = frozenset("\t\n\f />\"'=")  # that no attribute's name has


def parse(lang: str | None, meta: str) -> Fence:
    """Read language and meta of one fence.

    >>> fence = parse("js{2}:line-numbers=5", "[a.js]")
    >>> fence.lang, fence.title, [item.span for item in fence.lines], fence.start
    ('js', 'a.js', [(2, 2)], 5)
    """
    written = f"{lang or ''} {meta}".strip(" ") if meta else lang or ""
    title = _TITLE.search(written)
    info = _with_lines_last(written)
    name, _, rest = trimmed(info).partition(" ")
    numbered = _NUMBERS.search(info)
    start = _EQUALS.search(info) if numbered else None
    return Fence(
        lang=_VUE.sub("", _NUMBERED.sub("", _EQUALS.sub("", name, count=1))) or None,
        meta=meta,
        title=title[1] if title else None,
        start=(read_number(start[1]) if start and start[1] else 1) if numbered else None,
        lines=tuple(_lines(rest, meta)),
    )


def _with_lines_last(info: str) -> str:
    """Take the group that lists lines out of the info string, and put the list behind it; the title goes."""
    first = None
    if _ends_in_group(info):
        place = info.rindex("{")
        first = _first_attribute(info[place + 1 :])
        info = info[: place - 1] if place and info[place - 1] in " \n" else info[:place]
    info = re.sub(r" active\Z", "", re.sub(r"\[.*\]", "", info, count=1)).replace(" active ", " ", 1)
    if first is not None:
        return f"{info} {first}" if re.search("[0-9,-]", first) else info
    found = _LINES.search(info)
    return f"{trimmed(info[: found.start()] + info[found.end() :])} {found[1]}" if found else info


def _ends_in_group(info: str) -> bool:
    """Say whether an attribute group ends the info string, as markdown-it-attrs sees it."""
    start = info.rfind("{")
    end = info.find("}", start + 2) if start >= 0 else -1
    if end < 0 or end != len(info) - 1:
        return False
    return end - start >= (3 if info[start + 1] in ".#" else 2)


def _first_attribute(text: str) -> str | None:
    """Read the name of the first attribute of a group; `{.x}` is called class, `{#x}` id."""
    key = ""
    for sign in text:
        if sign == "}" or (sign == " " and key):
            break
        if sign in ".#" and not key:
            return "class" if sign == "." else "id"
        if sign == "=":
            break
        key += "" if sign in _KEY_SIGNS else sign
    return key or None


def _lines(text: str, meta: str) -> Iterator[LineItem]:
    """Read the first list of numbers in what stands behind the language."""
    found = _LIST.match(trimmed(text))
    for piece in found[1].split(",") if found else ():
        if piece:
            yield LineItem(piece, max(meta.find(piece), 0), _span(piece))


def _span(piece: str) -> Span | None:
    """Read `3`, `2-4`; `2-` is line 2, and so is `2-0`; `4-2` is none."""
    numbers = [parse_int(part) for part in piece.split("-")]
    first, last = numbers[0], numbers[1] if len(numbers) > 1 else None
    if first is None:
        return None
    if not first or not last:
        return first, first
    return (first, min(last, LIMIT)) if first <= last else None


def resolve(fence: Fence, code: str) -> Marks:
    """Find on the code what the fence asks for, and what comments in it do."""
    lines = re.split(r"\r?\n", trimmed_end(code))
    spans = [item.span for item in fence.lines if item.span]
    marked = first_cover(spans, len(lines))
    written = [notation.Line(text, {MARK} if number in marked else set()) for number, text in enumerate(lines, 1)]
    shown = notation.read(written, (fence.lang or "").lower()) or [notation.Line("", set())]
    return Marks(
        line_count=len(shown),
        highlighted_lines=tuple(at for at, line in enumerate(shown, 1) if line.kinds & {MARK, ERROR, WARNING}),
        code="\n".join(line.text for line in shown),
        lang=fence.lang,
        title=fence.title,
        kinds=tuple((at, kind) for at, line in enumerate(shown, 1) for kind in sorted(line.kinds - {MARK})),
        offered=len(lines),
    )
