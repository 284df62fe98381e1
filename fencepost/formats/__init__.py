"""The formats that `convert` writes: a module a format, picked from a dict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from fencepost.formats.base import Target, write
from fencepost.options import Options
from fencepost.post.model import Post
from fencepost.settings.run import Settings

__all__ = ["TARGETS", "Target", "class_for", "ending", "start_writer", "write"]

# format  its class; imported when it is wanted
TARGETS = {
    "html": "fencepost.formats.html:Html",
    "pdf":  "fencepost.formats.typst_pdf.format:Pdf",
    "epub": "fencepost.formats.epub.format:Epub",
    "press": "fencepost.formats.typst_pdf.press_format:Press",  # a PDF for a printing house
    "weasyprint": "fencepost.formats.other_pdf.format:WeasyPrint",  # PDFs that are not Typst's
    "chromium": "fencepost.formats.other_pdf.format:Chromium",
    "xelatex": "fencepost.formats.other_pdf.format:Latex",
    "lualatex": "fencepost.formats.other_pdf.format:Latex",
    "docx": "fencepost.formats.office.format:Docx",
    "odt":  "fencepost.formats.office.format:Odt",
}  # fmt: skip


def target_class(name: str) -> type[Target]:
    """Import the class of a format."""
    module, _, attribute = TARGETS[name].partition(":")
    found: type[Target] = getattr(import_module(module), attribute)
    return found


def class_for(name: str, post: Post) -> type[Target]:
    """Import the class that writes a format of a post; that of a PDF is its engine's, or a printing house's."""
    return target_class(_kind_of_pdf(post.options) if name == "pdf" else name)


def _kind_of_pdf(options: Options) -> str:
    if options.pdf_engine != "typst":
        return options.pdf_engine
    return "press" if options.for_ else "pdf"


def start_writer(name: str, post: Post, out: Path, settings: Settings, *, alone: bool = True) -> Target:
    """Start the pandoc that writes one output, where it is the only one a second one too; it waits for its tree."""
    return class_for(name, post)(post, out, settings, alone=alone)


@contextmanager
def ending() -> Iterator[list[Target]]:
    """Give a list for the targets of a run, which are ended when something stops the run."""
    started: list[Target] = []
    try:
        yield started
    except BaseException:
        for target in started:
            target.end()
        raise
