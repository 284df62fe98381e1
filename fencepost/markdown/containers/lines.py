"""Finds containers in the text of a post, line by line; pure.

A container whose end is not found is none: its words stay as they are written. What stands in code is not looked
at (see `blocks`), and what is found wrongly elsewhere can be taken back (see `carrier`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from fencepost.markdown import blocks

TAB = "tab"  # what `=== "name"` opens


@dataclass(frozen=True, slots=True)
class Container:
    """A container: its first and last line (from 0), its word, its title, whether it folds (`+` open, `-` closed).

    `title` is None where the author gave none, empty where none is wanted (`!!! note ""`). `indent` is what its body is
    indented by, 0 where markers enclose it.
    """

    first: int
    last: int
    word: str
    title: str | None
    prefix: str
    fold: str = ""
    indent: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


_PREFIX = rf"(?P<prefix>{blocks.PREFIX})"
PREFIX = re.compile(_PREFIX)
_COLONS = re.compile(_PREFIX + r"(?P<colons>:{3,})(?P<rest>.*)$")
_SLASHES = re.compile(_PREFIX + r"(?P<slashes>/{3,})[ \t]*(?P<word>[\w-]*)(?P<rest>.*)$")
_BANGS = re.compile(
    _PREFIX + r"(?P<bangs>!!!|\?\?\?\+?)[ \t]+(?P<word>[\w-]+)(?P<classes>(?:[ \t]+[\w-]+)*)"
    r"(?:[ \t]+(?P<quote>\"(?P<title>[^\"\n]*)\"))?[ \t]*$"
)
_TAB = re.compile(_PREFIX + r"===[+!]?[ \t]+[\"“](?P<title>[^\"“”\n]+)[\"”][ \t]*$")
_WORD = re.compile(r"(?P<word>[\w-]+)")
_BRACES = re.compile(r"\{(?P<inside>[^{}]*)\}[ \t]*$")
_BRACKETS = re.compile(r"\[(?P<title>.*)\]$")
_ATTRIBUTE = re.compile(
    r"""\.(?P<class>[\w-]+)|\#(?P<id>[\w-]+)|(?<![\w-])(?P<name>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s}"']+))"""
)


@dataclass(slots=True)
class _Open:
    """A container whose end has not come yet."""

    line: int
    length: int
    mark: str
    word: str
    title: str | None
    prefix: str
    fold: str
    attributes: dict[str, str]


def find_containers(
    lines: list[str], kinds: tuple[frozenset[str] | None, ...], *, innermost: bool = False
) -> list[Container]:
    """List the containers of a post, in the order of their first lines.

    `kinds` are the words that open one after `:::`, `!!!` and `///` (None: any word). With `innermost`, an end marker
    of any length ends the innermost container, as in pandoc; else one that is not shorter than its own.
    """
    colons, bangs, slashes = kinds
    found: list[Container] = []
    stack = _Stack(innermost)
    for number, line in blocks.outside_code(lines):
        if ":::" in line and (match := _COLONS.match(line)):
            _take_colons(match, number, stack, found)
        elif "///" in line and (match := _SLASHES.match(line)):
            _take_slashes(match, number, stack, found)
        elif ("!!!" in line or "???" in line) and (match := _BANGS.match(line)):
            found += _indented(match, number, lines)
        elif "===" in line and (match := _TAB.match(line)):
            last = _indented_end(lines, number, _width(match["prefix"]) + 4)
            found += [Container(number, last, TAB, match["title"], match["prefix"], "", 4)] if last is not None else []
    tabs = None if bangs is None or bangs else frozenset[str]()  # MkDocs has both
    wanted = {":": colons, "!": bangs, "/": slashes, "=": tabs}
    known = [item for item in found if _is_known(item, lines, wanted)]
    return sorted(known, key=lambda item: item.first)


def _indented(match: re.Match[str], number: int, lines: list[str]) -> list[Container]:
    """Read `!!! note "Title"`; none where nothing is indented below it."""
    last = _indented_end(lines, number, _width(match["prefix"]) + 4)
    if last is None:
        return []
    fold = {"!!!": "", "???": "-", "???+": "+"}[match["bangs"]]
    title = match["title"] if match["quote"] else None
    return [Container(number, last, match["word"].lower(), title, match["prefix"], fold, 4)]


def _is_known(item: Container, lines: list[str], wanted: dict[str, frozenset[str] | None]) -> bool:
    sign = lines[item.first][len(item.prefix)]
    words = wanted["!" if sign == "?" else sign]
    return words is None or item.word in words


class _Stack:
    """The containers that are open; `innermost` as in `find_containers`."""

    def __init__(self, innermost: bool) -> None:
        self.innermost = innermost
        self.items: list[_Open] = []
        self.lengths: Counter[tuple[str, int]] = Counter()  # so that an end that fits nothing costs no search

    def open(self, item: _Open) -> None:
        """Begin a container."""
        self.items.append(item)
        self.lengths[item.mark, item.length] += 1

    def close(self, mark: str, length: int, number: int) -> Container | None:
        """End the container that a marker fits; those that were opened in it and not ended are none."""
        if not any(count and self._fits(*key, mark, length) for key, count in self.lengths.items()):
            return None
        while True:
            item = self.items.pop()
            self.lengths[item.mark, item.length] -= 1
            if self._fits(item.mark, item.length, mark, length):
                return Container(item.line, number, item.word, item.title, item.prefix, item.fold, 0, item.attributes)

    def _fits(self, opened: str, own: int, mark: str, length: int) -> bool:
        """Say whether an end marker fits: slashes of the same number; no fewer colons."""
        return opened == mark and (own == length if mark == "/" else self.innermost or own <= length)


def _take_colons(match: re.Match[str], number: int, stack: _Stack, found: list[Container]) -> None:
    length = len(match["colons"])
    rest = match["rest"].strip(" \t").rstrip(":").rstrip(" \t")
    if rest.startswith(":"):
        return
    if not rest:
        found += filter(None, [stack.close(":", length, number)])
    elif opened := _opening(rest):
        word, title, attributes = opened
        stack.open(_Open(number, length, ":", word, title, match["prefix"], "", attributes))


def _take_slashes(match: re.Match[str], number: int, stack: _Stack, found: list[Container]) -> None:
    length, rest = len(match["slashes"]), match["rest"].strip(" \t")
    if rest and not rest.startswith("|"):
        return
    if match["word"]:
        title = rest[1:].strip(" \t") or None
        stack.open(_Open(number, length, "/", match["word"].lower(), title, match["prefix"], "", {}))
    elif not rest:
        found += filter(None, [stack.close("/", length, number)])


def _opening(rest: str) -> tuple[str, str | None, dict[str, str]] | None:
    """Read what stands behind `:::`: `note`, `note[Title]{#id}`, `tip A title`, `{.callout-tip title="T"}`."""
    attributes: dict[str, str] = {}
    braces = _BRACES.search(rest)
    if braces:
        attributes = _attributes(braces["inside"])
        rest = rest[: braces.start()].rstrip()
    word = _WORD.match(rest)
    if word is None:
        names = attributes.get("class", "").split()
        name = next((name for name in names if name.startswith("callout-")), *names[:1] or [""])
        return (name, attributes.get("title"), attributes) if attributes else None
    tail = rest[word.end() :].strip()
    brackets = _BRACKETS.match(tail)
    title = brackets["title"] if brackets else attributes.get("title") or tail or None
    return word["word"].lower(), title, attributes


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inside):
        if match["class"]:
            found["class"] = f"{found.get('class', '')} {match['class']}".strip()
        elif match["id"]:
            found["id"] = match["id"]
        else:
            found[match["name"]] = match["double"] or match["single"] or match["bare"] or ""
    return found


def _width(prefix: str) -> int:
    return len(prefix.expandtabs(4))


def _indented_end(lines: list[str], first: int, width: int) -> int | None:
    """Find the blank line, or the end of the text, that follows what is indented so far; None where that is nothing."""
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip(" \t>"):
            continue
        expanded = line.expandtabs(4)
        if len(expanded) - len(expanded.lstrip(" >")) < width:
            break
        last = number
    after = last + 1
    if last == first or (after < len(lines) and lines[after].strip(" \t>")):
        return None
    return after


def dedented(line: str, at: int) -> str:
    """Take four blanks, or a tab, out of a line behind what quotes and lists put before it."""
    head, rest = line[:at], line[at:]
    if rest.startswith("\t"):
        return head + rest[1:]
    return head + rest[min(4, len(rest) - len(rest.lstrip(" "))) :]
