"""The pipeline, written once: source → read → filters → write. One parse serves every format."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fencepost import frontmatter
from fencepost.config import find_config, merge, read_config
from fencepost.context import Context
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.frontmatter import Metadata
from fencepost.metadata import head_for_pandoc, layered
from fencepost.options import Options
from fencepost.outputs import FORMATS
from fencepost.pandoc import Limits, Run
from fencepost.source import Carried, carry, decode, normalise


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line said: options by name, metadata as YAML, what goes to pandoc as it stands."""

    options: dict[str, Any] = field(default_factory=dict)
    config: str = ""
    metadata: str = ""
    metadata_files: tuple[str, ...] = ()
    fragment: bool = False
    pandoc: tuple[str, ...] = ()


@dataclass(slots=True)
class Post:
    """A post that has been looked at but not yet read by pandoc. `folder` is what its paths start from."""

    path: str
    folder: Path
    carried: Carried
    meta: Metadata
    options: Options
    head: str
    reader: str
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        """Give what one run of pandoc may use."""
        return Limits(self.options.pandoc_timeout, self.options.pandoc_heap)


@dataclass(slots=True)
class Parsed:
    """A post as pandoc read it, restored and ready to be rewritten for a target. `data` is its tree as JSON."""

    post: Post
    data: bytes
    title: list[Any]
    words: int
    has_meta: bool
    definitions: int
    renamed: dict[str, str]


def read_bytes(path: str) -> bytes:
    """Read a post from a file, or from standard input for `-`.

    Raises:
        FencepostError: it cannot be read, is empty, or is no text.
    """
    if path == "-":
        import sys

        return sys.stdin.buffer.read()
    file = Path(path)
    try:
        if file.is_dir():
            raise FencepostError(Diagnostic(path, None, None, "error", "input", "this is a folder, not a post"))
        data = file.read_bytes()
    except OSError as error:
        problem = "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot read it: {error.strerror}"
        raise FencepostError(Diagnostic(path, None, None, "error", "input", problem)) from None
    if not data.strip():
        raise FencepostError(Diagnostic(path, None, None, "error", "input", "the post is empty"))
    if b"\0\0\0" in data[:4096] or data[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG"):
        raise FencepostError(Diagnostic(path, None, None, "error", "input", "this is a binary file, not Markdown"))
    return data


def look(path: str, settings: Settings) -> Post:
    """Read a post's bytes and front matter, settle its options, and make its text safe for pandoc.

    Raises:
        FencepostError: the post, its front matter or the configuration cannot be used.
    """
    text = normalise(decode(read_bytes(path), path))
    folder = Path(path).parent if path != "-" else Path.cwd()
    meta, head = _metadata(text, path, settings)
    config = Path(settings.config) if settings.config else find_config(folder)
    options = merge(read_config(config) if config else {}, meta.options, settings.options)
    reader = "gfm+smart" if options.smart else "gfm"
    shown = "<stdin>" if path == "-" else path
    return Post(shown, folder, carry(text, reader, head=head), meta, options, head, reader, list(meta.warnings))


def _metadata(text: str, path: str, settings: Settings) -> tuple[Metadata, str]:
    """Lay the post's metadata between the files that are weaker and the command line that is stronger."""
    layers = []
    for name in settings.metadata_files:
        layers.append(frontmatter.read(decode(read_bytes(name), name), name, 1))
    found = frontmatter.split(text)
    layers.append(frontmatter.read(found.yaml, path, found.yaml_line) if found.yaml is not None else Metadata())
    if settings.metadata:
        layers.append(frontmatter.read(settings.metadata, "--metadata", 1))
    meta = layered(*layers)
    return meta, head_for_pandoc(meta)


def start_reading(post: Post) -> Run:
    """Start pandoc on a post; it works while we import what the filters need."""
    arguments = ["-f", post.reader, "-t", "json"]
    if post.options.preserve_tabs:
        arguments.append("--preserve-tabs")
    return Run(arguments, post.limits, path=post.path)


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


def parse(post: Post, run: Run) -> Parsed:
    """Let pandoc read a post, put the public form in place of the carriers, and do what every format needs.

    Raises:
        FencepostError: pandoc failed or reached a limit.
    """
    reading = Task(lambda: run.finish(post.carried.text.encode("utf-8", "replace")))
    from fencepost import restoring  # what the filters need is imported while pandoc reads

    restoring.warm_up()
    data, warnings = reading.result()
    return restoring.restored(post, data, warnings)


def convert(post: Post, outputs: dict[str, Path], settings: Settings) -> list[Diagnostic]:
    """Convert one post to files, a path for each format (`html`, `pdf`, `epub`).

    Returns what there was to say, in the order of the text.

    Raises:
        FencepostError: something stopped the run; outputs that were not finished are as they were.
    """
    from fencepost import writing

    run = start_reading(post)
    writers: dict[str, writing.Target] = {}
    try:
        writers = writing.start_writers(post, outputs, settings)
        parsed = parse(post, run)
    except BaseException:
        run.stop()
        for writer in writers.values():
            writer.run.stop()
            writer.close()
        raise
    tasks = [writing.write(parsed, writer) for writer in writers.values()]
    for task in tasks:
        task.join()
    for task in tasks:
        task.result()
    return sorted(post.diagnostics, key=lambda found: (found.line or 0, found.column or 0))


def context_for(parsed: Parsed, target: str) -> Context:
    """Make the context of one target; diagnostics are shared by all."""
    post = parsed.post
    context = Context(FORMATS[target][1], post.path, post.options, post.carried.source, post.diagnostics)
    from fencepost.labels import labels

    context.memo |= {"lang": post.meta.lang, "missing": labels(post.meta.lang)["missing"]}
    return context


def with_options(post: Post, **changes: Any) -> Post:
    """Give a post other options."""
    return replace(post, options=replace(post.options, **changes))
