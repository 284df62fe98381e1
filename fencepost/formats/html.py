"""A web page: one file, or one file that holds its images."""

from __future__ import annotations

import re
from pathlib import Path

from fencepost.filters.context import Context
from fencepost.formats.base import Target, named
from fencepost.images import is_data, is_remote
from fencepost.pandoc.metadata import meta_node, raw_meta
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed
from fencepost.system.assets import data_dir
from fencepost.system.urls import tidy

# what pandoc leaves in the contents of a note that a heading cites: its number, without the link
_UNLINKED = re.compile(rb'<span class="footnote-ref"><sup>\d+</sup></span>')


class Html(Target):
    """A web page."""

    name = "html"
    template = "post.html"
    raw = "html"
    flags = ("--mathml",)

    def place(self, target: str) -> str:
        """Point at the image from where the page is; with `embed`, put it in."""
        if is_data(target):
            return target
        if self.post.options.embed:
            return self.images.picture(target).data_uri
        if is_remote(target):
            return tidy(target)
        file = self.images.locate(target)
        return self.relative(file)

    def relative(self, file: Path) -> str:
        """Write the way from the page's folder to a file as a URL."""
        from fencepost.filters.addresses import way

        return way(file, self.out.parent)

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Where the look is ours, headings link to themselves and notes show in their place."""
        context.note_previews = self.has_our_look and self.post.options.note_previews
        context.heading_links = self.has_our_look and self.post.options.heading_links
        super().rewrite(document, context, parsed)

    @property
    def has_our_look(self) -> bool:
        """Say whether the page is written through our template, and so has our style sheet."""
        return not self.settings.fragment and self._template() == str(data_dir() / "templates" / self.template)

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give style, scripts and head."""
        from fencepost.formats.variables import head_meta
        from fencepost.locales.words import labels
        from fencepost.theme import load_theme
        from fencepost.theme.web import head_script, script, stylesheet

        if self.settings.fragment:
            return {}
        options = self.post.options
        sheets = [Path(name) for name in options.css]
        style = stylesheet(load_theme(options.theme), page=True, wrap=options.code_overflow == "wrap")
        if options.embed:
            style += "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        found = {
            "fencepost-css": raw_meta("html", style),
            "fencepost-js": raw_meta("html", script(labels(self.post.meta.lang))),
            "head-meta": raw_meta("html", head_meta(named(parsed), parsed.kind) + head_script()),
        }
        if sheets and not options.embed:
            found["css"] = meta_node([name if is_remote(name) else self.relative(Path(name)) for name in options.css])
        return found

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Write the page."""
        self.put(self.page(answer))

    def page(self, answer: bytes) -> bytes:
        """Take numbers of notes out of the contents."""
        return _UNLINKED.sub(b"", answer) if self.post.options.toc else answer
