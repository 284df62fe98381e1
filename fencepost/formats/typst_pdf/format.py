"""A printed post: pandoc writes Typst, Typst sets it."""

from __future__ import annotations

import html
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters import formulas
from fencepost.filters.context import Context
from fencepost.formats.base import Target
from fencepost.formats.typst_pdf import page
from fencepost.formats.typst_pdf.long_words import check_words
from fencepost.formats.typst_pdf.standards import formal_name
from fencepost.frontmatter.reading import KEYS
from fencepost.images import KNOWN, ImageError
from fencepost.pandoc import tree
from fencepost.pandoc.metadata import raw_meta
from fencepost.pandoc.run import Run
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed, Post, context_for
from fencepost.settings.run import Settings
from fencepost.writers.escape import typst as literal

if TYPE_CHECKING:
    from fencepost.formats.typst_pdf.compile import Printed


_LABEL = re.compile(r"label `<(.+?)>` (?:does not exist|occurs multiple times)")


class Pdf(Target):
    """A printed post, set by Typst."""

    name = "pdf"
    template = "post.typ"
    raw = "typst"
    _damaged: frozenset[str] = frozenset()  # images, by name
    _refused_formulas: frozenset[str] = frozenset()  # by their TeX
    _lost_ids: frozenset[str] = frozenset()  # that links lead to
    extensions = "-smart"
    inputs: dict[str, str] | None = None  # what the template finds as `sys.inputs`

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        self.sheet = page.sheet(post)
        super().__init__(post, out, settings, alone=alone)
        try:
            self.faces = page.faces(post, self.work)
        except FencepostError:
            self.run.stop()
            self.close()
            raise

    def place(self, target: str) -> str:
        """Put the image where Typst may read it; fonts that an SVG carries become files."""
        picture = self.images.picture(target)
        if picture.suffix not in KNOWN:
            raise ImageError(f"{target[:80]}: {picture.suffix} images cannot be printed")
        if picture.name in self._damaged:
            raise ImageError(f"{target[:80]} is damaged")
        file = self.work / picture.name
        if not file.exists():
            from fencepost.images.svgprint import printable

            data = printable(picture.data, self.work) if picture.suffix == ".svg" else picture.data
            file.write_bytes(data)
        return picture.name

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the definitions that the filters' calls need."""
        from fencepost.theme.definitions import typst_definitions

        if self.settings.fragment:
            return {}
        found = page.variables(self.post, self.sheet)
        found["fencepost-typst"] = raw_meta(
            "typst", typst_definitions(self.post.options, self.post.meta.lang, self.faces.chosen)
        )
        if self.post.options.attach_source:
            found["attachment"] = raw_meta("typst", page.attachment(self.post, self.work))
        if self.post.options.cover_page and (picture := self._cover_image()):
            found["cover-image"] = raw_meta("typst", picture)
        return found

    def _cover_image(self) -> str:
        """Write the call that sets the post's cover image; empty where it has none that can be had."""
        meta = self.post.meta
        if not meta.cover:
            return ""
        try:
            name = self.place(meta.cover)
        except ImageError as problem:
            line = next((meta.lines[key] for key in KEYS["cover"] if key in meta.lines), None)
            said = Diagnostic(self.post.path, line, None, "warning", "image-missing", f"cover: {problem}")
            self.post.diagnostics.append(said)
            return ""
        return f"fp-cover-image({literal(name)}, {literal(meta.cover_alt)})"

    def answer(self, document: Document) -> tuple[bytes, list[str]]:
        """Let pandoc write the document, and mend what it writes otherwise than Typst reads."""
        data, warnings = super().answer(document)
        return formulas.mended(data), warnings

    def prepare(self) -> None:
        """Load Typst and its fonts, and look for what they lack."""
        from fencepost.fonts import load_fonts
        from fencepost.formats.typst_pdf import compile as compiling  # noqa: F401

        load_fonts((self.work,), self.needs_system_fonts)

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Compile what pandoc wrote, with others in the place of images and formulas that cannot be set."""
        while True:
            try:
                return self.put(self.compile(answer, parsed))
            except FencepostError as error:
                if not self._refuses_more(error, answer):
                    raise self._of_a_chapter(error, parsed) from None
            answer = self._again(parsed)

    def _refuses_more(self, error: FencepostError, answer: bytes) -> bool:
        """Look for the images, formulas and links that Typst refuses; say whether there are any that were not known.

        Typst stops at the first fault: behind an image there may be a formula, and the other way round.
        """
        if error.diagnostic.code != "pdf":
            return False
        if lost := frozenset(_LABEL.findall(error.diagnostic.message)) - self._lost_ids:
            self._lost_ids |= lost
            return True
        known = self._damaged, self._refused_formulas
        if "image" in error.diagnostic.message:
            self._damaged |= self._damaged_images()
        if self._damaged == known[0]:
            self._refused_formulas |= formulas.refused(answer, self._sets)
        return (self._damaged, self._refused_formulas) != known

    def _again(self, parsed: Parsed) -> bytes:
        """Let another pandoc write the document: the one before, and its second half, are spent."""
        document = self.document(parsed)
        self.stop_second()
        self.run = Run(self.arguments(), self.post.limits, path=self.post.path)
        return self.answer(document)[0]

    def _of_a_chapter(self, error: FencepostError, parsed: Parsed) -> FencepostError:
        """Name the chapter of a book that Typst cannot set: the first that it cannot set alone, for the same reason."""
        if error.diagnostic.code != "pdf":
            return error
        for path, chapter in parsed.alone():
            said = len(self.post.diagnostics)
            try:
                self.compile(self._again(chapter), chapter)
            except FencepostError as own:  # another reason: it links to a chapter that is not there now
                if own.diagnostic.message == error.diagnostic.message:
                    return FencepostError(own.diagnostic._replace(path=path))
            finally:
                del self.post.diagnostics[said:]
        return error

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Print the TeX of the formulas that Typst has refused, and the words of links that lead nowhere."""
        check_words(document, context, self.post.options.max_word)
        context.lost_ids = self._lost_ids
        context.refused_formulas = self._refused_formulas
        super().rewrite(document, context, parsed)
        if len(context.source or "") != len((context.source or "").encode()):  # there may be some
            from fencepost.formats.typst_pdf import many_emoji

            many_emoji.part(document["blocks"])

    def common(self, parsed: Parsed) -> dict[str, Node]:
        """Keep them out of the metadata too: a title `1. First`, a date `22. Mai`."""
        from fencepost.filters import shorthands

        found = tree.load(tree.dump(super().common(parsed)))  # a copy: the title serves every format
        shorthands.keep_words(list(found.values()))
        tree.rewrite_leaves(list(found.values()), {"Str": shorthands.action}, "typst", {})
        return found

    @cached_property
    def needs_system_fonts(self) -> bool:
        """Say whether the bundled fonts do not suffice, and warn of what no font here can print."""
        if self.post.options.emoji != "mono" or self.faces.system:
            return True
        lacking = [self._lacks_glyphs(post) for post in self.post.parts or (self.post,)]  # each warns
        return any(lacking)

    def look_over(self) -> None:
        """Warn of characters that no font has."""
        _ = self.needs_system_fonts

    def _lacks_glyphs(self, post: Post) -> bool:
        from fencepost.fonts.glyphs import missing_glyphs

        source = html.unescape(post.carried.source)
        if not missing_glyphs(source, extra=(self.work,)):
            return False
        lacking = missing_glyphs(source, system_fonts=True, extra=(self.work,))
        if lacking:
            from fencepost.formats.typst_pdf.printed_places import printed_places

            context = Context("typst", post.path, post.options, source, post.diagnostics)
            for char, (line, column) in printed_places(post, lacking).items():
                problem = f"no font here has {char} (U+{ord(char):04X}); it prints as a box"
                help = "install a font that has it"
                context.report("warning", "glyph-missing", problem, line=line, column=column, help=help)
        return True

    def compile(self, text: bytes, parsed: Parsed) -> bytes:
        """Set the page, and say what Typst had to say; gives the PDF."""
        printed = self._set_page(text.decode(), parsed)
        if printed.refusal:
            self.post.diagnostics.append(self._refused(printed.refusal, parsed, "warning"))
        said = [Diagnostic(self.post.path, None, None, "warning", "pdf", words) for words in printed.warnings]
        self.post.diagnostics += said
        return printed.data

    def _set_page(self, text: str, parsed: Parsed) -> Printed:
        """Let Typst set the page.

        Raises:
            FencepostError: Typst refused it, or it does not meet the standard that it must.
        """
        from fencepost.formats.typst_pdf.compile import StandardError, compile_pdf, timestamp_of

        options, date = self.post.options, self.post.meta.date
        try:
            return compile_pdf(
                text, root=self.work, font_paths=[self.work], inputs=self.inputs,
                system_fonts=self.needs_system_fonts, timestamp=timestamp_of(date.iso if date else None),
                timeout=options.typst_timeout, standard=options.pdf_standard, source=self.post.path,
            )  # fmt: skip
        except StandardError as error:
            raise FencepostError(self._refused(error.said, parsed, "error")) from None

    def _refused(self, said: str, parsed: Parsed, severity: str) -> Diagnostic:
        """Say why the PDF does not meet the standard that was wanted."""
        from fencepost.formats.typst_pdf.standards import refusal

        for source in parsed.sources:
            found = refusal(said, tree.load(source.data)["blocks"], context_for(source, self.name), source.post)
            path = source.post.path
            if found.line is not None:
                break
        else:
            path = self.post.path
        problem = f"not {formal_name(self.post.options.pdf_standard)}: {found.problem}"
        return Diagnostic(path, found.line, found.column, severity, "pdf-standard", problem, found.help)

    def _sets(self, text: str) -> bool:
        """Say whether Typst can set a text."""
        from fencepost.formats.typst_pdf.compile import compile_pdf

        try:
            compile_pdf(text, standard="none", source=self.post.path)
        except FencepostError:
            return False
        return True

    def _damaged_images(self) -> frozenset[str]:
        """Try each image alone: which of them does Typst refuse?"""
        from fencepost.formats.typst_pdf.compile import compile_pdf

        damaged = set()
        for file in self.work.iterdir():
            if file.suffix in KNOWN:
                try:
                    text = f"#image({literal(file.name)})"
                    compile_pdf(text, root=self.work, source=self.post.path)
                except FencepostError:
                    damaged.add(file.name)
        return frozenset(damaged)
