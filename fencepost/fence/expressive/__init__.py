"""The dialect of Expressive Code (Astro Starlight): `title="x.js" ins={2} del="old" /re(gex)/ wrap collapse={4-9}`.

What the tool itself fails on (a frame that is none, line 0) is a fault here, and the rest of the fence counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.fence.expressive.code import resolve
from fencepost.fence.expressive.meta import (
    PATTERN,
    RANGE,
    TEXT,
    Option,
    last,
    last_flag,
    last_number,
    read_options,
)
from fencepost.fence.javascript import parse_int, read_number, trimmed
from fencepost.fence.model import DEL, EDITOR, INS, MARK, NONE, TERMINAL, Fault, Fence, LineItem, WordMark, Wrap
from fencepost.fence.numbers import read_items

__all__ = ["parse", "resolve"]

# what a key means: these are case-sensitive in the tool, all others are not
MARKERS = {"": MARK, "mark": MARK, "ins": INS, "add": INS, "del": DEL, "rem": DEL}
FRAMES = {
    "code": EDITOR, "editor": EDITOR, "terminal": TERMINAL, "shell": TERMINAL, "none": NONE, "": NONE, "auto": None,
}  # fmt: skip
_LABEL = re.compile(r"\s*?([\"'])((?:(?!\1).)+?)\1:\s*?")
_INTEGER = re.compile(r"-?[0-9]+\Z")


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("js", 'title="a.js" ins={2} del="old"')
    >>> fence.title, fence.lines[0].kind, fence.words[0].kind
    ('a.js', 'ins', 'del')
    """
    options = read_options(meta)
    code_lang = last(options, "lang", TEXT) if lang == "diff" else None
    diff = last_flag(options, "usediffsyntax")
    start = last_number(options, "startlinenumber", _integer)
    frame = last(options, "frame", TEXT)
    return Fence(
        lang=code_lang or lang,
        meta=meta,
        title=last(options, "title", TEXT),
        start=(1 if start is None else start) if last_flag(options, "showlinenumbers") else None,
        lines=tuple(item for option in options if option.kind == RANGE for item in _lines(option)),
        words=tuple(_words(options)),
        wrap=_wrap(options),
        collapse=tuple(option.value for option in options if option.kind == RANGE and option.is_named("collapse")),
        frame=FRAMES.get(frame) if frame is not None else None,
        reads_diff=bool(code_lang) if diff is None else diff,
        faults=tuple(_faults(options)),
    )


def _integer(text: str) -> int | None:
    number = trimmed(text)
    return read_number(number) if _INTEGER.match(number) else None


def _lines(option: Option) -> Iterator[LineItem]:
    """Read the lines of a range, after its label: `{"A":3-5}`."""
    if kind := MARKERS.get(option.key):
        label = _LABEL.match(option.value)
        start = label.end() if label else 0
        yield from read_items(option.value[start:], option.column + start, kind, label[2] if label else None)


def _words(options: list[Option]) -> Iterator[WordMark]:
    for option in options:
        if option.kind in (TEXT, PATTERN) and option.value and (kind := MARKERS.get(option.key)):
            yield WordMark(option.value, option.column, kind=kind, is_pattern=option.kind == PATTERN)


def _wrap(options: list[Option]) -> Wrap | None:
    if not last_flag(options, "wrap"):
        return None
    hanging = last_number(options, "hangingindent", _integer)
    return Wrap(last_flag(options, "preserveindent") is not False, hanging or 0)


def _faults(options: list[Option]) -> Iterator[Fault]:
    for option in options:
        if option.kind == TEXT and option.is_named("frame") and option.value not in FRAMES:
            names = ", ".join(name for name in FRAMES if name)
            yield Fault("fence-frame", f"`{option.value[:40]}` is no frame", option.column, f"frames are {names}")
        if option.kind == RANGE and option.is_named("collapse"):
            pieces = [piece.split("-") for piece in option.value.split(",")]
            for piece in pieces:
                if len(piece) != 2 or None in [parse_int(part) for part in piece]:
                    text = "-".join(piece)[:40]
                    yield Fault("fence-range", f"`{text}` folds no lines", option.column, "write collapse={2-5,9-12}")
