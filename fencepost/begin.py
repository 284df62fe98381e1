"""Set pandoc to work on a post as early as can be: what is imported here, everything waits for.

Front matter is YAML, and reading YAML takes as long as starting Python; so pandoc begins with the author's own,
on the guess that the options are what the command line says.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fencepost.constructs import extensions_of
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.options import Options, merge
from fencepost.pandoc import Limits, Run
from fencepost.source import FOREIGN, Carried, Dialects, carry, decode, has_containers, normalise


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line said: options by name, metadata as YAML, what goes to pandoc as it stands.

    `weaker` are options that a post's own front matter overrides: those of the book it is in.
    """

    options: dict[str, Any] = field(default_factory=dict)
    config: str = ""
    metadata: str = ""
    metadata_files: tuple[str, ...] = ()
    fragment: bool = False
    pandoc: tuple[str, ...] = ()
    weaker: dict[str, Any] = field(default_factory=dict)


def limits_of(options: Options) -> Limits:
    """Give what one run of pandoc may use."""
    return Limits(options.pandoc_timeout, options.pandoc_heap)


def read_bytes(path: str) -> bytes:
    """Read a post from a file, or from standard input for `-`.

    Raises:
        FencepostError: it cannot be read, is empty, or is no text.
    """
    data = _stdin() if path == "-" else _file(path)
    shown = "<stdin>" if path == "-" else path
    if not data.strip():
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "the post is empty"))
    if b"\0\0\0" in data[:4096] or data[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG"):
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "this is a binary file, not Markdown"))
    return data


@cache
def _stdin() -> bytes:
    import sys

    return sys.stdin.buffer.read()


def text_again(path: str) -> str | None:
    """Read a post once more, to show the line that an error is about; None where that cannot be.

    A device is not read: it may be an output that failed, and has no end.
    """
    try:
        if path != "<stdin>" and not (Path(path).is_file() and Path(path).stat().st_size <= MOST_BYTES):
            return None
        return normalise((_stdin() if path == "<stdin>" else Path(path).read_bytes()).decode("utf-8-sig"))
    except (OSError, ValueError):
        return None


MOST_BYTES = 1 << 28  # far more than any `max-size`


def _file(path: str) -> bytes:
    file = Path(path)
    try:
        if file.is_dir():
            raise FencepostError(Diagnostic(path, None, None, "error", "input", "this is a folder, not a post"))
        with file.open("rb") as post:
            return post.read(MOST_BYTES)  # a device may have no end
    except OSError as error:
        problem = (
            "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot read it: {error.strerror}"
        )
        raise FencepostError(Diagnostic(path, None, None, "error", "input", problem)) from None


class Task(threading.Thread):
    """A piece of work beside the main thread, whose failure is raised where its result is asked for."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._work, self._result, self._failure = work, None, None  # type: Any, Any, BaseException | None
        self.start()

    def run(self) -> None:
        """Do the work."""
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 - raised again by `result`
            self._failure = error

    def result(self) -> Any:
        """Wait for the work and give what it returned, or raise what it raised."""
        self.join()
        if self._failure is not None:
            raise self._failure
        return self._result


def reader_of(options: Options) -> str:
    """Name the reader for a post's options, with its extensions."""
    return ("gfm+smart" if options.smart else "gfm") + extensions_of(options)


def dialects_of(options: Options, path: str) -> Dialects:
    """Say how a post's text is read, for its options and its name."""
    is_mdx = path.lower().endswith(".mdx") or options.dialect == "docusaurus"
    mdx = is_mdx if options.mdx == "auto" else options.mdx == "yes"
    components = tuple(sorted(options.components.items())) if mdx or options.dialect == "vitepress" else ()
    types = tuple(sorted(word.lower() for word in options.alert_types))
    return Dialects(options.alerts, options.dialect, mdx, components, types)


class Reading:
    """Pandoc at work on a post, from the moment its text is safe; front matter is read meanwhile."""

    def __init__(self, carried: Carried, options: Options, path: str) -> None:
        self.reader, self.limits, self.keeps_tabs = reader_of(options), limits_of(options), options.preserve_tabs
        self.path, self.has_containers = path, has_containers(carried.source)
        self.dialects = dialects_of(options, path)
        arguments = ["-f", self.reader, "-t", "json", *(["--preserve-tabs"] if self.keeps_tabs else [])]
        self.run = Run(arguments, self.limits, path=path, nursery=64)
        self.task = Task(lambda: self.run.finish(carried.text.encode("utf-8", "replace")))

    def suits(self, options: Options) -> bool:
        """Say whether it was begun as these options want it."""
        wanted = dialects_of(options, self.path)
        reads_alike = self.dialects == wanted or not (
            self.has_containers or self.dialects.has_components or wanted.has_components
        )
        return reads_alike and (self.reader, self.limits, self.keeps_tabs) == (
            reader_of(options), limits_of(options), options.preserve_tabs,
        )  # fmt: skip

    def stop(self) -> None:
        """End it; nobody needs the result."""
        self.run.process.kill()


# no output can hold these; CommonMark 2.3 replaces NUL so. Form feeds and vertical tabs are blanks
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\ufffe\uffff]")
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[&*]\w")


@dataclass(slots=True)
class Begun:
    """A post whose text is safe. `is_plain` says that the author's front matter is all the metadata there is.

    `warnings` are about its bytes.
    """

    path: str
    folder: Path
    carried: Carried
    is_plain: bool
    reading: Reading | None
    warnings: tuple[Diagnostic, ...] = ()


def begin(path: str, settings: Settings, *, read: bool = True) -> Begun:
    """Read a post's bytes, make its text safe and, with `read`, let pandoc begin; `-` is standard input.

    Raises:
        FencepostError: the post cannot be read, is empty or is no text; there is no pandoc.
    """
    shown = "<stdin>" if path == "-" else path
    text = normalise(decode(read_bytes(path), shown))
    text, warnings = _printable(text, shown)
    guess = merge(settings.weaker, settings.options)
    folder = Path(path).parent if path != "-" else Path.cwd()
    _check_size(text, shown, guess, folder, settings)
    carried = carry(text, reader_of(guess), dialects=dialects_of(guess, shown))
    is_foreign = carried.source.lstrip("\n").startswith(FOREIGN)
    is_mixed = settings.metadata or settings.metadata_files or guess.untrusted  # pandoc gets front matter that is ours
    is_plain = not (is_foreign or is_mixed or _ALIAS.search(carried.head))
    reading = Reading(carried, guess, shown) if read and is_plain else None
    return Begun(shown, folder, carried, is_plain, reading, warnings)


def _printable(text: str, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Replace the control characters that no output can hold by U+FFFD, and warn of the first."""
    text = text.replace("\x0b", " ").replace("\x0c", " ")
    first = _CONTROLS.search(text)
    if first is None:
        return text, ()
    at = first.start()
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at) - 1
    problem = f"U+{ord(first[0]):04X} is a control character: U+FFFD is printed"
    shown = _CONTROLS.sub("\ufffd", text)
    return shown, (Diagnostic(path, line, column, "warning", "control-character", problem, "remove it"),)


def _check_size(text: str, path: str, guess: Options, folder: Path, settings: Settings) -> None:
    """Refuse a text that is too large before anything is made of it; the site's own limits count where ours are met."""
    from fencepost.untrusted.bounds import check_bounds

    try:
        check_bounds(text, path, guess)
    except FencepostError:
        if guess.untrusted and not settings.config:
            raise
        from fencepost.config import configured

        check_bounds(text, path, merge(configured(folder, settings.config), settings.weaker, settings.options))
