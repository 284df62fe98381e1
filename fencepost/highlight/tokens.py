"""Code becomes lines of tokens, the same for every format, cut where a mark begins or ends.

A token is `(kind, text)`; a kind is a letter of the theme's `code` colours, or empty for plain text.
The texts of a line, joined, are the author's line: nothing is stripped, added or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any

from fencepost.fence.model import Chars
from fencepost.highlight.lexers import find_lexer

Token = tuple[str, str]
Piece = tuple[str, str, Chars | None]  # a token, and the mark it lies in

LONGEST_LINE = 5_000  # characters; beyond, lexers that look ahead take time by the square
LARGEST_BLOCK = 500_000
_LONG_BLANKS = re.compile(r"(?:\A|\S)\s{2000}")  # where many lexers go back and forth
SECONDS = 3.0  # what one block may take before the rest of it is printed plain

KINDS = {
    # Pygments' token type          kind      the nearest type that is listed counts
    "Comment":                      "c",
    "Comment.Preproc":              "d",
    "Comment.PreprocFile":          "s",
    "Generic.Deleted":              "x",
    "Generic.Error":                "e",
    "Generic.Heading":              "h",
    "Generic.Inserted":             "i",
    "Generic.Prompt":               "o",
    "Generic.Strong":               "h",
    "Generic.Subheading":           "h",
    "Generic.Traceback":            "e",
    "Keyword":                      "k",
    "Keyword.Type":                 "t",
    "Literal":                      "n",
    "Literal.String":               "s",
    "Literal.String.Escape":        "n",
    "Literal.String.Interpol":      "n",
    "Name.Attribute":               "d",
    "Name.Builtin":                 "f",
    "Name.Builtin.Pseudo":          "v",
    "Name.Class":                   "t",
    "Name.Constant":                "n",
    "Name.Decorator":               "d",
    "Name.Entity":                  "n",
    "Name.Exception":               "t",
    "Name.Function":                "f",
    "Name.Label":                   "d",
    "Name.Tag":                     "t",
    "Name.Variable":                "v",
    "Operator":                     "o",
    "Operator.Word":                "k",
}  # fmt: skip
CALLABLE = frozenset({"Name", "Name.Other"})  # plain names: one before `(` is being called

_kinds: dict[Any, str] = {}  # by Pygments' own token type, filled as types are met


@lru_cache(maxsize=512)
def highlight(code: str, lang: str | None) -> tuple[tuple[Token, ...], ...]:
    """Split code into lines of tokens.

    >>> highlight("def f():\\n\\n  # x ", "python")[2]
    (('', '  '), ('c', '# x '))
    >>> highlight("a < b", "no such language")
    ((('', 'a < b'),),)
    """
    lexer = find_lexer(lang or "") if _is_reasonable(code) else None
    if lexer is None:
        return tuple((("", line),) if line else () for line in code.split("\n"))
    lines = tuple(_lines(_tokens(lexer, code)))
    assert len(lines) == code.count("\n") + 1
    return lines


def _is_reasonable(code: str) -> bool:
    if len(code) > LARGEST_BLOCK or max(map(len, code.split("\n"))) > LONGEST_LINE:
        return False
    return not _LONG_BLANKS.search(code)


def _tokens(lexer: Any, code: str) -> Iterator[Token]:
    """Name the kind of each token. Many lexers need the final line end, which is taken off again."""
    place, late = 0, monotonic() + SECONDS
    waiting: tuple[Any, str] | None = None
    for start, kind, text in lexer.get_tokens_unprocessed(code + "\n"):
        if start != place or monotonic() > late:
            break
        place += len(text)
        if waiting:
            yield _named(*waiting, text)
        waiting = (kind, text) if place <= len(code) else (kind, text[: len(code) - place])
    if waiting:
        yield _named(*waiting, "")
    if place < len(code):  # out of time, or a lexer that skips: the author's text goes on, plain
        yield "", code[place:]


def _named(kind: Any, text: str, following: str) -> Token:
    found = _kinds.get(kind)
    if found is None:
        found = _kinds[kind] = _kind(kind)
    if found == "call":
        found = "f" if following.startswith("(") else ""
    return "" if text == "." else found, text


def _kind(kind: Any) -> str:
    """Look a token type up, then its parent."""
    name = str(kind).removeprefix("Token").removeprefix(".")
    if name in CALLABLE:
        return "call"
    while name and name not in KINDS:
        name = name.rpartition(".")[0]
    return KINDS.get(name, "")


def _lines(tokens: Iterable[Token]) -> Iterator[tuple[Token, ...]]:
    """Break tokens at line ends; neighbours of one kind become one token."""
    line: list[Token] = []
    for kind, text in tokens:
        first, *others = text.split("\n")
        _append(line, kind, first)
        for other in others:
            yield tuple(line)
            line = []
            _append(line, kind, other)
    yield tuple(line)


def _append(line: list[Token], kind: str, text: str) -> None:
    if line and line[-1][0] == kind:
        line[-1] = kind, line[-1][1] + text
    elif text:
        line.append((kind, text))


def cut(lines: Sequence[Sequence[Token]], chars: Iterable[Chars]) -> list[list[Piece]]:
    """Cut tokens where a mark begins or ends. The marks come in order and do not overlap, as `resolve` gives them.

    >>> cut([[("k", "def"), ("", " f")]], [Chars(1, 2, 5, "f f", "v")])[0][0]
    ('k', 'de', None)
    """
    marks: dict[int, list[Chars]] = {}
    for mark in chars:
        marks.setdefault(mark.line, []).append(mark)
    return [list(_cut_line(line, marks.get(number, []))) for number, line in enumerate(lines, 1)]


def _cut_line(line: Sequence[Token], marks: list[Chars]) -> Iterator[Piece]:
    place, following = 0, iter(marks)
    mark = next(following, None)
    for kind, text in line:
        begin, end = place, place + len(text)
        while place < end:
            while mark and mark.end <= place:
                mark = next(following, None)
            inside = mark is not None and mark.start <= place
            stop = end if mark is None else min(end, mark.end if inside else mark.start)
            yield kind, text[place - begin : stop - begin], mark if inside else None
            place = stop
