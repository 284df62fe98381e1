"""What is costly to make and the same every time is kept in the user's cache folder, named by its content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache_dir(kind: str) -> Path:
    """Name the folder for one kind of kept things; it need not exist.

    Raises:
        RuntimeError: this user has no home, and no variable names another place.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "fencepost" / kind


def key_of(*parts: str | bytes) -> str:
    """Name content by a hash of all that it is made from."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(str(len(data)).encode() + b":" + data)
    return found.hexdigest()[:24]


def kept(kind: str, name: str, make: Callable[[], bytes]) -> bytes:
    """Give what an earlier run kept under a name, or make it and keep it; a cache that cannot be used is no fault."""
    try:
        return (cache_dir(kind) / name).read_bytes()
    except (OSError, RuntimeError):
        data = make()
        if data:
            keep(kind, name, data)
        return data


def keep(kind: str, name: str, data: bytes) -> Path | None:
    """Write to the cache, whole or not at all; gives the file, None where it cannot be written."""
    try:
        file = cache_dir(kind) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as beside:
            beside.write(data)
        Path(beside.name).replace(file)
    except (OSError, RuntimeError):
        return None
    return file
