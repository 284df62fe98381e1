"""How large a text may be, how deeply it may nest and how many notes it may have, before anything expands it.

The limits are options, on by default at sizes that no real post meets; lower where a post is not trusted.
"""

from __future__ import annotations

import re

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.options import Options

_MARKER = re.compile(r">|[-+*][ \t]|\d{1,9}[.)][ \t]")
_DEFINITION = re.compile(r"^[ \t>]*\[\^[^\]\s]+\]:", re.MULTILINE)
MEGABYTE = 1_000_000
LIMITS = frozenset(["max_size", "max_nesting", "max_notes"])
REFERENCES = 4  # for each note that a post may have


def check_bounds(text: str, path: str, options: Options) -> None:
    """Refuse a text that is too large for its options, in one pass.

    Raises:
        FencepostError: it has too many bytes, is nested too deeply, or has too many notes; with the place.
    """
    if len(text) > options.max_size * MEGABYTE:
        problem = f"the post has {len(text) / MEGABYTE:.1f} million characters; {options.max_size:g} are allowed"
        raise _failure("limit-size", path, problem, "max-size")
    if deep := _too_deep(text, options.max_nesting):
        problem = f"quotes and lists are nested deeper than {options.max_nesting} levels"
        raise _failure("limit-nesting", path, problem, "max-nesting", text.count("\n", 0, deep.start()) + 1)
    if text.count("[^") <= options.max_notes:
        return
    notes, references = len(_DEFINITION.findall(text)), text.count("[^")
    if notes > options.max_notes or references > REFERENCES * options.max_notes:
        problem = f"the post has {notes} notes and {references - notes} references; {options.max_notes} are allowed"
        raise _failure("limit-notes", path, problem, "max-notes")


def _too_deep(text: str, most: int) -> re.Match[str] | None:
    """Find the first line that begins with more markers than allowed, or is a list's item indented as far."""
    for match in re.finditer(rf"^[ \t>*+.)\d-]{{{most + 1},}}", text, re.MULTILINE):
        markers = len(_MARKER.findall(match[0]))
        indent = len(match[0]) - len(match[0].lstrip(" \t"))
        if markers > most or markers and indent // 2 + markers > most:
            return match
    return None


def _failure(code: str, path: str, problem: str, option: str, line: int | None = None) -> FencepostError:
    help = f"raise `{option}` if the post is really that large"
    return FencepostError(Diagnostic(path, line, None, "error", code, problem, help))
