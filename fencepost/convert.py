"""The pipeline, written once: source → read → filters → write. One parse serves every format."""

from __future__ import annotations

import re
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
    """A post that has been looked at; where a reading is begun, pandoc is at work on it.

    `folder` is what its paths start from.
    """

    path: str
    folder: Path
    carried: Carried
    meta: Metadata
    options: Options
    reading: Reading | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        """Give what one run of pandoc may use."""
        return limits_of(self.options)


def limits_of(options: Options) -> Limits:
    """Give what one run of pandoc may use."""
    return Limits(options.pandoc_timeout, options.pandoc_heap)


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
    data = _stdin() if path == "-" else _file(path)
    shown = "<stdin>" if path == "-" else path
    if not data.strip():
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "the post is empty"))
    if b"\0\0\0" in data[:4096] or data[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG"):
        raise FencepostError(Diagnostic(shown, None, None, "error", "input", "this is a binary file, not Markdown"))
    return data


def _stdin() -> bytes:
    import sys

    return sys.stdin.buffer.read()


def _file(path: str) -> bytes:
    file = Path(path)
    try:
        if file.is_dir():
            raise FencepostError(Diagnostic(path, None, None, "error", "input", "this is a folder, not a post"))
        return file.read_bytes()
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
    return "gfm+smart" if options.smart else "gfm"


class Reading:
    """Pandoc at work on a post, from the moment its text is safe; front matter is read meanwhile."""

    def __init__(self, carried: Carried, options: Options, path: str) -> None:
        self.reader, self.limits, self.keeps_tabs = reader_of(options), limits_of(options), options.preserve_tabs
        arguments = ["-f", self.reader, "-t", "json", *(["--preserve-tabs"] if self.keeps_tabs else [])]
        self.run = Run(arguments, self.limits, path=path)
        self.task = Task(lambda: self.run.finish(carried.text.encode("utf-8", "replace")))

    def suits(self, options: Options) -> bool:
        """Say whether it was begun as these options want it."""
        return (self.reader, self.limits, self.keeps_tabs) == (
            reader_of(options), limits_of(options), options.preserve_tabs,
        )  # fmt: skip

    def stop(self) -> None:
        """End it; nobody needs the result."""
        self.run.process.kill()


_ALIAS = re.compile(r"(?:^|[\s\[{,:-])[&*]\w")


def look(path: str, settings: Settings, *, read: bool = False) -> Post:
    """Read a post's bytes and front matter, settle its options, and make its text safe for pandoc.

    With `read`, pandoc begins at once with the author's own front matter, on the guess that the options
    are what the command line says; where they are not, it begins anew.

    Raises:
        FencepostError: the post, its front matter or the configuration cannot be used.
    """
    shown = "<stdin>" if path == "-" else path
    text = normalise(decode(read_bytes(path), shown))
    guess = merge(settings.options)
    carried = carry(text, reader_of(guess))
    is_plain = not (settings.metadata or settings.metadata_files or _ALIAS.search(carried.head))
    reading = Reading(carried, guess, shown) if read and is_plain else None
    try:
        post = _look_closer(path, text, carried, settings)
    except BaseException:
        if reading:
            reading.stop()
        raise
    if reading and not reading.suits(post.options):
        reading.stop()
        reading = None
    if read and reading is None:
        reading = Reading(_with_own_head(post, text), post.options, shown)
    post.reading = reading
    return post


def _look_closer(path: str, text: str, carried: Carried, settings: Settings) -> Post:
    """Read the front matter and settle the options."""
    folder = Path(path).parent if path != "-" else Path.cwd()
    meta = _metadata(text, path, settings)
    config = Path(settings.config) if settings.config else find_config(folder)
    options = merge(read_config(config) if config else {}, meta.options, settings.options)
    shown = "<stdin>" if path == "-" else path
    return Post(shown, folder, carried, meta, options, diagnostics=list(meta.warnings))


def _with_own_head(post: Post, text: str) -> Carried:
    """Carry a post anew, with front matter that we wrote: what pandoc formats, and what is not ours."""
    post.carried = carry(text, reader_of(post.options), head=head_for_pandoc(post.meta))
    return post.carried


def _metadata(text: str, path: str, settings: Settings) -> Metadata:
    """Lay the post's metadata between the files that are weaker and the command line that is stronger."""
    layers = [frontmatter.read(decode(read_bytes(name), name), name, 1) for name in settings.metadata_files]
    found = frontmatter.split(text)
    layers.append(
        frontmatter.read(found.yaml, "<stdin>" if path == "-" else path, found.yaml_line)
        if found.yaml is not None
        else Metadata()
    )
    if settings.metadata:
        layers.append(frontmatter.read(settings.metadata, "--metadata", 1))
    return layered(*layers)


def parse(post: Post) -> Parsed:
    """Wait for pandoc's reading, put the public form in place of the carriers, and do what every format needs.

    Raises:
        FencepostError: pandoc failed or reached a limit.
    """
    from fencepost import restoring  # what the filters need is imported while pandoc reads

    restoring.warm_up()
    if post.reading is None:
        post.reading = Reading(post.carried, post.options, post.path)
    data, warnings = _answer(post, post.reading)
    return restoring.restored(post, data, warnings)


def _answer(post: Post, reading: Reading) -> tuple[bytes, list[str]]:
    """Take pandoc's answer; front matter that only pandoc cannot read is given to it as we read it."""
    try:
        answer: tuple[bytes, list[str]] = reading.task.result()
    except FencepostError as error:
        if error.diagnostic.code != "pandoc" or not post.carried.head:
            raise
        again = Reading(_with_own_head(post, post.carried.source), post.options, post.path)
        answer = again.task.result()
    return answer


def convert(post: Post, outputs: dict[str, Path], settings: Settings) -> list[Diagnostic]:
    """Convert one post to files, a path for each format (`html`, `pdf`, `epub`).

    Returns what there was to say, in the order of the text.

    Raises:
        FencepostError: something stopped the run; outputs that were not finished are as they were.
    """
    from fencepost import writing

    writers: dict[str, writing.Target] = {}
    try:
        writers = writing.start_writers(post, outputs, settings)
        parsed = parse(post)
    except BaseException:
        if post.reading:
            post.reading.stop()
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
