"""Programs that we start end with us, and at a limit of their own time, whatever becomes of us.

A process that is killed (`kill -9`, no memory left) cannot end its children. On Linux the kernel does, where asked:
`setpriv --pdeathsig` (util-linux) asks for it and becomes the program, which costs a millisecond; between fork and exec
Python could ask itself, for 3 to 10. Elsewhere a program ends at the end of its input, or at its limit.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

# the shell that BusyBox brings under this name knows no --pdeathsig
_PLACES = ("/usr/bin/setpriv", "/bin/setpriv", "/run/current-system/sw/bin/setpriv")


@cache
def _setpriv() -> str:
    if not sys.platform.startswith("linux"):
        return ""
    found = next((place for place in _PLACES if os.access(place, os.X_OK)), "")
    return "" if "busybox" in str(Path(found).resolve()) else found


def tied(command: list[str]) -> list[str]:
    """Give the command that runs a program which ends when the thread that starts it does, where the system can."""
    if not _setpriv() or not _is_there(command[0]):  # what is not there shall fail where it is started
        return command
    return [_setpriv(), "--pdeathsig", "KILL", *command]


def _is_there(program: str) -> bool:
    if os.sep in program:
        return os.access(program, os.X_OK)
    import shutil  # 2 ms, and pandoc's path is whole

    return shutil.which(program) is not None


def cap_time(process: int, seconds: float) -> bool:
    """Let a process end after this much time of its own, in whole seconds; says whether the system can (Linux)."""
    try:
        from resource import RLIMIT_CPU, prlimit
    except ImportError:
        return False
    whole = max(1, math.ceil(seconds))
    with contextlib.suppress(OSError, ValueError):  # it has ended, or has a lower limit
        prlimit(process, RLIMIT_CPU, (whole, whole + 1))
    return True


def tie_to_parent(parent: int) -> None:
    """End this process, a fork, when the one that made it does; where it has already, now."""
    if sys.platform.startswith("linux"):
        import ctypes
        import signal

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


class Usage(NamedTuple):
    """What a process and all that it has started use: seconds of a processor, and megabytes that they hold now."""

    seconds: float
    megabytes: float


def usage(process: int) -> Usage | None:
    """Add up what a process and its descendants use; None where the system does not say (it is Linux's `/proc`).

    Memory that comes from files, such as a program's own code, is not counted: all share it.
    """
    ticks = pages = 0
    waiting = [process]
    try:
        while waiting:
            number = waiting.pop()
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                fields = _read(f"/proc/{number}/stat").rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))  # its own, and that of children which have ended
                held = _read(f"/proc/{number}/statm").split()
                pages += int(held[1]) - int(held[2])
                for task in Path(f"/proc/{number}/task").iterdir():
                    waiting += map(int, _read(f"{task}/children").split())
        return Usage(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
    except (OSError, ValueError, IndexError):
        return None


def _read(path: str) -> str:
    return Path(path).read_text(encoding="ascii", errors="replace")
