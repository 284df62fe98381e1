"""Takes the indents of JSX out of a text of MDX: what stands between tags is indented like program, and is no code.

MDX has no indented code. Children that stand further in than their tag move to the tag's own column, with the fences
among them; in lists that column is the item's. Lines keep their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from fencepost.markdown import blocks
from fencepost.markdown.mdx.components import TAG

_SIGN = re.compile(r"^(?:[ ]{4}|[ ]*\t|[ ]*<[A-Za-z])", re.MULTILINE)
_HTML = re.compile(r"<(?P<close>/?)(?P<name>[a-z][\w-]*)(?P<attributes>(?:\s[^<>]*?)?)(?P<empty>/?)>")
_MARKER = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]|\[\^[^\]]+\]:|!!!|\?\?\?|===)")
_VOID = frozenset(["br", "hr", "img", "input", "source"])
_VERBATIM = frozenset(["pre", "script", "style", "textarea"])
_DEEP = 4  # columns that make code of a line
_LONGEST = 40  # lines of one opening tag


@dataclass(slots=True)
class _Open:
    """A tag that is open: its column, how far it has moved itself, how far its children do (None before the first).

    `in_list` says whether it stands in a list itself.
    """

    name: str
    column: int
    moved: int
    in_list: bool
    shift: int | None = None


@dataclass(slots=True)
class _State:
    """Where the walk is: open tags, the verbatim element that it is in, and how far lines move there."""

    stack: list[_Open] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)  # of the open tags: an end without a start costs no search
    verbatim: str = ""
    shift: int = 0
    in_list: bool = False
    tag_ends: int = -1


def without_indents(body: str) -> str:
    """Move what stands between tags to the column of its tag, and what only looks like code to the margin.

    >>> without_indents("<Tabs>\\n    <Tab>\\n        words\\n    </Tab>\\n</Tabs>\\n")
    '<Tabs>\\n<Tab>\\nwords\\n</Tab>\\n</Tabs>\\n'
    """
    return "\n".join(_moved(body.split("\n"))) if _SIGN.search(body) else body


def _moved(lines: list[str]) -> Iterator[str]:
    state = _State()
    kinds = blocks.scan(lines, mdx=True)
    for number, line in enumerate(lines):
        bare = line.lstrip(" \t")
        before = line[: len(line) - len(bare)].expandtabs(4)
        if not bare and kinds[number].kind != blocks.CODE:
            yield line
        elif state.verbatim or number <= state.tag_ends or kinds[number].kind in (blocks.CODE, blocks.ENDS):
            if f"</{state.verbatim}>" in line:
                state.verbatim = ""
            yield _without_columns(line, state.shift)
        else:
            yield _line(lines, number, bare, len(before), state)


def _without_columns(line: str, shift: int) -> str:
    """Take columns off the left; tabs behind them stay tabs, for in code they are the author's.

    >>> _without_columns("\\tx", 0), _without_columns("\\t\\tx", 4), _without_columns("\\tx", 2)
    ('\\tx', '\\tx', '  x')
    """
    column = 0
    for place, char in enumerate(line):
        if column >= shift or char not in " \t":
            return " " * max(column - shift, 0) + line[place:]
        column += 4 - column % 4 if char == "\t" else 1
    return ""


def _line(lines: list[str], number: int, bare: str, column: int, state: _State) -> str:
    """Move a line that stands in no fence, and note what it opens or ends."""
    tag, last = _tag_at(lines, number) if bare[0] == "<" else (None, number)
    stack = state.stack
    if tag and tag["close"] and state.names[tag["name"]]:
        while state.names[tag["name"]]:
            ended = stack.pop()
            state.names[ended.name] -= 1
            if ended.name == tag["name"]:
                break
        state.shift, state.in_list = ended.moved, ended.in_list
    elif stack:
        top = stack[-1]
        if top.shift is None:
            top.shift = column - top.column + top.moved if column > top.column else top.moved
        base = top.column - top.moved
        state.shift = top.shift
        state.in_list = bool(_MARKER.match(lines[number])) or (state.in_list and column - top.shift > base)
        if column - top.shift - base >= _DEEP and not state.in_list:
            state.shift = column - base
    else:
        state.in_list = bool(_MARKER.match(lines[number])) or (state.in_list and column > 0)
        state.shift = column if column >= _DEEP and not state.in_list else 0
    if tag and not tag["close"] and not tag["empty"] and tag["name"] not in _VOID:
        state.tag_ends = last
        if tag["name"] in _VERBATIM:
            state.verbatim = tag["name"]
        else:
            stack.append(_Open(tag["name"], column, state.shift, state.in_list))
            state.names[tag["name"]] += 1
            state.in_list = False
    return _without_columns(lines[number], state.shift)


def _tag_at(lines: list[str], number: int) -> tuple[re.Match[str] | None, int]:
    """Read the tag that stands alone on a line, or on several; None where there is more than the tag."""
    text = ""
    for last in range(number, min(number + _LONGEST, len(lines))):
        text += f"\n{lines[last]}"
        if ">" in lines[last]:
            bare = text.strip()
            found = TAG.fullmatch(bare) or _HTML.fullmatch(bare)
            return found, last if found else number
        if not lines[last].strip():
            break
    return None, number
