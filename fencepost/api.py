"""Fencepost from Python: `convert`, `check`, `inspect`, and a `Post` for more than one of them.

A call changes nothing of the process (signals, streams, garbage collector) and keeps nothing that another call sees,
so several threads may call at once. What stops a call is raised as a `FencepostError` of a kind (drawn there); what
only warns is in the result.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError, OutputError
from fencepost.settings.run import Settings

TEXT = "<text>"  # what messages call a post that is in no file
Formats = str | Iterable[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What `convert` made, by format (`html`, `pdf`, `epub`, `docx`, `odt`), and what there was to say.

    `files` are the paths that were written, `bytes` the outputs where no `out` was given; one of them is empty.
    """

    files: Mapping[str, Path] = field(default_factory=dict)
    bytes: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """List the diagnostics that are warnings."""
        return tuple(item for item in self.diagnostics if item.severity == "warning")


class Post:
    """A post, from a file or from a string, with the options that all that is done with it have.

    Args:
        source: a path; or the Markdown itself, which is a string with a line break.
        folder: what the paths of a post from a string start from (default: the working directory).
        metadata: fields that are stronger than the post's front matter (`{"title": "Mine"}`).
        config: a configuration file in place of the `fencepost.yaml` that is found upward from the post.
        options: the options of the command line with `_` for `-` (`toc=True`, `pdf_engine="weasyprint"`).

    Raises:
        OptionError: an option is unknown or has a wrong value.
    """

    def __init__(
        self,
        source: str | os.PathLike[str],
        *,
        folder: str | os.PathLike[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        config: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> None:
        from fencepost.settings.values import checked_options

        is_text = isinstance(source, str) and "\n" in source
        self.path = TEXT if is_text else os.fspath(source)
        self._data = str(source).encode() if is_text else None
        self._folder = Path(folder or Path.cwd()) if is_text else None
        chosen = checked_options(options)
        lines = _front_matter(metadata or {})
        self._settings = Settings(chosen, os.fspath(config) if config else "", lines)

    def convert(self, to: Formats = ("html", "pdf", "epub"), *, out: str | os.PathLike[str] | None = None) -> Result:
        """Convert to one format or to several; see `convert`."""
        from dataclasses import replace

        formats = _formats(to)
        outputs = self._outputs(formats, out)
        kept: dict[str, bytes] | None = {} if out is None else None
        said = self._convert(outputs, replace(self._settings, kept=kept))
        return Result({} if out is None else outputs, kept or {}, said)

    def _convert(self, outputs: dict[str, Path], settings: Settings) -> tuple[Diagnostic, ...]:
        if settings.options.get("untrusted"):
            from fencepost.cli.apart import convert_apart

            return convert_apart(self.path, self._data, self._folder, outputs, settings)
        from fencepost.formats.convert import convert_whole

        return convert_whole(self.path, self._data, self._folder, outputs, settings)

    def check(self, to: Formats = ("html", "pdf", "epub")) -> tuple[Diagnostic, ...]:
        """List all there is to say of the post; see `check`."""
        from fencepost.checks.run import check

        return tuple(check(self.path, _formats(to), self._settings, data=self._data, folder=self._folder).found)

    def inspect(self) -> dict[str, Any]:
        """Describe the post as data; see `inspect`."""
        from fencepost.checks.inspection import inspect
        from fencepost.post.model import with_options
        from fencepost.post.settle import look

        post = look(self.path, self._settings, data=self._data, folder=self._folder)
        return inspect(with_options(post, smart=False), self._settings)

    def _outputs(self, formats: list[str], out: str | os.PathLike[str] | None) -> dict[str, Path]:
        """Say where each format goes; with no `out`, where its links start from."""
        from fencepost.settings.outputs import FORMATS, stem_of

        stem = "post" if self._data is not None else stem_of(Path(self.path))
        if out is None:
            folder = self._folder or Path(self.path).parent
        elif len(formats) == 1 and Path(out).suffix.lower() == FORMATS[formats[0]][0] and not Path(out).is_dir():
            return {formats[0]: Path(out)}
        elif Path(out).is_file() or (Path(out).suffix in {suffix for suffix, _ in FORMATS.values()}):
            problem = f"this is one file, and {' and '.join(formats)} was asked for"
            raise OutputError(Diagnostic(os.fspath(out), None, None, "error", "output", problem, "name a folder"))
        else:
            folder = Path(out)
        return {name: folder / (stem + FORMATS[name][0]) for name in formats}


def convert(
    source: str | os.PathLike[str],
    to: Formats = ("html", "pdf", "epub"),
    *,
    out: str | os.PathLike[str] | None = None,
    **options: Any,
) -> Result:
    """Convert a post to one format or to several.

    Args:
        source: a path; or the Markdown itself, which is a string with a line break.
        to: `html`, `pdf`, `epub`, `docx` or `odt`; or several of them.
        out: a file (for one format) or a folder to write to; without it the outputs are in `Result.bytes`.
        options: what `Post` takes: `folder`, `metadata`, `config`, and the options of the command line.

    Raises:
        InputError: the post cannot be read.
        OptionError: an option, its value, or a file that it names cannot be used.
        LimitError: a limit of time, memory or size was reached.
        EngineError: pandoc or Typst is missing, too old, or failed.
        OutputError: an output cannot be written; those that were not finished are as they were.
    """
    return Post(source, **options).convert(to, out=out)


def check(
    source: str | os.PathLike[str], to: Formats = ("html", "pdf", "epub"), **options: Any
) -> tuple[Diagnostic, ...]:
    """List all there is to say of a post, in the order of its text: what `convert` would, and what `check` adds.

    What would stop `convert` is among them, with the severity `error`.

    Raises:
        OptionError: an option is unknown or has a wrong value.
    """
    return Post(source, **options).check(to)


def inspect(source: str | os.PathLike[str], **options: Any) -> dict[str, Any]:
    """Describe a post as data: metadata, code blocks, alerts, footnotes, images, diagnostics (docs/commands.md).

    Raises:
        InputError: the post cannot be read.
    """
    return Post(source, **options).inspect()


def _formats(to: Formats) -> list[str]:
    """List the formats that were asked for.

    Raises:
        OptionError: one of them is not known, or there is none.
    """
    from fencepost.settings.outputs import FORMATS

    names = [to] if isinstance(to, str) else list(to)
    unknown = next((name for name in names if name not in FORMATS), None)
    if unknown is not None or not names:
        problem = f"there is no format {unknown}" if names else "no format was asked for"
        raise FencepostError(
            Diagnostic("to", None, None, "error", "format", problem, f"known are {', '.join(FORMATS)}")
        )
    return list(dict.fromkeys(names))


def _front_matter(metadata: Mapping[str, Any]) -> str:
    """Write metadata as YAML, a line a field."""
    import json

    return "".join(f"{json.dumps(key)}: {json.dumps(value, default=str)}\n" for key, value in metadata.items())
