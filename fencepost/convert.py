"""The pipeline, written once: source → read → filters → write. One parse serves every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fencepost.begin import Begun, Reading, Settings, begin, dialects_of, limits_of, read_bytes, reader_of
from fencepost.config import configured
from fencepost.context import Context
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.frontmatter import reading as frontmatter
from fencepost.frontmatter.reading import Metadata
from fencepost.metadata import head_for_pandoc, in_a_line, layered
from fencepost.options import OF_THE_SITE, Options, merge, spelled
from fencepost.outputs import WRITERS
from fencepost.pandoc import Limits
from fencepost.source import Carried, carry, decode
from fencepost.untrusted.bounds import LIMITS, check_bounds

if TYPE_CHECKING:
    from fencepost.places import Places
    from fencepost.tree import Document, Node


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
    dialect_from: str | None = None  # the file of a project that chose the dialect
    images: Any = None  # what has been read of its images (`images.Images`), once a format asks
    parts: tuple[Post, ...] = ()  # the posts of a book
    placed: Places | None = None  # see `places`

    @property
    def limits(self) -> Limits:
        """Give what one run of pandoc may use."""
        return limits_of(self.options)

    @property
    def places(self) -> Places:
        """Give the places of its elements, which are looked for once, when they are asked for."""
        from fencepost.places import Places

        mdx = dialects_of(self.options, self.path).mdx
        self.placed = self.placed or Places(self.carried.source, self.limits, self.path, mdx)
        return self.placed


@dataclass(slots=True)
class Parsed:
    """A post as pandoc read it, restored and ready to be rewritten for a target. `data` is its tree as JSON."""

    post: Post
    data: bytes
    title: list[Any]
    words: int
    renamed: dict[str, str]

    @property
    def sources(self) -> list[Parsed]:
        """List the posts that it is made of: itself."""
        return [self]

    def alone(self) -> Iterator[tuple[str, Parsed]]:
        """Give each of several posts by itself, with its path: of one post there is none."""
        return iter(())

    @property
    def kind(self) -> str:
        """Say what it is, in schema.org's word."""
        return "BlogPosting"

    def rewritten(self, target: Any) -> Document:
        """Give the tree, rewritten for a target."""
        from fencepost import tree

        document = tree.load(self.data)
        target.rewrite(document, context_for(self, target.name), self)
        return document

    def variables(self, target: str) -> dict[str, Node]:
        """Give what the templates of a format are told beside the metadata: of a post, nothing."""
        return {}


def look(path: str, settings: Settings, *, read: bool = False) -> Post:
    """Read a post's bytes and front matter, settle its options, and make its text safe for pandoc.

    With `read`, pandoc begins at once (see `begin`), and anew where the post's options want it otherwise.

    Raises:
        FencepostError: the post, its front matter or the configuration cannot be used.
    """
    return settle(begin(path, settings, read=read), settings)


def settle(begun: Begun, settings: Settings) -> Post:
    """Read the front matter of a post that was begun, and settle its options.

    Raises:
        FencepostError: the front matter or the configuration cannot be used.
    """
    try:
        post = _look_closer(begun, settings)
    except BaseException:
        if begun.reading:
            begun.reading.stop()
        raise
    is_a_block = in_a_line(post.meta.title) != post.meta.title  # to pandoc, if it reads the author's own front matter
    is_a_block |= any(said.code == "control-character" for said in post.meta.warnings)  # pandoc would read its escape
    if begun.reading and (is_a_block or not begun.reading.suits(post.options)):
        begun.reading.stop()
        post.reading = None
    if post.reading is None:
        _with_own_head(post, begun.carried.source)
    return post


def _look_closer(begun: Begun, settings: Settings) -> Post:
    """Read the configuration and the front matter, and settle the options."""
    is_untrusted = bool(settings.options.get("untrusted"))
    site = configured(begun.folder, settings.config, search=not is_untrusted)
    meta = _metadata(begun, settings, site.get("fields", {}))
    if LIMITS.intersection(site):
        check_bounds(begun.carried.source, begun.path, merge(site, settings.weaker, settings.options))
    unusable = [name for name, value in meta.options.items() if name in OF_THE_SITE or _is_of_others(name, value)]
    own = {name: value for name, value in meta.options.items() if name not in unusable}
    options = merge(site, settings.weaker, own, settings.options)
    said = [_not_of_a_post(name, meta, begun.path) for name in unusable]
    found = [*begun.warnings, *meta.warnings, *said]
    post = Post(begun.path, begun.folder, begun.carried, meta, options, begun.reading, found)
    return _with_dialect(post) if options.dialect == "auto" and not is_untrusted else post


def _with_dialect(post: Post) -> Post:
    """Let the post's suffix or the project that it belongs to choose the dialect, where nobody has."""
    from fencepost.project import ALERT_DIALECTS, guess_dialect, magic_comments

    found = ("quarto", Path(post.path)) if post.path.endswith(".qmd") else guess_dialect(post.folder)
    if found and found[0] in ALERT_DIALECTS:
        if post.options.alerts == "auto":
            post.options, post.dialect_from = replace(post.options, alerts=found[0]), str(found[1])
    elif found:
        post.options, post.dialect_from = replace(post.options, dialect=found[0]), str(found[1])
        if found[0] == "docusaurus" and not post.options.magic_comments:
            post.options = replace(post.options, magic_comments=magic_comments(found[1]))
    return post


def _is_of_others(name: str, value: Any) -> bool:
    """Say whether an option in front matter is of another system: `template: splash`, `theme: gaia`."""
    return name in ("template", "theme", "reference_doc") and bool(value) and not Path(value).is_file()


def _not_of_a_post(name: str, meta: Metadata, path: str) -> Diagnostic:
    """Say that an option is ignored: a post may not run what it likes, and other systems have keys of the same name."""
    why = "no post may say that" if name in OF_THE_SITE else f"there is no file {meta.options[name]}"
    problem = f"`{spelled(name)}` is ignored: {why}"
    return Diagnostic(path, meta.lines.get(spelled(name)), None, "warning", "front-matter-option", problem)


def _with_own_head(post: Post, text: str) -> Carried:
    """Carry a post anew, with front matter that we wrote: what pandoc formats, and what is not ours."""
    reader, dialects = reader_of(post.options), dialects_of(post.options, post.path)
    post.carried = carry(text, reader, head=head_for_pandoc(post.meta), dialects=dialects)
    return post.carried


def _metadata(begun: Begun, settings: Settings, fields: dict[str, str]) -> Metadata:
    """Lay the post's metadata between the files that are weaker and the command line that is stronger."""
    layers = [frontmatter.read(decode(read_bytes(name), name), name, 1) for name in settings.metadata_files]
    found = frontmatter.split(begun.carried.source)
    if found.front is not None:
        own = frontmatter.read(found.front, begun.path, found.front_line, found.kind, fields=fields)
        if settings.options.get("untrusted"):
            from fencepost.untrusted.post import tamed

            own = tamed(own, begun.path)
        layers.append(own)
    else:
        layers.append(Metadata())
    if settings.metadata:
        layers.append(frontmatter.read(settings.metadata, "--metadata", 1))
    return layered(*layers)


def parse(post: Post) -> Parsed:
    """Wait for pandoc's reading, put the public form in place of the carriers, and do what every format needs.

    Raises:
        FencepostError: pandoc failed or reached a limit.
    """
    from fencepost import restoring  # what the filters need is imported while pandoc reads

    restoring.warm_up(post.carried.source, post.options.dialect)
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


def convert(post: Post, outputs: dict[str, Path], settings: Settings) -> None:
    """Convert one post to files, a path for each format (`html`, `pdf`, `epub`).

    What there is to say goes to the post's diagnostics.

    Raises:
        FencepostError: something stopped the run; outputs that were not finished are as they were.
    """
    from fencepost import targets

    check_sheets(post)
    try:
        with targets.ending() as writers:
            for name, out in outputs.items():
                writers.append(targets.start_writer(name, post, out, settings, alone=len(outputs) == 1))
            parsed = parse(post)
            tasks = [targets.write(parsed, writer) for writer in writers]
            for task in tasks:
                task.join()
    except BaseException:
        if post.reading:
            post.reading.stop()
        raise
    for task in tasks:
        task.result()


def check_sheets(post: Post) -> None:
    """Refuse a style sheet that is not there before anything is written: a page would only look wrong."""
    missing = next((name for name in post.options.css if "://" not in name and not Path(name).is_file()), None)
    if missing is not None:
        if post.reading:
            post.reading.stop()
        raise FencepostError(Diagnostic(missing, None, None, "error", "css", "there is no such style sheet"))


def context_for(parsed: Parsed, target: str) -> Context:
    """Make the context of one target; diagnostics are shared by all."""
    post = parsed.post
    context = Context(WRITERS[target], post.path, post.options, post.carried.source, post.diagnostics)
    context.places = post.places
    from fencepost.labels import labels

    context.memo |= {"lang": post.meta.lang, "missing": labels(post.meta.lang)["missing"]}
    return context


def with_options(post: Post, **changes: Any) -> Post:
    """Give a post other options."""
    return replace(post, options=replace(post.options, **changes))
