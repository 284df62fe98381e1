"""From the shared tree to one finished file: a class a format, picked from a dict."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import urllib.parse
from pathlib import Path
from typing import Any, ClassVar

from fencepost import tree
from fencepost.begin import Settings, Task
from fencepost.context import Context
from fencepost.convert import Parsed, Post, context_for
from fencepost.data import data_dir
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.images import KNOWN, ImageError, Images, is_data, is_remote
from fencepost.metadata import meta_node, raw_meta
from fencepost.outputs import FORMATS, write_bytes, write_whole
from fencepost.pandoc import Run
from fencepost.tree import Document, Node

# a user's template is for the format that its suffix names; without one of these, for any
TEMPLATE_OF = {".typ": "pdf", ".typst": "pdf", ".html": "html", ".html5": "html", ".xhtml": "epub", ".epub": "epub"}


class Target:
    """One format of one post: what pandoc is told, what the tree needs, what becomes of pandoc's answer."""

    name: ClassVar[str]
    template: ClassVar[str]
    extensions: ClassVar[str] = ""
    flags: ClassVar[tuple[str, ...]] = ()

    def __init__(self, post: Post, out: Path | None, settings: Settings) -> None:
        self.post, self.out, self.settings = post, out, settings
        options = post.options
        self.work = Path(tempfile.mkdtemp(prefix="fencepost-"))
        self.images = Images(post.folder, options.site_root, offline=options.offline, seconds=options.timeout_fetch)
        try:
            self.run = Run(self.arguments(), post.limits, path=post.path)
        except BaseException:
            self.close()
            raise

    def arguments(self) -> list[str]:
        """List what pandoc is called with."""
        arguments = ["-f", "json", "-t", FORMATS[self.name][1] + self.extensions, "--wrap=none", *self.flags]
        if not self.settings.fragment:
            arguments.append(f"--template={self._template()}")
            if self.post.options.toc:
                arguments += ["--toc", f"--toc-depth={self.post.options.toc_depth}"]
        return arguments + list(self.settings.pandoc)

    def _template(self) -> str:
        """Choose the template: the user's where it is one for this format, by its suffix; else ours."""
        own = self.post.options.template
        if own and not Path(own).is_file():
            raise FencepostError(Diagnostic(own, None, None, "error", "template", "there is no such template"))
        if own and TEMPLATE_OF.get(Path(own).suffix.lower(), self.name) == self.name:
            return own
        return str(data_dir() / "templates" / self.template)

    def place(self, target: str) -> str:
        """Say what the output refers to for an image of the post.

        Raises:
            ImageError: the image cannot be had.
        """
        raise NotImplementedError

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the metadata that only this format has."""
        raise NotImplementedError

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Make the output of what pandoc wrote."""
        raise NotImplementedError

    def close(self) -> None:
        """Remove what was only needed on the way."""
        shutil.rmtree(self.work, ignore_errors=True)

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Do to the tree what this format needs."""
        from fencepost import filters
        from fencepost.filters import anchors, comments, figures, rawhtml

        if self.post.options.keep_comments and context.family != "html":
            types = frozenset(["RawBlock", "RawInline"])
            tree.rewrite_leaves(document["blocks"], comments.action, types, context.target, {})
        rawhtml.rewrite(document, context)
        filters.run(document, context)
        anchors.check_links(document, context, parsed.renamed)
        figures.rewrite(document, context, self.place)

    def document(self, parsed: Parsed) -> bytes:
        """Give pandoc's JSON for this format, metadata included."""
        document = tree.load(parsed.data)
        self.rewrite(document, context_for(parsed, self.name), parsed)
        document["meta"] |= self.common(parsed)
        document["meta"] |= self.variables(parsed, document)
        if self.name != "pdf":
            tree.join_words(document["blocks"])
        return tree.dump(document)

    def common(self, parsed: Parsed) -> dict[str, Node]:
        """Give the metadata that every format has."""
        from fencepost.variables import variables

        values = variables(named(parsed), self.post.options, parsed.words)
        values["pagetitle"] = values.get("title") or Path(self.post.path).stem
        found = {key: meta_node(value) for key, value in values.items()}
        if parsed.title:
            found["title"] = {"t": "MetaInlines", "c": parsed.title}
        return found


def named(parsed: Parsed) -> Any:
    """Give the metadata with a title: the front matter's, else the first heading's text."""
    from dataclasses import replace

    meta = parsed.post.meta
    return meta if meta.title else replace(meta, title=tree.text_of(parsed.title))


class Html(Target):
    """A web page."""

    name = "html"
    template = "post.html"
    flags = ("--mathml",)

    def place(self, target: str) -> str:
        """Point at the image from where the page is; with `embed`, put it in."""
        if is_data(target):
            return target
        if self.post.options.embed:
            return self.images.picture(target).data_uri
        if is_remote(target):
            return target
        file = self.images.locate(target)
        return target if self.out is None else self.relative(file)

    def relative(self, file: Path) -> str:
        """Write the way from the page's folder to a file as a URL."""
        home = self.out.parent if self.out else Path.cwd()
        try:
            way = os.path.relpath(file.resolve(), home.resolve())
        except ValueError:  # another drive
            return file.resolve().as_uri()
        return urllib.parse.quote(Path(way).as_posix())

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Let links to files beside the post lead there from the page too, and wide tables scroll."""
        from fencepost import lift
        from fencepost.filters import tables

        super().rewrite(document, context, parsed)
        tree.rewrite(document["blocks"], {"Table": [lift.as_rewrite(tables.action, context)]})
        for container, index in tree.find(document["blocks"], frozenset(["Link"])):
            target = container[index]["c"][2]
            target[0] = self._moved(target[0])

    def _moved(self, target: str) -> str:
        """Say where a link to a file beside the post leads from the page; other links stay as they are."""
        path, mark, rest = target.partition("#")
        if not path or path.startswith("/") or urllib.parse.urlsplit(path).scheme or self.out is None:
            return target
        file = self.post.folder / urllib.parse.unquote(path)
        try:
            return self.relative(file) + mark + rest if file.exists() else target
        except OSError:
            return target

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give style, script and head."""
        from fencepost.labels import labels
        from fencepost.theme import load_theme
        from fencepost.variables import head_meta
        from fencepost.web import script, stylesheet

        if self.settings.fragment:
            return {}
        options = self.post.options
        sheets = [Path(name) for name in options.css]
        found = {
            "fencepost-css": raw_meta("html", stylesheet(load_theme(options.theme), page=True)),
            "fencepost-js": raw_meta("html", script(labels(self.post.meta.lang))),
            "head-meta": raw_meta("html", head_meta(named(parsed))),
        }
        if options.embed:
            extra = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
            found["fencepost-css"] = raw_meta("html", stylesheet(load_theme(options.theme), page=True) + extra)
        elif sheets:
            found["css"] = meta_node([name if is_remote(name) else self.relative(Path(name)) for name in options.css])
        return found

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Write the page."""
        if self.out is not None:
            write_bytes(self.out, answer)


class Pdf(Target):
    """A printed post, set by Typst."""

    name = "pdf"
    template = "post.typ"
    _damaged: frozenset[str] = frozenset()
    extensions = "-smart"

    def place(self, target: str) -> str:
        """Put the image where Typst may read it; fonts that an SVG carries become files."""
        picture = self.images.picture(target)
        if picture.suffix not in KNOWN:
            raise ImageError(f"{target[:80]}: {picture.suffix} images cannot be printed")
        if picture.name in self._damaged:
            raise ImageError(f"{target[:80]} is damaged")
        file = self.work / picture.name
        if not file.exists():
            from fencepost.svgfonts import unpack_svg

            data = unpack_svg(picture.data, self.work) if picture.suffix == ".svg" else picture.data
            file.write_bytes(data)
        return picture.name

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the definitions that the filters' calls need."""
        from fencepost.definitions import typst_definitions

        if self.settings.fragment:
            return {}
        return {"fencepost-typst": raw_meta("typst", typst_definitions(self.post.options))}

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Compile what pandoc wrote; where an image turns out to be damaged, once more with a placeholder for it."""
        if self.out is None:
            return
        try:
            write_whole(self.out, lambda beside: self._compile(answer, beside))
        except FencepostError as error:
            self._damaged = self._damaged_images() if "image" in error.diagnostic.message else frozenset()
            if not self._damaged:
                raise
            again, _ = Run(self.arguments(), self.post.limits, path=self.post.path).finish(self.document(parsed))
            write_whole(self.out, lambda beside: self._compile(again, beside))

    def rewrite(self, document: Document, context: Context, parsed: Parsed) -> None:
        """Keep Typst from reading its shorthands into the author's words."""
        from fencepost.filters import shorthands

        super().rewrite(document, context, parsed)
        tree.rewrite_leaves(document["blocks"], shorthands.action, frozenset(["Str"]), "typst", {})

    def common(self, parsed: Parsed) -> dict[str, Node]:
        """Keep them out of the title too."""
        from fencepost.filters import shorthands

        found = tree.load(tree.dump(super().common(parsed)))  # a copy: the title serves every format
        tree.rewrite_leaves(list(found.values()), shorthands.action, frozenset(["Str"]), "typst", {})
        return found

    def _needs_system_fonts(self) -> bool:
        """Say whether the bundled fonts do not suffice, and warn of what no font here can print."""
        from fencepost.glyphs import missing_glyphs

        source = self.post.carried.source
        if self.post.options.emoji != "mono":
            return True
        if not missing_glyphs(source):
            return False
        context = Context("typst", self.post.path, self.post.options, source, self.post.diagnostics)
        for char in missing_glyphs(source, system_fonts=True):
            line, column = context.place_of(char)
            context.report(
                "warning", "glyph-missing", f"no font here has {char} (U+{ord(char):04X}); it prints as a box",
                line=line, column=column, help="install a font that has it",
            )  # fmt: skip
        return True

    def _compile(self, text: bytes, out: Path) -> None:
        from fencepost.pdf import compile_pdf, timestamp_of

        options, date = self.post.options, self.post.meta.date
        warnings = compile_pdf(
            text.decode(), out, root=self.work, font_paths=[self.work],
            timestamp=timestamp_of(date.iso if date else None), timeout=options.typst_timeout,
            system_fonts=self._needs_system_fonts(), source=self.post.path,
        )  # fmt: skip
        self.post.diagnostics += [Diagnostic(self.post.path, None, None, "warning", "pdf", said) for said in warnings]

    def _damaged_images(self) -> frozenset[str]:
        """Try each image alone: which of them does Typst refuse?"""
        from fencepost.pdf import compile_pdf

        damaged = set()
        for file in self.work.iterdir():
            if file.suffix in KNOWN:
                try:
                    text = f"#image({json.dumps(file.name)})"
                    compile_pdf(text, self.work / "probe.pdf.tmp", root=self.work, source=self.post.path)
                except FencepostError:
                    damaged.add(file.name)
        return frozenset(damaged)


class Epub(Target):
    """An EPUB 3."""

    name = "epub"
    template = "post.epub.html"
    flags = ("--mathml",)

    def arguments(self) -> list[str]:
        """Add what an EPUB is made of beside its text."""
        from fencepost.theme import load_theme
        from fencepost.web import epub_stylesheet

        style = self.work / "style.css"
        style.write_text(epub_stylesheet(load_theme(self.post.options.theme)), encoding="utf-8")
        sheets = [str(style), *self.post.options.css]
        arguments = [
            *super().arguments(),
            f"--output={self.work / 'post.epub'}",
            *(f"--css={sheet}" for sheet in sheets),
        ]
        return [*arguments, f"--epub-cover-image={self.work / 'cover.png'}"]

    def place(self, target: str) -> str:
        """Put the image where pandoc packs it from."""
        picture = self.images.picture(target)
        file = self.work / picture.name
        if not file.exists():
            file.write_bytes(picture.data)
        return str(file)

    def variables(self, parsed: Parsed, document: Document) -> dict[str, Node]:
        """Give the EPUB's own metadata, and draw the cover."""
        from fencepost.variables import epub_metadata

        self.draw_cover(parsed)
        described = all(
            tree.text_of(container[index]["c"][1])
            for container, index in tree.find(document["blocks"], frozenset(["Image"]))
        )
        return {
            key: meta_node(value)
            for key, value in epub_metadata(named(parsed), described=described).items()
            if key != "title"
        }

    def draw_cover(self, parsed: Parsed) -> None:
        """Make the cover: the post's own image, else title and author set on a page."""
        from fencepost.dates import display_date
        from fencepost.pdf import render_cover
        from fencepost.theme import load_theme

        meta = named(parsed)
        cover = self.work / "cover.png"
        cover.write_bytes(
            render_cover(
                load_theme(self.post.options.theme), title=meta.title, subtitle=meta.subtitle,
                categories=meta.categories,
                author=", ".join(author.name for author in meta.authors), lang=meta.lang,
                date=display_date(meta.date.day, meta.lang) if meta.date else "",
            )
        )  # fmt: skip

    def finish(self, answer: bytes, parsed: Parsed) -> None:
        """Mend pandoc's EPUB and put it in its place."""
        if self.out is None:
            return
        from fencepost.epub import finish

        made = (self.work / "post.epub").read_bytes()
        write_bytes(self.out, finish(made, named(parsed)))


TARGETS: dict[str, type[Target]] = {"html": Html, "pdf": Pdf, "epub": Epub}


def start_writers(post: Post, outputs: dict[str, Path], settings: Settings) -> dict[str, Target]:
    """Start one pandoc for each output; each waits for its tree."""
    started: dict[str, Target] = {}
    try:
        for name, out in outputs.items():
            started[name] = TARGETS[name](post, out, settings)
    except BaseException:
        for target in started.values():
            target.run.stop()
            target.close()
        raise
    return started


def write(parsed: Parsed, target: Target) -> Task:
    """Make the tree for a target, then let pandoc and what follows work beside us."""
    try:
        data = target.document(parsed)
    except BaseException:
        target.run.stop()
        target.close()
        raise

    def work() -> None:
        try:
            answer, warnings = target.run.finish(data)
            parsed.post.diagnostics += [
                Diagnostic(parsed.post.path, None, None, "warning", "pandoc", warning) for warning in warnings
            ]
            target.finish(answer, parsed)
        finally:
            target.close()

    return Task(work)
