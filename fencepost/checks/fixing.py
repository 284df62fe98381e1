"""Edits applied to a post: what has one right answer, written back with the line ends that the file had."""

from __future__ import annotations

import difflib
import re
from itertools import zip_longest
from pathlib import Path

from fencepost.checks.model import Edit
from fencepost.system.files import write_bytes


def edited(source: str, edits: list[Edit]) -> str:
    """Apply edits to a text; of two that overlap, the first."""
    out, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            out += [source[at : edit.start], edit.text]
            at = edit.end
    return "".join([*out, source[at:]])


def diff(path: str, before: str, after: str) -> str:
    """Write the difference as `git diff` does."""
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))


def write_back(path: Path, text: str) -> None:
    """Write a post in place of itself, whole or not at all; line ends and a byte order mark stay as they were.

    Raises:
        FencepostError: it cannot be written.
    """
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    old = data.decode(encoding)
    lines, ends = text.split("\n"), re.findall(r"\r\n|\r|\n", old)  # no edit makes or joins lines
    text = "".join(line + end for line, end in zip_longest(lines, ends, fillvalue=""))
    write_bytes(path, (mark + text).encode(encoding))
