"""How the one command knows that pandoc runs it as a filter. Apart, for every command asks it first."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Collection


def is_run_by_pandoc(words: list[str], commands: Collection[str]) -> bool:
    """Say whether the command line is a filter's: pandoc passes the target alone, and sets a variable.

    The variable leaks to the children of filters, so it does not suffice.
    """
    if "PANDOC_READER_OPTIONS" not in os.environ or len(words) != 1 or words[0].startswith("-"):
        return False
    return words[0] not in commands or words[0] in ALSO_TARGETS and _is_given_a_tree()


ALSO_TARGETS = frozenset(["typst", "latex"])  # our commands that are names of pandoc's writers too


def _is_given_a_tree() -> bool:
    """Look, without taking it, whether standard input begins as pandoc's JSON does."""
    if sys.stdin is None or sys.stdin.isatty():
        return False
    buffer = getattr(sys.stdin, "buffer", None)
    return isinstance(buffer, io.BufferedReader) and buffer.peek(1)[:1] == b"{"
