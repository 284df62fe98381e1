"""What a run that was killed has left is removed by the next one: a file or a folder on the way to an output.

A run that ends, by a signal too, removes its own; `kill -9` lets nobody.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

OLD = 600.0  # seconds: a run that is at work has written to what it has begun within them
_FOLDER = re.compile(r"fencepost-(\d+)-")


def clear(folder: Path, beginning: str, ending: str = "") -> None:
    """Remove files on the way, by their names, to which nobody has written for ten minutes."""
    oldest = time.time() - OLD
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if (
                entry.name.startswith(beginning)
                and entry.name.endswith(ending)
                and entry.is_file(follow_symlinks=False)
            ):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < oldest:
                        Path(entry.path).unlink()


def folder_on_the_way() -> str:
    """Make a folder for what is only needed on the way, and remove those of runs that are no more."""
    import tempfile

    _clear_folders(Path(tempfile.gettempdir()))
    return tempfile.mkdtemp(prefix=f"fencepost-{os.getpid()}-")


def _clear_folders(parent: Path) -> None:
    with contextlib.suppress(OSError), os.scandir(parent) as found:
        for entry in found:
            name = _FOLDER.match(entry.name)
            if name and not _is_running(int(name[1])) and _is_old_folder(entry):
                import shutil

                shutil.rmtree(entry.path, ignore_errors=True)


def _is_old_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether a folder has been left alone for long: one of another container, whose processes we do not see."""
    try:
        is_old = entry.stat(follow_symlinks=False).st_mtime < time.time() - OLD
        return is_old and entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_running(process: int) -> bool:
    """Say whether a process may be at work; of another user, nobody knows."""
    if not hasattr(os, "fork"):  # to Windows, signal 0 is Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
