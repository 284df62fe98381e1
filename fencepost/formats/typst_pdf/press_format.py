"""A printed post for a printing house (`for: kdp`, `for: print-shop`): set as often as its number of pages asks for,
then looked through for what the house would send back.
"""

from __future__ import annotations

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.formats.typst_pdf import press_rules
from fencepost.formats.typst_pdf.format import Pdf
from fencepost.pandoc.tree import Document
from fencepost.post.model import Parsed, context_for


class Press(Pdf):
    """A PDF that a printing house takes."""

    def __init__(self, *given: object, **more: object) -> None:
        self.targets: dict[str, str] = {}  # the file that Typst reads → what the author wrote
        super().__init__(*given, **more)  # type: ignore[arg-type]

    def place(self, target: str) -> str:
        """Put an image where Typst may read it, and remember where the author named it."""
        name = super().place(target)
        self.targets.setdefault(name, target)
        return name

    def document(self, parsed: Parsed) -> Document:
        """Give the document; here a missing image is an error.

        Raises:
            FencepostError: an image is missing; the others that are stay among what there is to say.
        """
        document = super().document(parsed)
        missing: list[tuple[list[Diagnostic], Diagnostic]] = []
        for said in (post.diagnostics for post in (self.post, *self.post.parts)):
            said[:] = [found._replace(severity="error") if found.code == "image-missing" else found for found in said]
            missing += [(said, found) for found in said if found.code == "image-missing"]
        if missing:
            said, first = missing[0]
            said.remove(first)
            raise FencepostError(first)
        return document

    def compile(self, text: bytes, parsed: Parsed) -> bytes:
        """Set the page with the room at the spine that its number of pages asks for, and look the PDF through."""
        inside = press_rules.INSIDE[0][1] * press_rules.INCH
        for _ in press_rules.INSIDE:
            self.inputs = {"press": self.post.options.for_, "inside": f"{inside:g}"}
            made = super().compile(text, parsed)
            pages = press_rules.page_count(made)
            needed = press_rules.inside_margin(pages)
            if needed <= inside:
                break
            inside = needed
        self._check_fonts(made)
        self._check_pages(pages)
        self._check_images(text.decode(), parsed)
        return made

    def _check_fonts(self, made: bytes) -> None:
        if left_out := press_rules.fonts_left_out(made):
            problem = f"the PDF does not hold the font {left_out[0]}"
            help = "an image brings text in it: embed its fonts, or save it as PNG"
            raise FencepostError(Diagnostic(self.post.path, None, None, "error", "print-font", problem, help))

    def _check_pages(self, pages: int) -> None:
        if self.post.options.for_ == "kdp" and not press_rules.FEWEST <= pages <= press_rules.MOST:
            problem = f"KDP prints {press_rules.FEWEST} to {press_rules.MOST} pages, and this has {pages}"
            self.post.diagnostics.append(Diagnostic(self.post.path, None, None, "warning", "print-pages", problem))

    def _check_images(self, text: str, parsed: Parsed) -> None:
        """Warn of images that have too few pixels for their size on paper."""
        from fencepost.formats.typst_pdf.compile import query
        from fencepost.images.pixels import size_of

        context = context_for(parsed, self.name)
        seconds = self.post.options.typst_timeout
        found = query(
            text, "<fp-printed>", root=self.work, inputs=self.inputs or {}, system_fonts=self.needs_system_fonts,
            timeout=seconds, source=self.post.path,
        )  # fmt: skip
        counts: dict[str, int] = {}
        for name, width in found:
            target = self.targets.get(name, name)
            number = counts[target] = counts.get(target, 0) + 1
            size = size_of((self.work / name).read_bytes())
            dots = press_rules.dots_an_inch(size[0], width) if size else press_rules.DOTS
            if dots >= press_rules.DOTS:
                continue
            problem = f"{target[:80]} prints at {dots} dots an inch, {width * press_rules.INCH / 72:.0f} mm wide"
            wanted = round(width / 72 * press_rules.DOTS)
            help = f"{press_rules.DOTS} are asked for: {wanted} pixels across, or a narrower picture"
            line, column = (places := context.places_of("Image", target))[min(number, len(places)) - 1]
            context.report("warning", "image-resolution", problem, line=line, column=column, help=help)
