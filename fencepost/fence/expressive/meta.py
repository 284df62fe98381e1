"""Expressive Code's meta as options: `key`, `key=bare`, `key="text"`, `/pattern/`, `key={1,3-5}`.

Values in delimiters are found first and blanked out; what is left are flags and bare values. A value
that nothing closes, or that is followed by anything but a blank, is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fencepost.fence.javascript import BLANKS

TEXT, PATTERN, RANGE, FLAG = "text", "pattern", "range", "flag"
_CLOSERS = {
    # opened by   closed by    what it holds
    "'":          ("'",        TEXT),
    '"':          ('"',        TEXT),
    "/":          ("/",        PATTERN),
    "{":          ("}",        RANGE),
}  # fmt: skip
_HEAD = re.compile(rf"(?:[{BLANKS}]|^)(?:([^{BLANKS}'\"/{{=]+)[{BLANKS}]*=[{BLANKS}]*)?(['\"/{{])")
_SIMPLE = re.compile(rf"([^{BLANKS}=]+)(?:[{BLANKS}]*=[{BLANKS}]*([^{BLANKS}]+))?")
_CLOSE = re.compile(rf"\\.|(['\"/}}])(?=[{BLANKS}]|\Z)")


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `column` is where its value stands in the meta; a flag's value is `true` or `false`."""

    kind: str
    key: str
    value: str
    column: int

    def is_named(self, *names: str) -> bool:
        """Say whether the key is one of these, upper and lower case alike."""
        return self.key.lower() in names


def read_options(meta: str) -> list[Option]:
    """List the options in the order in which they are written.

    >>> [(option.key, option.value) for option in read_options('ins={2} wrap title = "a \\\\" b" x=y')]
    [('ins', '2'), ('wrap', 'true'), ('title', 'a " b'), ('x', 'y')]
    """
    found, rest = [], list(meta)
    for begin, end, option in _delimited(meta):
        found.append((begin, option))
        rest[begin:end] = " " * (end - begin)
    for match in _SIMPLE.finditer("".join(rest)):
        value = match[2] if match[2] not in (None, "true", "false") else ""
        option = Option(TEXT, match[1], value, match.start(2)) if value else _flag(match)
        found.append((match.start(), option))
    return [option for _, option in sorted(found, key=lambda pair: pair[0])]


def _flag(match: re.Match[str]) -> Option:
    return Option(FLAG, match[1], match[2] or "true", match.start())


def _delimited(meta: str) -> Iterator[tuple[int, int, Option]]:
    """Find values in delimiters, from left to right: each ends at the first closing sign that a blank follows."""
    closings: dict[str, list[int]] = {closer: [] for closer, _ in _CLOSERS.values()}
    for match in _CLOSE.finditer(meta):
        if match[1]:
            closings[match[1]].append(match.start())
    at = 0
    while head := _HEAD.search(meta, at):
        closer, kind = _CLOSERS[head[2]]
        places = closings[closer]
        nearest = bisect_left(places, head.end())
        if nearest == len(places):
            at = head.start() + 1
            continue
        at = places[nearest] + 1
        value = re.sub(rf"\\(\\|{re.escape(closer)})", r"\1", meta[head.end() : at - 1])
        yield head.start(), at, Option(kind, head[1] or "", value, head.end())


def last(options: list[Option], name: str, kind: str) -> str | None:
    """Give the last value of a name and a kind; None where there is none."""
    return next((option.value for option in reversed(options) if option.kind == kind and option.is_named(name)), None)


def last_flag(options: list[Option], name: str) -> bool | None:
    """Say whether a flag is set; None where it is not mentioned."""
    value = last(options, name, FLAG)
    return None if value is None else value == "true"


def last_number(options: list[Option], name: str, read: Callable[[str], int | None]) -> int | None:
    """Give the last value of a name that is a number, in quotes, in braces or bare."""
    values = (read(option.value) for option in options if option.is_named(name) and option.kind in (TEXT, RANGE))
    return next((value for value in reversed([*values]) if value is not None), None)
