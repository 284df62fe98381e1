"""Regular expressions run in counted steps: what a pattern may cost does not depend on the machine or its load.

A pattern becomes a small program, and the program runs with a list of what is left to try. A state (instruction and
place) that has failed once is not tried again, so that a pattern without back-references takes at most as many
steps as its program has instructions, times the characters of the line: `(a+)+b` too. Which match is found, and what
its groups hold, is what a backtracking engine finds: the first in the order of trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

LARGEST = 20_000  # instructions of one program: repeats that are counted are written out

# instructions: what they do, and their two operands
CHAR, SPLIT, JUMP, SAVE, TEST, LOOK, BACK, END = range(8)
Instruction = tuple[int, Any, Any]
Places = tuple[int, ...]  # where groups begin and end, one after the other; -1 for none
State = tuple[int, Places]
Node = tuple[Any, ...]  # ("char", test), ("test", test), ("all", nodes), ("any", nodes), ("repeat", node, least, most,
# lazy), ("group", number, node), ("look", ahead, wanted, node), ("back", number)


class LateError(Exception):
    """A pattern that has used up its steps."""


class TooLargeError(ValueError):
    """A pattern whose program would have more than `LARGEST` instructions."""


class Steps:
    """A number of steps that may be spent."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, steps: int) -> None:
        """Take steps away.

        Raises:
            LateError: there are not as many left.
        """
        self.left -= steps
        if self.left < 0:
            self.left = 0
            raise LateError


class Program(NamedTuple):
    """What runs: instructions, how many groups they set, and whether one asks what a group holds."""

    instructions: list[Instruction]
    groups: int
    looks_back: bool


def assembled(node: Node, groups: int, *, looks_back: bool) -> Program:
    """Write the instructions of a pattern.

    Raises:
        TooLargeError: there are too many.
    """
    out: list[Instruction] = []
    _write(node, out)
    out.append((END, None, None))
    return Program(out, groups, looks_back)


def _write(node: Node, out: list[Instruction]) -> None:
    if len(out) > LARGEST:
        raise TooLargeError("its repeats come to more than can be tried")
    _WRITERS[node[0]](node, out)


def _write_all(node: Node, out: list[Instruction]) -> None:
    for part in node[1]:
        _write(part, out)


def _write_any(node: Node, out: list[Instruction]) -> None:
    """Write alternatives: try the first; where it fails, the others."""
    *before, last = node[1]
    jumps = []
    for part in before:
        fork = len(out)
        out.append((SPLIT, None, None))
        _write(part, out)
        jumps.append(len(out))
        out.append((JUMP, None, None))
        out[fork] = SPLIT, fork + 1, len(out)
    _write(last, out)
    for place in jumps:
        out[place] = JUMP, len(out), None


def _write_repeat(node: Node, out: list[Instruction]) -> None:
    """Write a repeat: what must be there, then either a loop or as many more as may be there, each inside the last."""
    _, body, least, most, lazy = node
    for _ in range(least):
        _write(body, out)
    forks = []
    for _ in range(1 if most is None else most - least):
        forks.append(len(out))
        out.append((SPLIT, None, None))
        _write(body, out)
    if most is None:
        out.append((JUMP, forks[0], None))
    for fork in forks:
        out[fork] = (SPLIT, len(out), fork + 1) if lazy else (SPLIT, fork + 1, len(out))


def _write_group(node: Node, out: list[Instruction]) -> None:
    out.append((SAVE, 2 * node[1] - 2, None))
    _write(node[2], out)
    out.append((SAVE, 2 * node[1] - 1, None))


def _write_look(node: Node, out: list[Instruction]) -> None:
    _, ahead, wanted, body = node
    inner: list[Instruction] = []
    _write(body, inner)
    inner.append((END, None, None))
    out.append((LOOK, (ahead, wanted), inner))
    if len(out) + len(inner) > LARGEST:
        raise TooLargeError("its repeats come to more than can be tried")


_WRITERS: dict[str, Callable[[Node, list[Instruction]], None]] = {
    "char": lambda node, out: out.append((CHAR, node[1], None)),
    "test": lambda node, out: out.append((TEST, node[1], None)),
    "back": lambda node, out: out.append((BACK, 2 * node[1] - 2, None)),
    "all": _write_all,
    "any": _write_any,
    "repeat": _write_repeat,
    "group": _write_group,
    "look": _write_look,
}


def found_in(program: Program, text: str, steps: Steps) -> Iterator[tuple[int, int, Places]]:
    """Give begin, end and groups (two places each, -1 for none) of each match; behind an empty one, a character on.

    Raises:
        LateError: the steps are used up.
    """
    start, line = 0, _Line(program, text, steps)
    nothing = (-1,) * (2 * program.groups)
    while start <= len(text):
        found = line.run(program.instructions, (start, nothing))
        if found is None:
            start += 1
            continue
        end, groups = found
        yield start, end, groups
        start = end if end > start else end + 1


class _Line:
    """One line, and the states of each program that have failed on it."""

    def __init__(self, program: Program, text: str, steps: Steps) -> None:
        self.program, self.text, self.steps = program, text, steps
        self.failed: dict[tuple[int, int | None], set[Any]] = {}

    def run(self, instructions: list[Instruction], state: State, only_end: int | None = None) -> State | None:
        """Run a program from a place, with what groups hold there: give end and groups, or None."""
        failed = self.failed.setdefault((id(instructions), only_end), set())
        text, size, spend = self.text, len(self.text), self.steps.spend
        waiting = [(0, *state)]
        while waiting:
            at, place, groups = waiting.pop()
            while True:
                spend(1)
                kind, first, second = instructions[at]
                at += 1
                if kind == CHAR:
                    if place == size or not first(text[place]):
                        break
                    place += 1
                elif kind == SPLIT:
                    here = (at, place, groups) if self.program.looks_back else (at, place)
                    if here in failed:
                        break
                    failed.add(here)
                    waiting.append((second, place, groups))
                    at = first
                elif kind == JUMP:
                    at = first
                elif kind == END:
                    if only_end is None or place == only_end:
                        del self.failed[id(instructions), only_end]
                        return place, groups
                    break
                else:
                    arrived = self._other((kind, first, second), (place, groups))
                    if arrived is None:
                        break
                    place, groups = arrived
        return None

    def _other(self, instruction: Instruction, state: State) -> State | None:
        """Do what is asked less often: give place and groups after it, None where it fails."""
        kind, first, _ = instruction
        place, groups = state
        if kind == SAVE:
            return place, (*groups[:first], place, *groups[first + 1 :])
        if kind == TEST:
            return state if first(self.text, place) else None
        if kind == LOOK:
            return self._look(instruction, state)
        begin, end = groups[first : first + 2]
        held = self.text[begin:end] if min(begin, end) >= 0 else ""
        self.steps.spend(len(held))
        return (place + len(held), groups) if self.text.startswith(held, place) else None

    def _look(self, instruction: Instruction, state: State) -> State | None:
        """Look ahead or behind; what is looked for behind begins as near as it can."""
        _, (ahead, wanted), inner = instruction
        place, groups = state
        for start in [place] if ahead else range(place, -1, -1):
            found = self.run(inner, (start, groups), None if ahead else place)
            if found:
                return (place, found[1]) if wanted else None
        return None if wanted else state
