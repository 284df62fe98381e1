"""What is costly to make and the same every time is kept in the user's cache folder, named by its content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from fencepost.system.leftovers import clear


def cache_dir(kind: str) -> Path:
    """Name the folder for one kind of kept things; it need not exist.

    Raises:
        RuntimeError: this user has no home, and no variable names another place.
    """
    chosen = os.environ.get("XDG_CACHE_HOME")  # on every system, where somebody has set it
    if chosen:
        return Path(chosen) / "fencepost" / kind
    from platformdirs import user_cache_path

    return user_cache_path("fencepost", appauthor=False) / kind


def key_of(*parts: str | bytes) -> str:
    """Name content by a hash of all that it is made from."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(str(len(data)).encode() + b":" + data)
    return found.hexdigest()[:24]


def kept(kind: str, name: str, make: Callable[[], bytes]) -> bytes:
    """Give what an earlier run kept under a name, or make it and keep it.

    What is not as it was written (a full disk, a machine that went off) is made anew; a cache that cannot be used is no
    fault.
    """
    try:
        found = _opened((cache_dir(kind) / name).read_bytes())
    except (OSError, RuntimeError):
        found = None
    if found is None:
        found = make()
        if found:
            keep(kind, name, _seal(found) + found)
    return found


_SEAL = 16  # bytes of the checksum that a kept thing begins with


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()


def _opened(written: bytes) -> bytes | None:
    """Take the checksum off; None where it is not that of what follows."""
    data = written[_SEAL:]
    return data if data and written[:_SEAL] == _seal(data) else None


def keep(kind: str, name: str, data: bytes) -> Path | None:
    """Write a file of the cache, whole or not at all; gives the file, None where it cannot be written."""
    try:
        file = cache_dir(kind) / name
        if file.is_file() and file.read_bytes() == data:
            return file
        file.parent.mkdir(parents=True, exist_ok=True)
        clear(file.parent, _BESIDE)
        handle, beside = tempfile.mkstemp(prefix=_BESIDE, dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())  # else its name may be there before its content is
        Path(beside).replace(file)
    except (OSError, RuntimeError):
        return None
    return file


_BESIDE = ".new-"
