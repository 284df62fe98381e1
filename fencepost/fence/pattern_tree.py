"""A JavaScript pattern that `pattern_syntax` could read, as a tree and as a program for `stepping`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from fencepost.fence.javascript import read_number
from fencepost.fence.pattern_syntax import TOKEN, WRITTEN
from fencepost.fence.stepping import Node, Program, assembled

_WORDS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_LOOKS = {"(?=": (True, True), "(?!": (True, False), "(?<=": (False, True), "(?<!": (False, False)}  # ahead, wanted


def program_of(pattern: str) -> Program:
    """Write a pattern as a program.

    Raises:
        ValueError: it would be too large, or the pattern cannot be read.
    """
    reading = _Reading(pattern)
    node = reading.alternatives()
    if reading.place != len(reading.tokens):
        raise ValueError("it cannot be read")
    return assembled(node, len(reading.names), looks_back=reading.looks_back)


class _Reading:
    """A pattern's tokens, and how far they are read."""

    def __init__(self, pattern: str) -> None:
        self.tokens = [(str(found.lastgroup), found[0]) for found in TOKEN.finditer(pattern)]
        self.place = 0
        self.opened = 0
        self.looks_back = False
        self.names = [
            text[3:-1] if kind == "group" else ""
            for kind, text in self.tokens
            if kind == "open" or (kind == "group" and text.endswith(">"))
        ]  # of the groups that are kept, in order

    def alternatives(self) -> Node:
        """Read up to the parenthesis that closes, or to the end."""
        parts = [self._sequence()]
        while self._next() == ("other", "|"):
            self.place += 1
            parts.append(self._sequence())
        return ("any", parts) if len(parts) > 1 else parts[0]

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while (token := self._next()) not in (("other", "|"), ("other", ")")) and token[0] != "end":
            self.place += 1
            if token[0] == "repeat":
                parts[-1] = ("repeat", parts[-1], *_bounds(token[1]))
            else:
                parts.append(self._item(*token))
        return "all", parts

    def _item(self, kind: str, text: str) -> Node:
        if kind in ("group", "open"):
            return self._group(text)
        if kind == "escape":
            return self._escape(text)
        if kind == "other" and text in "^$":
            return "test", _at_start if text == "^" else _at_end
        return "char", _one_of(WRITTEN[kind](text, 0))

    def _group(self, text: str) -> Node:
        is_kept = text == "(" or text.endswith(">")
        self.opened += is_kept
        number = self.opened
        inside = self.alternatives()
        self.place += 1  # over the parenthesis
        if is_kept:
            return "group", number, inside
        return ("look", *_LOOKS[text], inside) if text in _LOOKS else inside

    def _escape(self, text: str) -> Node:
        sign = text[1]
        if sign in "bB":
            return "test", _at_boundary if sign == "b" else _off_boundary
        if sign == "k" and len(text) > 2:
            return self._back(self.names.index(text[3:-1]) + 1)
        if sign in "1234567890" and text != "\\0":
            return self._number(text[1:])
        return "char", _one_of(WRITTEN["escape"](text, 0))

    def _number(self, digits: str) -> Node:
        """Read a number: that of a group, or of a character in octal, and digits."""
        if int(digits) <= len(self.names):
            return self._back(int(digits))
        octal = re.match("[0-7]{1,3}", digits)
        text = chr(int(octal[0], 8)) + digits[octal.end() :] if octal else digits
        return "all", [("char", _one_of(re.escape(char))) for char in text]

    def _back(self, number: int) -> Node:
        self.looks_back = True
        return "back", number


def _bounds(text: str) -> tuple[int, int | None, bool]:
    """Say how often at least, how often at most (None: without end), and whether less comes first.

    >>> _bounds("{2,}?")
    (2, None, True)
    """
    is_lazy = len(text) > 1 and text.endswith("?")
    if text[0] in "*+?":
        return int(text[0] == "+"), 1 if text[0] == "?" else None, is_lazy
    numbers = [read_number(digits) for digits in re.findall("[0-9]+", text)]
    return numbers[0], numbers[-1] if "," not in text or len(numbers) == 2 else None, is_lazy


@cache
def _one_of(written: str) -> Callable[[str], Any]:
    """Make the test of one character, for what `pattern_syntax` has written; each character is looked at once."""
    import regex

    program = regex.compile(written, regex.VERSION0 | regex.ASCII)
    known: dict[str, bool] = {}

    def is_one(char: str) -> bool:
        found = known.get(char)
        if found is None:
            found = known[char] = program.fullmatch(char) is not None
        return found

    return is_one


def _at_start(_text: str, place: int) -> bool:
    return place == 0


def _at_end(text: str, place: int) -> bool:
    return place == len(text)


def _at_boundary(text: str, place: int) -> bool:
    return (text[place - 1 : place] in _WORDS) != (text[place : place + 1] in _WORDS)


def _off_boundary(text: str, place: int) -> bool:
    return not _at_boundary(text, place)
