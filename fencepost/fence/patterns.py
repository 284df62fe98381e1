"""JavaScript's regular expressions, with a bound on their work: a pattern from a post must not stall the run.

The pattern is written anew for the `regex` package: what JavaScript means by `\\w`, `.`, `$`, `[^]` and a group
that took no part, and nothing that only Python's engines know. Where the most that it can cost on a line is little,
that package runs it; where it may cost more (`(a+)+`, `.*x.*y` on a long line), `stepping` does, in counted steps.
No clock is asked: the same post gives the same marks on a busy machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fencepost.fence.javascript import read_number
from fencepost.fence.model import MOST_STEPS
from fencepost.fence.pattern_syntax import TOKEN, PatternError, translated
from fencepost.fence.pattern_tree import program_of
from fencepost.fence.stepping import Program, Steps, found_in

LONGEST = 1_000  # characters of a pattern
LITTLE = 400_000  # of the package's steps on one line, at most: some ms
WORTH = 50  # of the package's steps are one of ours


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """Make a JavaScript pattern ready.

    Raises:
        PatternError: it is no pattern, or too large.
    """
    import regex  # 20 ms that a post without patterns need not wait for

    if len(pattern) > LONGEST:
        raise PatternError(f"it has more than {LONGEST} characters")
    try:
        return regex.compile(translated(pattern), regex.VERSION0 | regex.ASCII)
    except (regex.error, RecursionError, OverflowError, IndexError) as error:
        raise PatternError(str(error).split(" at position")[0]) from None


def matches(pattern: str, lines: list[str], steps: Steps | None = None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Give line (from 1) and the ranges to mark for each match: its groups that took part, else the whole.

    Raises:
        PatternError: it is no pattern, or too large.
        LateError: the steps are used up; what was found until then has been given.
    """
    program, steps = compiled(pattern), steps or Steps(MOST_STEPS)
    for number, line in enumerate(lines, 1):
        cost = most_work(pattern, len(line))
        if cost <= LITTLE:
            steps.spend(1 + cost // WORTH)
            for found in _in_line(program, line):
                spans = [found.span(group) for group in range(1, program.groups + 1)]
                yield number, [span for span in spans if span[0] >= 0] or [found.span()]
            continue
        for start, end, places in found_in(stepped(pattern), line, steps):
            pairs = zip(places[::2], places[1::2], strict=True)
            yield number, [span for span in pairs if min(span) >= 0] or [(start, end)]


@lru_cache(maxsize=256)
def _shape(pattern: str) -> tuple[int, int]:
    """Count repeats without an end, and the most ways through all else (0: too many to say), times its length."""
    loops, ways, before = 0, 1, ""
    for found in TOKEN.finditer(pattern):
        kind, text = str(found.lastgroup), found[0]
        if (kind == "repeat" and before == ")") or (kind == "escape" and text[1] in "k123456789"):
            return 0, 0
        if kind == "repeat":
            ends = [read_number(digits) for digits in re.findall("[0-9]+", text)]
            endless = text[0] in "*+" or (len(ends) == 1 and "," in text)
            loops += endless
            ways *= 1 if endless else ends[-1] - ends[0] + 1 if len(ends) == 2 else 2 if text[0] == "?" else 1
            ways *= max(ends, default=1) or 1
        ways = min(ways * (2 if text == "|" else 1), LITTLE + 1)
        before = text
    return loops, ways * max(len(pattern), 1)


def most_work(pattern: str, length: int) -> int:
    """Say how many steps a backtracking engine takes at most on a line of so many characters.

    >>> most_work("a.*b", 9), most_work("(a+)+", 9) > LITTLE
    (400, True)
    """
    loops, ways = _shape(pattern)
    return ways * (length + 1) ** (1 + loops) if ways else LITTLE + 1


@lru_cache(maxsize=64)
def stepped(pattern: str) -> Program:
    """Make a pattern ready that `compiled` took, for `stepping`.

    Raises:
        PatternError: its program is too large.
    """
    try:
        return program_of(pattern)
    except (RecursionError, ValueError) as error:
        raise PatternError(str(error) or "it is too deep") from None


def _in_line(program: Any, line: str) -> Iterator[Any]:
    """Give the matches in one line; behind an empty one JavaScript goes on a character further."""
    before = -1
    for found in program.finditer(line):
        if found.start() != before:
            yield found
        before = found.start() if found.end() == found.start() else -1
