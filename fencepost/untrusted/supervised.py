"""A post that is not trusted is converted in a child process, which ends at a limit whatever it is doing.

Typst cannot be stopped from within, and a process can: with it goes its memory, and every pandoc that it has started.
The child is a fork, made before anything is imported, and costs a few milliseconds. Where there is no fork (Windows),
the limits of pandoc and Typst hold, and those of the text.
"""

from __future__ import annotations

import contextlib
import glob
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
from fencepost.system.signals import forget, on_signal

OUT_OF_MEMORY = 77  # the exit code of a child that met its limit and could still say so
_PAUSE = 0.01


def supervised(work: Callable[[], bool], options: Options, path: str, outputs: Iterable[Path]) -> bool:
    """Do work in a child process; says whether it failed. Of a child that is ended, nothing stays.

    Raises:
        FencepostError: it took more time or memory than the options allow.
    """
    if not hasattr(os, "fork"):
        return work()
    places = [out for out in outputs if out.name != "-"]
    before = set(_temporaries(places))
    folder, child = tempfile.mkdtemp(prefix="fencepost-"), 0

    def clear() -> None:
        if child:
            _end_group(child)
        shutil.rmtree(folder, ignore_errors=True)
        for file in set(_temporaries(places)) - before:
            file.unlink(missing_ok=True)

    on_signal(clear)
    try:
        child = os.fork()
        if child == 0:
            _be_the_child(work, options, path, folder)
        status = _wait(child, options.max_seconds, path)
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
        _cap_memory(options.max_memory)
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


def _cap_memory(megabytes: int) -> None:
    import resource

    most = megabytes * 1024 * 1024
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # of address space, pandoc reserves a terabyte


def _wait(child: int, seconds: float, path: str) -> int:
    end = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        if time.monotonic() > end:
            problem = f"the post could not be converted within {seconds:g} seconds"
            help = "raise `max-seconds` if the post is really that large"
            raise FencepostError(Diagnostic(path, None, None, "error", "limit-time", problem, help))
        time.sleep(_PAUSE)


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
    if code == OUT_OF_MEMORY or code < 0:  # a library that finds no memory ends the process
        problem = f"the post needs more than {options.max_memory} MB to be converted"
        help = "raise `max-memory` if the post is really that large"
        raise FencepostError(Diagnostic(path, None, None, "error", "limit-memory", problem, help))
    return code != 0
