"""Word and OpenDocument: pandoc writes them, in the named styles of a reference document."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import ClassVar

from fencepost import tree
from fencepost.begin import Settings
from fencepost.cache import kept, key_of
from fencepost.context import Context
from fencepost.convert import Parsed, Post
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.images import ImageError
from fencepost.outputs import FORMATS, write_bytes
from fencepost.targets.base import Target
from fencepost.tree import Document, Node
from fencepost.writers import escape

PICTURES = frozenset([".png", ".jpg", ".jpeg", ".gif"])  # what both of them show
DRAWN = frozenset([".svg", ".webp"])  # what Typst makes a PNG of
DOTS = 192.0  # an inch


class Office(Target):
    """A document for a word processor."""

    template = ""
    pictures: ClassVar[frozenset[str]] = PICTURES
    drawn: ClassVar[frozenset[str]] = DRAWN
    raw = "openxml"
    can_share = False

    def __init__(self, post: Post, out: Path, settings: Settings, *, alone: bool = False) -> None:
        given = post.options.reference_doc
        if given and not Path(given).is_file():
            problem = "there is no such reference document"
            raise FencepostError(Diagnostic(given, None, None, "error", "template", problem))
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
        from fencepost.reference import reference
        from fencepost.theme import load_theme

        theme = load_theme(self.post.options.theme)
        file = self.work / f"reference{FORMATS[self.name][0]}"
        key = key_of(__version__, repr(theme))
        file.write_bytes(kept("references", key + file.suffix, lambda: reference(self.name, theme)))
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
        import typst

        from fencepost.fonts import load_fonts
        from fencepost.svgprint import printable

        made = file.with_suffix(".png")
        if made.exists():
            return made
        if file.suffix == ".svg":
            file.write_bytes(printable(file.read_bytes(), self.work))
        page = f"#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image({escape.typst(file.name)})"
        try:
            made.write_bytes(
                typst.compile(
                    page.encode(), root=str(self.work), format="png", ppi=DOTS, font_paths=load_fonts((self.work,))
                )
            )
        except typst.TypstError:
            raise ImageError(f"{target[:80]} is damaged") from None
        return made

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Carry what can be carried of raw HTML."""
        from fencepost.filters import rawhtml

        rawhtml.rewrite(document, context)
        super().rewrite(document, context, parsed)

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give pandoc's own names for what stands under the title."""
        from fencepost.dates import display_date
        from fencepost.metadata import meta_node

        meta = self.post.meta
        found = {"date": display_date(meta.date.day, meta.lang) if meta.date else "", "abstract": meta.description}
        return {name: meta_node(value) for name, value in found.items() if value}

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Put the document in its place."""
        write_bytes(self.out, (self.work / self.out.name).read_bytes())


class Docx(Office):
    """A Word document."""

    name = "docx"


class Odt(Office):
    """An OpenDocument text."""

    name = "odt"
    described: tuple[str, ...] = ()

    def answer(self, document: Document) -> tuple[bytes, list[str]]:
        """Keep what images are described as: pandoc's writer leaves it out."""
        places = tree.find(document["blocks"], frozenset(["Image"]))
        self.described = tuple(tree.text_of(container[index]["c"][1]) for container, index in places)
        return super().answer(document)

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Give the images their descriptions, and put the document in its place."""
        write_bytes(self.out, with_descriptions((self.work / self.out.name).read_bytes(), self.described))


_FRAME = re.compile(r'<draw:frame draw:name="img\d+".*?(?=</draw:frame>)', re.DOTALL)


def with_descriptions(document: bytes, described: tuple[str, ...]) -> bytes:
    """Write the descriptions of its images into an OpenDocument text; they are in the order of its frames."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "content.xml":
                data = _described(data.decode("utf-8"), described).encode("utf-8")
            new.writestr(part, data)
    return out.getvalue()


def _described(xml: str, described: tuple[str, ...]) -> str:
    if len(_FRAME.findall(xml)) != len(described):
        return xml  # a raw frame of the author's own, say: better none than another's

    each = iter(described)

    def frame(match: re.Match[str]) -> str:
        words = next(each)
        return match[0] + (f"<svg:desc>{escape.html(words)}</svg:desc>" if words else "")

    return _FRAME.sub(frame, xml)
