"""Files written whole: beside their place first, then renamed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.system.leftovers import clear

STDOUT = Path("-")


def write_bytes(path: Path, data: bytes) -> None:
    """Write an output beside its place, then rename it: on any failure the old one stays, and nothing beside it.

    Raises:
        FencepostError: the output cannot be written.
    """
    if path == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    import tempfile  # 5 ms, which pandoc need not wait for

    beside = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # a device or a pipe, whose place no file may take
            return
        path = path.resolve()  # a link stays one, and what it names is written
        path.parent.mkdir(parents=True, exist_ok=True)
        beginning = f".{path.name[:60]}."
        clear(path.parent, beginning, path.suffix)
        handle, name = tempfile.mkstemp(prefix=beginning, suffix=path.suffix, dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if beside:
            beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> FencepostError:
    reason = error.strerror or type(error).__name__
    return FencepostError(Diagnostic(str(path), None, None, "error", "output", f"cannot write it: {reason}"))
