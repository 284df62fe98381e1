"""The only module that starts pandoc: where it is, what it may use, what its exit codes mean."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.system.signals import forget, on_signal
from fencepost.system.tied import cap_time, tied

# fmt: off
EXIT_CODES = {
    # code  what went wrong, in the words of pandoc's manual
    1:  "a file could not be read or written",
    3:  "a warning counted as a failure",
    4:  "an error in an application of pandoc's",
    5:  "a template could not be read or is wrong",
    6:  "an option is wrong",
    21: "the input format is unknown",
    22: "the output format is unknown",
    23: "the format does not support an extension",
    31: "the EPUB's subdirectory is no plain name",
    43: "the PDF could not be made",
    44: "the PDF needs a program that failed",
    47: "the PDF engine was not found",
    61: "something could not be fetched",
    63: "an option asks for something that is not there",
    64: "the text could not be parsed",
    83: "a filter failed",
    84: "a Lua filter failed",
    91: "a macro loops",
    92: "the input is not UTF-8",
    97: "a file of pandoc's own is missing",
    98: "a problem that pandoc did not expect",
    99: "a file named in the post was not found",
}
# fmt: on
HEAP_EXHAUSTED = 251
LARGE = 2_000_000  # bytes
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 24)


@cache
def binary() -> str:
    """Find pandoc: `PYPANDOC_PANDOC`, the one that pypandoc_binary brings, then what pypandoc finds.

    Raises:
        FencepostError: there is none.
    """
    if chosen := os.environ.get("PYPANDOC_PANDOC"):
        import shutil

        found = shutil.which(chosen) or (chosen if Path(chosen).is_file() else None)
        if found:
            return found
        raise _missing(f"PYPANDOC_PANDOC names {chosen}, and there is no such program")
    spec = importlib.util.find_spec("pypandoc")
    if spec and spec.origin:  # 38 ms cheaper than importing it
        bundled = Path(spec.origin).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
        if bundled.is_file():
            return str(bundled)
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise _missing("pandoc was not found") from None


def _missing(problem: str) -> FencepostError:
    help = "run `pip install pypandoc_binary`, or set PYPANDOC_PANDOC to the path of a pandoc of your own"
    return FencepostError(Diagnostic("pandoc", None, None, "error", "pandoc-missing", problem, help))


class Limits(NamedTuple):
    """What one run may use: seconds of a processor (0: by the size of its input), and megabytes of heap."""

    seconds: float = 0.0
    megabytes: int = 4096

    def seconds_for(self, size: int, *, is_tree: bool) -> float:
        """Say how many seconds a text or a tree of so many bytes may take: without a word, far more than is usual."""
        return self.seconds or AT_LEAST + size / 1e6 * (A_MEGABYTE_OF_TREE if is_tree else A_MEGABYTE)


AT_LEAST, A_MEGABYTE, A_MEGABYTE_OF_TREE = 5.0, 10.0, 3.0  # seconds; pandoc reads a megabyte in 2.5, a tree in 0.4
WALL = 10  # seconds that may go by for each of a processor's: the machine may be busy


class Run:
    """One pandoc at work. It starts at once; `finish` hands it its input and waits.

    Start it early: it needs ten milliseconds to come up, and there is other work to do meanwhile.
    """

    def __init__(self, arguments: list[str], limits: Limits, *, path: str = "pandoc", nursery: int = 16) -> None:
        self.path, self.limits, self.is_tree = path, limits, arguments[:2] == ["-f", "json"]
        # -A: reading is a quarter faster with 64 MB, writing has less to keep; -M makes a runaway exit code 251
        command = tied([binary(), "+RTS", f"-A{nursery}m", f"-M{limits.megabytes}m", "-RTS", *arguments])
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=_environment(),
            )
        except OSError as error:
            raise _missing(f"pandoc could not be started: {error.strerror}") from None
        on_signal(self.stop)

    def finish(self, data: bytes) -> tuple[bytes, list[str]]:
        """Give pandoc its input; take its output and its warnings, a line each.

        Raises:
            FencepostError: pandoc failed, or reached a limit.
        """
        seconds = self.limits.seconds_for(len(data), is_tree=self.is_tree)
        wall = seconds * (WALL if cap_time(self.process.pid, seconds) else 2)
        try:
            out, said = self.process.communicate(data, timeout=wall)
        except subprocess.TimeoutExpired:
            self.stop()
            raise self._late(f"pandoc did not finish within {wall:g} seconds", len(data)) from None
        forget(self.stop)
        if self.process.returncode == _OUT_OF_TIME:
            raise self._late(f"pandoc needs more than {seconds:.3g} seconds for this post", len(data))
        words = said.decode("utf-8", "replace").strip()
        if self.process.returncode:
            raise self._failed(words)
        return out, [line.removeprefix("[WARNING] ") for line in words.splitlines() if line.startswith("[WARNING]")]

    def stop(self) -> None:
        """End a run whose result nobody needs.

        A signal may come while it is waited for, and Python lets nobody wait beside: not without an end, then.
        """
        forget(self.stop)
        if self.process.poll() is None:
            self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _late(self, problem: str, size: int) -> FencepostError:
        """Say that time has run out, and what helps: a short post that takes long has something in it."""
        if self.limits.seconds or size > LARGE:
            return self._failure("pandoc-time", problem, "raise `pandoc-timeout`, or make two posts of it")
        help = "something in it makes pandoc crawl: cut it in halves to find the paragraph; or set `pandoc-timeout`"
        return self._failure("pandoc-time", problem, help)

    def _failed(self, words: str) -> FencepostError:
        code = self.process.returncode
        if code == HEAP_EXHAUSTED or "heap" in words.lower() and "exhausted" in words.lower():
            problem = f"pandoc needs more than {self.limits.megabytes} MB for this post"
            return self._failure("pandoc-memory", problem, "raise `pandoc-heap` if the post is really that large")
        meaning = EXIT_CODES.get(code, "it stopped without saying why" if not words else "it stopped")
        return self._failure("pandoc", f"pandoc failed ({meaning}, exit code {code})", words)

    def _failure(self, code: str, problem: str, help: str) -> FencepostError:
        return FencepostError(Diagnostic(self.path, None, None, "error", code, problem, help))


def _environment() -> dict[str, str]:
    """Give pandoc our environment without what it set itself, should we run as its filter."""
    return {name: value for name, value in os.environ.items() if name != "PANDOC_READER_OPTIONS"}
