"""A book of one post: an EPUB 3."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from fencepost.diagnostics.model import Diagnostic
from fencepost.filters.context import Context
from fencepost.formats.base import Target, named
from fencepost.images import ImageError, Picture
from fencepost.options import Options
from fencepost.pandoc import tree
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Parsed
from fencepost.system.task import Task
from fencepost.writers.escape import html

if TYPE_CHECKING:
    from fencepost.theme import Theme

COVER_SIZE = 1600, 2560
_ALT = re.compile(r"""\salt\s*=\s*("[^"<>]*"|'[^'<>]*')""", re.IGNORECASE)
# films and sounds on the web stay there: pandoc fetches them into the book unless told not to
_REMOTE = re.compile(r"""(<(?:video|audio|source)\b)(?=[^<>]*\s(?:src|poster)\s*=\s*["']?https?:)""", re.IGNORECASE)
_RAW_IMAGE = re.compile(r"""(<img\b[^<>]*?\ssrc\s*=\s*)("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)([^<>]*>)""", re.IGNORECASE)
COVERS = frozenset([".png", ".jpg", ".jpeg", ".gif"])


@cache
def blank_cover() -> bytes:
    """Make an empty PNG of the cover's size: pandoc builds the book around it while the cover is being drawn."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    width, height = COVER_SIZE
    rows = zlib.compress(bytes((width // 8 + 1) * height), 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Epub(Target):
    """An EPUB 3."""

    name = "epub"
    template = "post.epub.html"
    raw = "html"
    can_share = False
    cover: Task | None = None
    book_options: Options
    theme: Theme
    face_files: dict[str, Path]  # of faces that the author gave as files: family → file
    flags = ("--mathml",)

    def arguments(self) -> list[str]:
        """Add what an EPUB is made of beside its text."""
        from fencepost.theme.web import epub_stylesheet

        self.book_options = self.post.options  # `self.post` may be a chapter later
        if self.book_options.epub_image_size > 0:
            from fencepost.images.resizing import check_pillow

            check_pillow(self.post.path)
        style = self.work / "style.css"
        self.theme, self.face_files = self._faces()
        style.write_text(epub_stylesheet(self.theme), encoding="utf-8")
        sheets = [str(style), *self.post.options.css]
        arguments = [
            *super().arguments(),
            f"--output={self.work / 'post.epub'}",
            *(f"--css={sheet}" for sheet in sheets),
        ]
        cover = self._own_cover()
        file = self.work / f"cover{cover.suffix if cover else '.png'}"
        file.write_bytes(cover.data if cover else blank_cover())
        return [*arguments, f"--epub-cover-image={file}"]

    def _faces(self) -> tuple[Theme, dict[str, Path]]:
        """Give the theme, with the faces that the options choose for embedding before its own, and their files."""
        from fencepost.theme import load_theme

        theme = load_theme(self.post.options.theme)
        if not self.post.options.embed_fonts:
            return theme, {}
        from fencepost.fonts.files import file_of
        from fencepost.formats.typst_pdf import page

        files: dict[str, Path] = {}
        for use, family in page.chosen(self.post, self.work).chosen.items():
            file = next(iter((self.work / f"face-{use}").glob("face.*")), None)
            name = re.sub(r"""["'\\;{}<>\n]""", "", family)
            if file:
                files[name] = file
            elif not file_of(name, "normal"):
                problem, help = f"{family} is this machine's, and not embedded", "name its file"
                said = Diagnostic(self.post.path, None, None, "warning", "font", problem, help)
                self.post.diagnostics.append(said)
            theme["faces"][use] = [name, *theme["faces"][use]]
        return theme, files

    def _own_cover(self) -> Picture | None:
        """Find the post's own cover, where it has one that a book can hold."""
        if not self.post.meta.cover:
            return None
        try:
            found = self.images.picture(self.post.meta.cover)
        except ImageError as problem:
            line = self.post.meta.lines.get("cover") or self.post.meta.lines.get("image")
            said = Diagnostic(self.post.path, line, None, "warning", "image-missing", f"cover: {problem}")
            self.post.diagnostics.append(said)
            return None
        return found if found.suffix in COVERS else None

    def place(self, target: str) -> str:
        """Put the image where pandoc packs it from."""
        picture = self.images.picture(target)
        if self.book_options.epub_image_size > 0:
            from fencepost.images.resizing import within

            picture = within(picture, self.book_options.epub_image_size)
        file = self.work / picture.name
        if not file.exists():
            file.write_bytes(self._data(picture))
        return str(file)

    def _data(self, picture: Picture) -> bytes:
        if picture.suffix != ".svg":
            return picture.data
        from fencepost.images.svgbook import for_book

        return for_book(picture.data)

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Find the images of raw HTML: pandoc packs what their `src` names."""
        super().rewrite(document, context, parsed)
        for container, index in tree.find(document["blocks"], frozenset(["RawInline", "RawBlock"])):
            raw = container[index]["c"]
            if raw[0].startswith("html"):
                raw[1] = _RAW_IMAGE.sub(lambda found: self._raw_image(found, context), raw[1])
                raw[1] = _REMOTE.sub(r"\1 data-external=\"1\"", raw[1])

    def _raw_image(self, found: re.Match[str], context: Context) -> str:
        """Name the file that is packed; an image that cannot be had leaves its description: pandoc would fetch it."""
        target = unescape(found[2].strip("\"'"))
        try:
            return f'{found[1]}"{html(self.place(target))}"{found[3]}'
        except ImageError as problem:
            context.report_at("Image", target, "warning", "image-missing", str(problem))
            alt = _ALT.search(found[0])
            words = unescape(alt[1].strip("\"'")) if alt else target
            return f'<span class="missing-image">{html(words)}</span>'

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the EPUB's own metadata, and begin to draw the cover."""
        from fencepost.formats.variables import epub_metadata

        self.cover = Task(lambda: self.draw_cover(parsed)) if self._own_cover() is None else None
        described = all(
            tree.text_of(container[index]["c"][1])
            for container, index in tree.find(document["blocks"], frozenset(["Image"]))
        )
        return {
            key: meta_node(value)
            for key, value in epub_metadata(named(parsed), described=described).items()
            if key != "title"
        }

    def draw_cover(self, parsed: Parsed) -> bytes:
        """Set title and author on a page: the cover of a post that has none, as PNG."""
        from fencepost.formats.typst_pdf.compile import render_cover
        from fencepost.locales.dates import display_date
        from fencepost.theme import load_theme

        meta = named(parsed)
        return render_cover(
            load_theme(self.post.options.theme), title=meta.title, subtitle=meta.subtitle, categories=meta.categories,
            author=", ".join(author.name for author in meta.authors), lang=meta.lang,
            date=display_date(meta.date.day, meta.lang) if meta.date else "",
        )  # fmt: skip

    def prepare(self) -> None:
        """Import what packs the book."""
        from fencepost.formats.epub import mend  # noqa: F401

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Mend pandoc's EPUB and put it in its place."""
        from fencepost.formats.epub.mend import finish

        made = (self.work / "post.epub").read_bytes()
        cover = {blank_cover(): self.cover.result()} if self.cover else {}
        faces = (self.theme, self.face_files) if self.book_options.embed_fonts else None
        self.put(finish(made, named(parsed), drawn=cover, faces=faces))
