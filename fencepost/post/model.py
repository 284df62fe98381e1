"""A post on its way: `Post` as it was read and settled, `Parsed` with its tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic
from fencepost.filters.context import Context
from fencepost.frontmatter.reading import Metadata
from fencepost.markdown.locate import Places
from fencepost.markdown.protect import Carried
from fencepost.markdown.reader import dialects_of
from fencepost.options import Options
from fencepost.pandoc.run import Limits
from fencepost.pandoc.tree import Document, Node
from fencepost.post.start import Reading
from fencepost.settings.outputs import WRITERS
from fencepost.settings.run import limits_of


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
        from fencepost.markdown.locate import Places

        mdx = dialects_of(self.options, self.path).mdx
        self.placed = self.placed or Places(self.carried.source, self.limits, self.path, mdx)
        return self.placed


@dataclass(slots=True)
class Parsed:
    """A post as pandoc read it, restored and ready to be rewritten for a target.

    `data` is its tree as JSON, `minutes` the time that it takes to read.
    """

    post: Post
    data: bytes
    title: list[Any]
    minutes: float
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
        from fencepost.pandoc import tree

        document = tree.load(self.data)
        target.rewrite(document, context_for(self, target.name), self)
        return document

    def variables(self, target: str) -> dict[str, Node]:
        """Give what the templates of a format are told beside the metadata: of a post, nothing."""
        return {}


def context_for(parsed: Parsed, target: str) -> Context:
    """Make the context of one target; diagnostics are shared by all."""
    post = parsed.post
    context = Context(WRITERS[target], post.path, post.options, post.carried.source, post.diagnostics)
    context.places = post.places
    context.lang, context.folder, context.canonical = post.meta.lang, post.folder, post.meta.canonical
    context.metadata = post.meta
    context.data, context.renamed = parsed.data, parsed.renamed
    return context


def with_options(post: Post, **changes: Any) -> Post:
    """Give a post other options."""
    return replace(post, options=replace(post.options, **changes))
