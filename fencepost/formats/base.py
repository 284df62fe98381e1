"""What the formats have in common: pandoc is started early, given the tree, and its answer made a file."""

from __future__ import annotations

import copy
import os
import re
import threading
from abc import ABC, abstractmethod
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters import passes
from fencepost.filters.context import Context
from fencepost.frontmatter import authors_keys
from fencepost.frontmatter.reading import Metadata
from fencepost.images import Images, roots_of
from fencepost.pandoc import tree, versions
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.run import Run
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed, Post, context_for
from fencepost.settings.outputs import WRITERS
from fencepost.settings.run import Settings
from fencepost.system.assets import data_dir
from fencepost.system.files import write_bytes
from fencepost.system.leftovers import folder_on_the_way
from fencepost.system.signals import forget, on_signal
from fencepost.system.task import Task

if TYPE_CHECKING:
    from fencepost.filters.addresses import Place

# a user's template is for the format that its suffix names; without one of these, for any
TEMPLATE_OF = {".typ": "pdf", ".typst": "pdf", ".html": "html", ".html5": "html", ".xhtml": "epub", ".epub": "epub"}


class Target(ABC):
    """One format of one post: what pandoc is told, what the tree needs, what becomes of pandoc's answer."""

    name: ClassVar[str]
    template: ClassVar[str]
    raw: ClassVar[str]  # the language of raw blocks
    extensions: ClassVar[str] = ""
    flags: ClassVar[tuple[str, ...]] = ()
    is_only_checked = False  # the output is made for what there is to say on the way, and then dropped
    can_share: ClassVar[bool] = True  # pandoc's output is text that can be written in two halves and joined

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        self.post, self.out, self.settings = post, out, settings
        self._placing, self._is_ended = threading.RLock(), False  # a signal may end what is just ending
        on_signal(self.end)
        self.second: Run | None = None
        options = post.options
        self.images = _images(post)
        try:
            self.run = Run(self.arguments(), post.limits, path=post.path)
            if alone and self.can_share and not (settings.pandoc or options.template or options.toc):
                self.second = Run(self._writer(), post.limits, path=post.path)
        except BaseException:
            self.close()
            raise

    @cached_property
    def work(self) -> Path:
        """Make a folder for what is only needed on the way; not every format needs one."""
        return Path(folder_on_the_way())

    def of(self, post: Post) -> Target:
        """Give this target for a post of a book: the post's own paths and images, the same files on the way."""
        part = copy.copy(self)
        part.work = self.work  # one for all, made now: what a copy made, nobody would remove
        part.post, part.images = post, _images(post)
        return part

    def arguments(self) -> list[str]:
        """List what pandoc is called with."""
        arguments = self._writer()
        if not self.settings.fragment:
            arguments.append(f"--template={self._template()}")
            if self.post.options.toc:
                arguments += ["--toc", f"--toc-depth={self.post.options.toc_depth}"]
        return arguments + list(self.settings.pandoc)

    def _writer(self) -> list[str]:
        writer = versions.writer(WRITERS[self.name], self.extensions, self.post.path)
        return ["-f", "json", "-t", writer, "--wrap=none", *map(versions.flag, self.flags)]

    def _template(self) -> str:
        """Choose the template: the user's where it is one for this format, by its suffix; else ours."""
        own = self.post.options.template
        if own and not Path(own).is_file():
            raise FencepostError(Diagnostic(own, None, None, "error", "template", "there is no such template"))
        if own and TEMPLATE_OF.get(Path(own).suffix.lower(), self.name) == self.name:
            return own
        return str(data_dir() / "templates" / self.template)

    @property
    def is_ours(self) -> bool:
        """Say whether only we read the metadata: neither a template of the user's, nor what he passes to pandoc."""
        return not (self.settings.pandoc or self.post.options.template)

    @abstractmethod
    def place(self, target: str) -> str:
        """Say what the output refers to for an image of the post.

        Raises:
            ImageError: the image cannot be had.
        """

    @abstractmethod
    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the metadata that only this format has."""

    @abstractmethod
    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Make the output of what pandoc wrote."""

    def prepare(self) -> None:
        """Import what `finish` needs; done beside pandoc, while it is writing."""
        import tempfile  # noqa: F401 - outputs are written beside their place first

    def look_over(self) -> None:  # noqa: B027 - most formats find all there is to say in rewriting
        """Say what this format would say beyond its filters, before anything is written."""

    def put(self, data: bytes) -> None:
        """Put the output in its place, unless the run has been ended.

        Raises:
            FencepostError: it cannot be written.
        """
        with self._placing:
            if self._is_ended or self.is_only_checked:
                return
            if self.settings.kept is not None:
                self.settings.kept[self.name] = data
            else:
                write_bytes(self.out, data)

    def end(self) -> None:
        """End what is at work: an output that is not in its place by now never will be."""
        with self._placing:
            self._is_ended = True
        try:
            self.run.stop()
        finally:
            self.close()

    def close(self) -> None:
        """Remove what was only needed on the way."""
        forget(self.end)
        self.stop_second()
        if "work" in self.__dict__:
            import shutil

            shutil.rmtree(self.work, ignore_errors=True)

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Do to the tree what this format needs."""
        context.links_from, context.place_image = self.place_of_links(), self.place
        context.left_out = lambda address: self.images.left_out.get(address, [])
        context.has_title = bool(named(parsed).title)
        passes.run(document, context, "format")

    def place_of_links(self) -> Place:
        """Say where links start from, and where they may lead."""
        from fencepost.filters.addresses import Place

        options, folder = self.post.options, self.post.folder
        roots = roots_of(folder, options.site_root) if options.untrusted else ()
        return Place(folder, self.out, self.name, options.base_url, self.post.meta.canonical, roots)

    def document(self, parsed: Parsed) -> Document:
        """Give the document for this format, metadata included."""
        document = parsed.rewritten(self)
        document["meta"] = authors_keys.kept(document["meta"], self.name, is_ours=self.is_ours)
        document["meta"] |= self.common(parsed)
        document["meta"] |= self.variables(parsed, document)
        return document

    def answer(self, document: Document) -> tuple[bytes, list[str]]:
        """Let pandoc write a document; a long one, when two processors would else wait for one, in two halves."""
        versions.for_its_pandoc(document)
        half = _half(document["blocks"]) if self.second else 0
        if self.second is None or not half:
            self.stop_second()
            return self.run.finish(tree.dump(document))
        rest = {**document, "meta": {}, "blocks": document["blocks"][half:]}
        here = f"fencepost-second-half-{os.urandom(16).hex()}"  # no post can say it before
        first = [*document["blocks"][:half], {"t": "RawBlock", "c": [self.raw, here]}]
        second, data = self.second, tree.dump(rest)
        other = Task(lambda: second.finish(data))
        answer, warnings = self.run.finish(tree.dump({**document, "blocks": first}))
        body, more = other.result()
        return answer.replace(here.encode(), body.rstrip(b"\n"), 1), warnings + more

    def stop_second(self) -> None:
        """End the helper that a short document does not need."""
        if self.second is not None:
            self.second.stop()
            self.second = None

    def common(self, parsed: Parsed) -> dict[str, Node]:
        """Give the metadata that every format has."""
        from fencepost.formats.variables import variables

        values = variables(named(parsed), self.post.options, parsed.minutes)
        values["pagetitle"] = values.get("title") or Path(self.post.path).stem
        found = {key: meta_node(value) for key, value in values.items()}
        found |= parsed.variables(self.name)
        if parsed.title:
            found["title"] = {"t": "MetaInlines", "c": parsed.title}
        return found


def _images(post: Post) -> Images:
    """Give what has been read of a post's images, one for all formats: each image is fetched once."""
    options = post.options
    post.images = post.images or Images(
        post.folder,
        options.site_root,
        offline=options.offline,
        seconds=options.timeout_fetch,
        confined=options.untrusted,
        megapixels=options.image_megapixels,
    )
    found: Images = post.images
    return found


def named(parsed: Parsed) -> Metadata:
    """Give the metadata with the title's words alone: the front matter's, else the first heading's."""
    meta = parsed.post.meta
    if not parsed.title:
        return meta
    from fencepost.filters.quotes import straight

    written = meta.title or parsed.post.carried.source
    return replace(meta, title=straight(tree.text_of(parsed.title), meta.lang, written))


WORTH = 40_000  # bytes of JSON that make a second process pay


def _half(blocks: list[Node]) -> int:
    """Say how many blocks make the first half by their size; 0 where splitting is not worth it."""
    sizes = [len(tree.dump(block)) for block in blocks]
    total, so_far = sum(sizes), 0
    if total < WORTH:
        return 0
    for count, size in enumerate(sizes, 1):
        so_far += size
        if so_far * 2 >= total:
            return count if count < len(blocks) else 0
    return 0


_NO_FORMULA = re.compile(r"Could not convert TeX math (.*), rendering as TeX:?\Z")


def _report(warning: str, parsed: Parsed, target: str) -> None:
    """Pass on what pandoc warns of; at a formula, with its place."""
    formula = _NO_FORMULA.match(warning)
    if formula:
        problem, help = "pandoc cannot read this formula: its TeX is printed", "write it in another way"
        context_for(parsed, target).report_at("Math", formula[1], "warning", "formula", problem, help=help)
        return
    parsed.post.diagnostics.append(Diagnostic(parsed.post.path, None, None, "warning", "pandoc", warning))


def write(parsed: Parsed, target: Target) -> Task:
    """Make the tree for a target, then let pandoc and what follows work beside us."""
    document = target.document(parsed)

    def work() -> None:
        try:
            answer, warnings = target.answer(document)
            ready.result()
            for warning in warnings:
                _report(warning, parsed, target.name)
            target.finish(answer, parsed)
        finally:
            target.close()

    ready = Task(target.prepare)
    return Task(work)
