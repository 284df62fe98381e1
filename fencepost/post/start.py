"""Set pandoc to work on a post as early as can be: what is imported here, everything waits for.

Front matter is YAML, and reading YAML takes as long as starting Python; so pandoc begins with the author's own,
on the guess that the options are what the command line says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.markdown.input import check_bytes, read_bytes
from fencepost.markdown.protect import FOREIGN, Carried, carry, decode, has_containers, normalise
from fencepost.markdown.reader import dialects_of, reader_of
from fencepost.options import Options, merge
from fencepost.pandoc.run import Run
from fencepost.settings.run import Settings, limits_of
from fencepost.system.task import Task


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


def begin(
    path: str, settings: Settings, *, read: bool = True, data: bytes | None = None, folder: Path | None = None
) -> Begun:
    """Read a post's bytes, make its text safe and, with `read`, let pandoc begin; `-` is standard input.

    `data` are the bytes of a post that is in no file, `folder` what its paths start from; `path` names it in messages.

    Raises:
        FencepostError: the post cannot be read, is empty or is not text; there is no pandoc.
    """
    shown = "<stdin>" if path == "-" else path
    text = normalise(decode(read_bytes(path) if data is None else check_bytes(data, shown), shown))
    text, warnings = _printable(text, shown)
    guess = merge(settings.weaker, settings.options)
    folder = folder or (Path(path).parent if path != "-" else Path.cwd())
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
        from fencepost.settings.config import configured

        check_bounds(text, path, merge(configured(folder, settings.config), settings.weaker, settings.options))
