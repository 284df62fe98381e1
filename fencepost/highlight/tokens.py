"""Code becomes lines of tokens, the same for every format, cut where a mark begins or ends.

A token is `(kind, text)`; a kind is a letter of the theme's `code` colours, or empty for plain text.
The texts of a line, joined, are the author's line: nothing is stripped, added or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from time import process_time
from typing import Any, NamedTuple

from fencepost.fence.model import Chars
from fencepost.highlight.lexers import find_lexer

Token = tuple[str, str]
Piece = tuple[str, str, Chars | None]  # a token, and the mark it lies in

LONGEST_LINE = 5_000  # characters; beyond, lexers that look ahead take time by the square
LARGEST_BLOCK = 500_000
_LONG_BLANKS = re.compile(r"(?:\A|\S)\s{2000}")  # where many lexers go back and forth
MOST_SEARCHED = 30_000_000  # characters looked through for the ends of comments that have none
_OPEN = {"/*": "*/", "<!--": "-->", "(*": "*)", "{-": "-}"}  # comments, whose end many lexers look for each time
# the last resort, and said, for lexers that go back and forth all the same; ordinary code takes a tenth of it, so that
# it does not matter how busy the machine is: of a processor, for any block, and for each character
SECONDS, SECONDS_EACH = 3.0, 1 / 20_000

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


class Plain(NamedTuple):
    """Where in a block colours end: the first line that is plain, from 1; why, and what helps."""

    line: int
    reason: str
    help: str


class _Coloured(NamedTuple):
    """Lines of tokens, and where their colours end."""

    lines: tuple[tuple[Token, ...], ...]
    plain: Plain | None = None


def highlight(code: str, lang: str | None) -> tuple[tuple[Token, ...], ...]:
    """Split code into lines of tokens.

    >>> highlight("def f():\\n\\n  # x ", "python")[2]
    (('', '  '), ('c', '# x '))
    >>> highlight("a < b", "no such language")
    ((('', 'a < b'),),)
    """
    return _coloured(code, lang).lines


def plain_from(code: str, lang: str | None) -> Plain | None:
    """Say where `highlight` leaves code of a language without colours; None where all has them, or none was asked for.

    >>> plain_from("x = 1", "python") is None
    True
    """
    return _coloured(code, lang).plain


@lru_cache(maxsize=512)
def _coloured(code: str, lang: str | None) -> _Coloured:
    lexer = find_lexer(lang or "")
    plain = _too_large(code) if lexer else None
    if lexer is None or plain:
        return _Coloured(tuple((("", line),) if line else () for line in code.split("\n")), plain)
    ended: list[Plain] = []
    lines = tuple(_lines(_tokens(lexer, code, ended)))
    assert len(lines) == code.count("\n") + 1
    return _Coloured(lines, ended[0] if ended else None)


def _too_large(code: str) -> Plain | None:
    """Say why code is not given to a lexer at all."""
    lines = code.split("\n")
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    if len(lines[longest]) > LONGEST_LINE:
        return Plain(1, f"its line {longest + 1} has more than {LONGEST_LINE} characters", "break the line")
    if len(code) > LARGEST_BLOCK:
        return Plain(1, f"it has more than {LARGEST_BLOCK} characters", _DIVIDE)
    blank = _LONG_BLANKS.search(code)
    if blank:
        number = code.count("\n", 0, blank.start()) + 1
        return Plain(1, f"2000 spaces or empty lines follow each other from its line {number} on", "take them out")
    return _too_open(code)


def _too_open(code: str) -> Plain | None:
    """Say whether comments are opened again and again behind the last end of one."""
    for begin, end in _OPEN.items():
        after = code.rfind(end) + 1
        count = code.count(begin, after)
        if count * (len(code) - after) > MOST_SEARCHED:
            return Plain(1, f"{count} comments `{begin}` in it are never closed", f"close them with `{end}`")
    return None


_DIVIDE = "divide the block, or write `text` behind the fence"


def _tokens(lexer: Any, code: str, ended: list[Plain]) -> Iterator[Token]:
    """Name the kind of each token. Many lexers need the final line end, which is taken off again.

    Where colours end too early, `ended` is told.
    """
    seconds = SECONDS + SECONDS_EACH * len(code)
    place, late, reason = 0, process_time() + seconds, ""
    waiting: tuple[Any, str] | None = None
    for start, kind, text in lexer.get_tokens_unprocessed(code + "\n"):
        if start != place:
            reason = "the highlighter of its language left something out"
        elif process_time() > late:
            reason = f"the highlighter of its language took more than {seconds:.0f} seconds"
        if reason:
            break
        place += len(text)
        if waiting:
            yield _named(*waiting, text)
        waiting = (kind, text) if place <= len(code) else (kind, text[: len(code) - place])
    if waiting:
        yield _named(*waiting, "")
    if place < len(code):  # too much, or a lexer that skips: the author's text goes on, plain
        ended.append(Plain(code.count("\n", 0, place) + 1, reason or "the highlighter of its language ended", _DIVIDE))
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
