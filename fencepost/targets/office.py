"""Word and OpenDocument: pandoc writes them, in the named styles of a reference document."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from fencepost import tree
from fencepost.begin import Settings
from fencepost.cache import kept, key_of
from fencepost.context import Context
from fencepost.convert import Parsed, Post
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.images import ImageError
from fencepost.office import columns
from fencepost.office.boxes import box_alerts
from fencepost.office.indents import IMAGE, indents
from fencepost.office.sheets import text_width
from fencepost.outputs import FORMATS
from fencepost.targets import pdf_page
from fencepost.targets.base import Target
from fencepost.tree import Document, Node
from fencepost.variables import direction

PICTURES = frozenset([".png", ".jpg", ".jpeg", ".gif"])  # what both of them show
DRAWN = frozenset([".svg", ".webp"])  # what Typst makes a PNG of
OF_TEMPLATES = frozenset([
    "pagetitle", "categories", "tags", "draft", "cover", "toc", "toc-depth", "paper", "labels", "reading-time",
    "date-text", "date-iso", "updated-text", "updated-iso",
])  # fmt: skip
DOTS = 192.0  # an inch of what Typst makes
SCREEN = 96.0  # dots of an inch of other pictures


class Office(Target):
    """A document for a word processor."""

    template = ""
    pictures: ClassVar[frozenset[str]] = PICTURES
    drawn: ClassVar[frozenset[str]] = DRAWN
    raw = "openxml"
    can_share = False
    has_styles = True  # what it looks like is a matter of named styles, and of nothing else

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        given = post.options.reference_doc
        if given and not Path(given).is_file():
            problem = "there is no such reference document"
            raise FencepostError(Diagnostic(given, None, None, "error", "template", problem))
        self.paper, _ = pdf_page.sheet(post)
        self.is_rtl = bool(direction(post.meta.lang))
        super().__init__(post, out, settings, alone=alone)

    def arguments(self) -> list[str]:
        """Name the reference document and where pandoc writes to; its own template serves."""
        arguments = [*self._writer(), "--standalone", f"--output={self.work / self.out.name}"]
        if self.post.options.toc:
            arguments += ["--toc", f"--toc-depth={self.post.options.toc_depth}"]
        return [*arguments, f"--reference-doc={self._reference()}", *self.settings.pandoc]

    def _reference(self) -> Path:
        given = self.post.options.reference_doc
        if given and Path(given).suffix.lower() == FORMATS[self.name][0]:
            return Path(given)
        from fencepost import __version__
        from fencepost.office.reference import reference
        from fencepost.theme import load_theme

        theme, paper, rtl = load_theme(self.post.options.theme), self.paper, self.is_rtl
        file = self.work / f"reference{FORMATS[self.name][0]}"
        key = key_of(__version__, repr(theme), repr(paper), repr(rtl), "9")  # the number goes up with the look
        file.write_bytes(kept("references", key + file.suffix, lambda: reference(self.name, theme, paper, rtl=rtl)))
        return file

    def place(self, target: str) -> str:
        """Put the image where pandoc packs it from."""
        picture = self.images.picture(target)
        if picture.suffix not in self.pictures | self.drawn:
            raise ImageError(f"{target[:80]}: word processors show no {picture.suffix} images")
        file = self.work / picture.name
        if not file.exists():
            file.write_bytes(picture.data)
        return str(self._drawn(file, target) if picture.suffix in self.drawn else file)

    def _drawn(self, file: Path, target: str) -> Path:
        """Make a PNG of a drawing, with the fonts that it carries."""
        from fencepost.images.svgprint import printable
        from fencepost.pdf.compiling import draw_picture

        made = file.with_suffix(".png")
        if made.exists():
            return made
        if file.suffix == ".svg":
            file.write_bytes(printable(file.read_bytes(), self.work))
        try:
            made.write_bytes(draw_picture(file, DOTS, self.post.options.typst_timeout))
        except FencepostError as error:
            problem = "takes too long to draw" if error.diagnostic.code == "pdf-timeout" else "is damaged"
            raise ImageError(f"{target[:80]} {problem}") from None
        return made

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Carry what can be carried of raw HTML; give pictures their sizes, and the description a place."""
        from fencepost.filters import groups, rawhtml

        groups.rewrite(document, context)  # before raw HTML goes: some are written in it
        rawhtml.rewrite(document, context)
        super().rewrite(document, context, parsed)
        if not self.has_styles:
            return
        boxes = box_alerts(document, self.name, self.paper)
        self._size_pictures(document, indents(document["blocks"], boxes))
        for container, index in tree.find(document["blocks"], frozenset(["Table"])):
            columns.set_widths(container[index])
        if self.post.meta.description:
            words = {"t": "Para", "c": tree.plain(self.post.meta.description)}
            style = [["custom-style", "Description"]]
            document["blocks"].insert(0, {"t": "Div", "c": [["", [], style], [words]]})

    def _size_pictures(self, document: Document, less: dict[int, float]) -> None:
        """Give each picture its own width, no wider than the lines there: else it runs off the page."""
        from fencepost.images.pixels import size_of

        for container, index in tree.find(document["blocks"], IMAGE):
            attr, _, (target, _) = container[index]["c"]
            if any(name in ("width", "height") for name, _ in attr[2]):
                continue
            size = size_of(Path(target).read_bytes()) if Path(target).is_file() else None
            if size:
                wide = size[0] / (DOTS if Path(target).with_suffix(".svg").exists() else SCREEN)
                room = max(text_width(self.paper) - less[id(container[index])], 1)
                attr[2].append(["width", f"{min(wide, room):.3f}in"])

    def common(self, parsed: Parsed) -> dict[str, Node]:
        """Give what a document says of itself; what only a template asks for would be a property that anybody sees."""
        found = super().common(parsed)
        return {name: found[name] for name in found if name not in OF_TEMPLATES} if self.has_styles else found

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give pandoc's own names for what stands under the title."""
        from fencepost.frontmatter.dates import display_date
        from fencepost.metadata import meta_node

        meta = self.post.meta
        found = {"date": display_date(meta.date.day, meta.lang) if meta.date else ""}
        return {name: meta_node(value) for name, value in found.items() if value}

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Put the document in its place."""
        self.put((self.work / self.out.name).read_bytes())


class Docx(Office):
    """A Word document."""

    name = "docx"

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Say that Word is today's, and put the document in its place."""
        from fencepost.office.word import mended

        self.put(mended((self.work / self.out.name).read_bytes(), rtl=self.is_rtl))


class Odt(Office):
    """An OpenDocument text."""

    name = "odt"
    described: tuple[str, ...] = ()

    def answer(self, document: Document) -> tuple[bytes, list[str]]:
        """Keep what images are described as: pandoc's writer leaves it out."""
        places = tree.find(document["blocks"], IMAGE)
        self.described = tuple(tree.text_of(container[index]["c"][1]) for container, index in places)
        return super().answer(document)

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Give the images their descriptions and the tables rules, and put the document in its place."""
        from fencepost.office.opendocument import mended

        self.put(mended((self.work / self.out.name).read_bytes(), self.described, rtl=self.is_rtl))
