"""Options that name a file."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = frozenset([".ttf", ".otf", ".ttc", ".woff", ".woff2"])


def is_file(value: str) -> bool:
    """Say whether a face is given by its file."""
    return Path(value).suffix.lower() in SUFFIXES
