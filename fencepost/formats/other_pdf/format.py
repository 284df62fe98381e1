"""A printed post, set by another engine than Typst: WeasyPrint and Chromium print our web page, LaTeX sets pandoc's."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import fields
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.formats.base import named
from fencepost.formats.html import Html
from fencepost.formats.office.format import Office
from fencepost.formats.other_pdf import programs
from fencepost.formats.typst_pdf import page as pdf_page
from fencepost.images import is_data, is_remote
from fencepost.options import Options, spelled
from fencepost.pandoc.metadata import meta_node, raw_meta
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed, Post
from fencepost.settings.paper import Paper
from fencepost.settings.run import Settings

# options of print that only Typst's template knows; the others say that they do nothing
OF_TYPST = (
    "sides", "binding", "cover_page", "links", "pdf_standard", "attach_source", "grayscale",
    "font_text", "font_sans", "font_mono", "emoji", "for_",
)  # fmt: skip

# a page on its way to paper runs nothing and loads nothing but what is in it and the bundled fonts
CLOSED = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src file:\">\n"
)


def ready(post: Post) -> tuple[str, Paper]:
    """Find the engine and the paper, and say which options the engine does not know.

    Raises:
        FencepostError: the engine is not there, prints for no house, or the paper cannot be.
    """
    options, engine = post.options, post.options.pdf_engine
    if options.for_:
        problem, help = f"{engine} does not print for a house", "leave out `for`, or `pdf-engine`"
        raise FencepostError(Diagnostic(post.path, None, None, "error", "engine", problem, help))
    program = programs.find_engine(engine, post.path)
    defaults = {option.name: option.default for option in fields(Options)}
    for name in OF_TYPST:
        if getattr(options, name) != defaults[name]:
            problem = f"`{spelled(name)}` does nothing with {engine}"
            line = post.meta.lines.get(spelled(name)) or post.meta.lines.get(name)
            post.diagnostics.append(Diagnostic(post.path, line, None, "warning", "engine-option", problem))
    return program, pdf_page.sheet(post)[0]


_FOLDED = re.compile(r"<details(?=[\s>])(?![^>]*\sopen\b)", re.IGNORECASE)


class Paged(Html):
    """Our web page, on paper."""

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        self.program, self.sheet = ready(post)
        super().__init__(post, out, settings, alone=alone)

    def place(self, target: str) -> str:
        """Put the image into the page: the engine fetches nothing."""
        return target if is_data(target) else self.images.picture(target).data_uri

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the page's style, and over it that of paper; no scripts."""
        from fencepost.formats.variables import head_meta
        from fencepost.theme import load_theme
        from fencepost.theme.web import paged_stylesheet

        if not (found := super().variables(parsed, document)):
            return found
        found.pop("fencepost-js", None)
        title = named(parsed).title
        size = f"{self.sheet.width:g}mm {self.sheet.height:g}mm"
        style = paged_stylesheet(load_theme(self.post.options.theme), title, size, self.sheet.width)
        if found.pop("css", None):
            own = (Path(name) for name in self.post.options.css if not is_remote(name))
            style += "\n".join(sheet.read_text(encoding="utf-8") for sheet in own)
        head = CLOSED + head_meta(named(parsed), parsed.kind)
        return found | {"fencepost-css": raw_meta("html", style), "head-meta": raw_meta("html", head)}

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Let the engine set the page."""
        made = self.work / "page.pdf"
        self.set_page(self.page(answer).decode(), made)
        self.put(made.read_bytes())

    @abstractmethod
    def set_page(self, page: str, out: Path) -> None:
        """Call the engine."""


class WeasyPrint(Paged):
    """Our web page, set by WeasyPrint."""

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        super().__init__(post, out, settings, alone=alone)
        self.waiting = programs.start_weasyprint(self.work)  # it is ready by the time that pandoc has written

    def place(self, target: str) -> str:
        """Put the image into the page; WeasyPrint draws no HTML in a drawing, so its labels become text."""
        picture = self.images.picture(target)
        if picture.suffix != ".svg" or b"<foreignObject" not in picture.data:
            return super().place(target)
        from fencepost.images import Picture
        from fencepost.images.svgprint import labels_as_text

        return Picture(labels_as_text(picture.data), picture.suffix).data_uri

    def set_page(self, page: str, out: Path) -> None:
        """Call WeasyPrint."""
        from fencepost.theme import load_theme

        colours = {kind: pair[0] for kind, pair in load_theme(self.post.options.theme)["alerts"].items()}
        request = {"page": page, "folder": str(self.work), "out": str(out.absolute()), "colours": colours}
        seconds = self.post.options.typst_timeout
        programs.weasyprint(self.waiting, request, seconds=seconds, source=self.post.path)

    def close(self) -> None:
        """End it where there was nothing to set."""
        programs.end(self.waiting)
        super().close()


class Chromium(Paged):
    """Our web page, set by Chromium."""

    def set_page(self, page: str, out: Path) -> None:
        """Call Chromium, with all that folds open: closed, it would print its summary alone."""
        page = _FOLDED.sub("<details open", page)
        seconds = self.post.options.typst_timeout
        programs.chromium(self.program, page, self.work, out, seconds=seconds, source=self.post.path)


class Latex(Office):
    """A post by pandoc's own LaTeX template, with our definitions."""

    name = "latex"
    raw = "latex"
    extensions = "-smart"
    has_styles = False
    pictures = frozenset([".png", ".jpg", ".jpeg"])
    drawn = frozenset([".svg", ".webp", ".gif"])

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        self.program, self.sheet = ready(post)
        super().__init__(post, out, settings, alone=alone)

    @property
    def is_ours(self) -> bool:
        """Leave pandoc's own template the keys that it documents: `documentclass`, `mainfont`."""
        return False

    def arguments(self) -> list[str]:
        """Use pandoc's own template: ours are for other formats."""
        own = self.post.options.template
        arguments = [
            *self._writer(),
            "--standalone",
            *([f"--template={own}"] if own.endswith((".tex", ".latex")) else []),
        ]
        if self.post.options.toc:
            arguments += ["--toc", f"--toc-depth={self.post.options.toc_depth}"]
        return [*arguments, *self.settings.pandoc]

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give paper, margins and our definitions."""
        from fencepost.theme.definitions import latex_definitions

        margin = max(13.0, (self.sheet.width - 144) / 2)
        geometry = [
            f"paperwidth={self.sheet.width:g}mm",
            f"paperheight={self.sheet.height:g}mm",
            f"margin={margin:g}mm",
        ]
        return super().variables(parsed, document) | {
            "header-includes": raw_meta("latex", latex_definitions(self.post.options)),
            "geometry": meta_node(geometry),
            "colorlinks": meta_node(True),
            **({"abstract": meta_node(said)} if (said := self.post.meta.description) else {}),
        }

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Let LaTeX set it, and say what its fonts lack."""
        seconds = self.post.options.typst_timeout
        made, lacking = programs.latex(self.program, answer.decode(), self.work, seconds=seconds, source=self.post.path)
        if lacking:
            problem = f"LaTeX's fonts have no {', '.join(lacking[:8])}{' …' if len(lacking) > 8 else ''}"
            help = "these are left out; typst, the default, has them"
            self.post.diagnostics.append(
                Diagnostic(self.post.path, None, None, "warning", "glyph-missing", problem, help)
            )
        self.put(made.read_bytes())
