"""How the one command knows that pandoc runs it as a filter. Apart, for every command asks it first."""

from __future__ import annotations

import os


def is_run_by_pandoc(words: list[str], commands: frozenset[str]) -> bool:
    """Say whether the command line is a filter's: pandoc passes the target alone, and sets a variable.

    The variable leaks to the children of filters, so it does not suffice.
    """
    if "PANDOC_READER_OPTIONS" not in os.environ or len(words) != 1:
        return False
    return words[0] not in commands and not words[0].startswith("-")
