"""A post that is not trusted is converted in a child process, which ends at a limit whatever it is doing.

Typst cannot be stopped from within, and a process can: with it goes its memory, and every pandoc that it has started.
The child is a fork, made before anything is imported, and costs a few milliseconds. It ends with us, even where we are
killed. Time is that of a processor, over all its processes, for the machine may be busy; what waits ends too, later.
Memory is that of all its processes.

Where there is no `/proc` (macOS), time is what goes by, and memory is the child's alone. Where there is no fork
(Windows), the limits of pandoc and Typst hold, and those of the text.
"""

from __future__ import annotations

import contextlib
import glob
import math
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.options import Options
from fencepost.system.leftovers import folder_on_the_way
from fencepost.system.signals import forget, on_signal
from fencepost.system.tied import Usage, tie_to_parent, usage

OUT_OF_MEMORY = 77  # the exit code of a child that met its limit and could still say so
_PAUSE, _LOOK = 0.01, 0.1  # seconds between two looks whether it has ended, and at what it uses
WALL = 5  # seconds that may go by for each of a processor's


def supervised(work: Callable[[], bool], options: Options, path: str, outputs: Iterable[Path]) -> bool:
    """Do work in a child process; says whether it failed. Of a child that is ended, nothing stays.

    Raises:
        FencepostError: it took more time or memory than the options allow.
    """
    if not hasattr(os, "fork"):
        return work()
    places = [out for out in outputs if out.name != "-"]
    before = set(_temporaries(places))
    folder, child = folder_on_the_way(), 0

    def clear() -> None:
        if child:
            _end_group(child)
        shutil.rmtree(folder, ignore_errors=True)
        for file in set(_temporaries(places)) - before:
            file.unlink(missing_ok=True)

    on_signal(clear)
    try:
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            tie_to_parent(parent)
            _be_the_child(work, options, path, folder)
        status = _wait(child, options, path)
    finally:
        forget(clear)
        clear()
    return _judged(status, options, path)


def _temporaries(places: list[Path]) -> Iterable[Path]:
    return (file for out in places for file in out.parent.glob(f".{glob.escape(out.name[:60])}*"))


def _be_the_child(work: Callable[[], bool], options: Options, path: str, folder: str) -> None:
    """Work under the limit of memory, and leave without a word of Python's own."""
    code = 1
    try:
        os.setsid()  # its pandocs are ended with it
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        _cap(options)
        code = int(work())
    except FencepostError as error:
        print(error.diagnostic.text(), file=sys.stderr)
    except MemoryError:
        code = OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - whatever hostile input makes of us, it is one post's failure
        problem = f"the post cannot be converted: {type(error).__name__}: {error}"[:300]
        print(Diagnostic(path, None, None, "error", "untrusted-failure", problem).text(), file=sys.stderr)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _cap(options: Options) -> None:
    """Have the system end this process at its limits, should nobody be left to do it."""
    import resource

    most = options.max_memory * 1024 * 1024
    seconds = math.ceil(options.max_seconds) + 1
    for kind, limit in ((resource.RLIMIT_DATA, most), (resource.RLIMIT_CPU, seconds)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))  # not address space: of that, pandoc reserves a terabyte
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, options.max_seconds * WALL + 1)


def _wait(child: int, options: Options, path: str) -> int:
    """Wait for the child and give its status.

    Raises:
        FencepostError: it and what it has started take too much of something.
    """
    begun = looked = time.monotonic()
    used = Usage(0.0, 0.0)
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        now = time.monotonic()
        if now - looked > _LOOK:
            used, looked = usage(child) or Usage(WALL * (now - begun), 0.0), now
        if used.megabytes > options.max_memory:
            raise _out_of_memory(options, path)
        if used.seconds > options.max_seconds or now - begun > WALL * options.max_seconds:
            raise _out_of_time(options, path, is_busy=used.seconds <= options.max_seconds)
        time.sleep(_PAUSE)


def _out_of_time(options: Options, path: str, *, is_busy: bool) -> FencepostError:
    problem = f"the post needs more than {options.max_seconds:g} seconds of a processor"
    help = "raise `max-seconds` if the post is really that large"
    if is_busy:
        problem = f"the post could not be converted within {WALL * options.max_seconds:g} seconds"
        help = "something waits, or this machine is busy: try again, or raise `max-seconds`, a fifth of this"
    return FencepostError(Diagnostic(path, None, None, "error", "limit-time", problem, help))


def _out_of_memory(options: Options, path: str) -> FencepostError:
    problem = f"the post needs more than {options.max_memory} MB to be converted"
    help = "raise `max-memory` if the post is really that large"
    return FencepostError(Diagnostic(path, None, None, "error", "limit-memory", problem, help))


def _end_group(child: int) -> None:
    """End the child and all that it has started; what it has started may outlive it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError, ProcessLookupError):
        if os.waitpid(child, os.WNOHANG) == (0, 0):
            os.kill(child, signal.SIGKILL)  # it had no group of its own yet
            os.waitpid(child, 0)


def _judged(status: int, options: Options, path: str) -> bool:
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU or code == -signal.SIGALRM:
        raise _out_of_time(options, path, is_busy=code == -signal.SIGALRM)
    if code == OUT_OF_MEMORY or code < 0:  # a library that finds no memory ends the process
        raise _out_of_memory(options, path)
    return code != 0
