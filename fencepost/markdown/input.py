"""The bytes of a post, from a file or from standard input."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.markdown.protect import normalise

MOST_BYTES = 1 << 28  # far more than any `max-size`


def read_bytes(path: str) -> bytes:
    """Read a post from a file, or from standard input for `-`.

    Raises:
        FencepostError: it cannot be read, is empty, or is no text.
    """
    return check_bytes(_stdin() if path == "-" else _file(path), "<stdin>" if path == "-" else path)


def check_bytes(data: bytes, shown: str) -> bytes:
    """Refuse bytes that are not a post's; gives the others back. `shown` names the post.

    Raises:
        FencepostError: there is nothing but white space, or this is another kind of file.
    """
    if not data.strip():
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "the post is empty"))
    if b"\0\0\0" in data[:4096] or data[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG"):
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "this is a binary file, not Markdown"))
    return data


@cache
def _stdin() -> bytes:
    import sys

    return sys.stdin.buffer.read()


def text_again(path: str) -> str | None:
    """Read a post once more, to show the line that an error is about; None where that cannot be.

    A device is not read: it may be an output that failed, and has no end.
    """
    try:
        if path != "<stdin>" and not (Path(path).is_file() and Path(path).stat().st_size <= MOST_BYTES):
            return None
        return normalise((_stdin() if path == "<stdin>" else Path(path).read_bytes()).decode("utf-8-sig"))
    except (OSError, ValueError):
        return None


def _file(path: str) -> bytes:
    file = Path(path)
    try:
        if file.is_dir():
            raise FencepostError(Diagnostic(path, None, None, "error", "input", "this is a folder, not a post"))
        with file.open("rb") as post:
            return post.read(MOST_BYTES)  # a device may have no end
    except OSError as error:
        problem = (
            "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot read it: {error.strerror}"
        )
        raise FencepostError(Diagnostic(path, None, None, "error", "input", problem)) from None
