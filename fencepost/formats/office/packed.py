"""Packed documents of word processors: a ZIP of XML parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


def part_of(document: bytes, name: str) -> str:
    """Read a part of a document."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        return packed.read(name).decode("utf-8")


def with_parts(document: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """Change parts of a document, each by its own function; all others, and their order, stay."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data, change = old.read(part), changes.get(part.filename)
            new.writestr(part, change(data.decode("utf-8")).encode("utf-8") if change else data)
    return out.getvalue()
