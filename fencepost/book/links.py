"""Links between the posts of a book: `other.md`, `./other/`, `/blog/other#part` lead to the chapter."""

from __future__ import annotations

import os
import re
import urllib.parse
from collections.abc import Sequence
from pathlib import Path

from fencepost.book.chapters import Chapter
from fencepost.book.ids import anchored
from fencepost.filters.anchors import known_ids
from fencepost.filters.context import CHAPTER, Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.settings.outputs import SOURCES, stem_of
from fencepost.system.urls import parts_of

_LINK = frozenset(["Link"])
_LISTS = frozenset(["tag", "tags", "category", "categories", "author", "authors", "topics", "series"])  # pages of lists
FOLDER_PAGES = frozenset(["index", "_index", "readme"])  # a folder's own page
_PAGE = re.compile(r"(?:/index)?\.(?:html?|md|mdx|markdown)\Z")
_DATED = re.compile(r"\A\d{4}-\d\d?-\d\d?-")
_RAW_LINK = re.compile(r"""(<a\b[^<>]*?\shref\s*=\s*)(["'])([^"'<>]*)\2""", re.IGNORECASE)


class Atlas:
    """Knows where each chapter is found: by its file, and by the paths and addresses of its page; by no bare name."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self.anchors = {chapter.id: _anchors(chapter) for chapter in chapters}
        self._files: dict[Path, Chapter] = {}
        self._pages: dict[tuple[str, ...], Chapter] = {}  # folders and name, in small letters, as a site serves them
        self._addresses: dict[str, Chapter] = {}
        self._hosts: set[str] = set()
        self._folder = _common([Path(chapter.post.path).resolve() for chapter in chapters])
        for chapter in chapters:
            self._add(chapter)

    def _add(self, chapter: Chapter) -> None:
        file = Path(chapter.post.path).resolve()
        self._files[file] = chapter
        if address := chapter.meta.canonical:
            parts = parts_of(address)
            self._hosts.add(parts.netloc)
            self._addresses[_place(parts.path)] = chapter
        is_folder = file.stem.lower() in FOLDER_PAGES
        folder = file.parent.parent if is_folder else file.parent
        stem = file.parent.name if is_folder else stem_of(file)
        slug = chapter.meta.slug.strip("/").rsplit("/", 1)[-1]
        for name in {slug, stem, _DATED.sub("", stem)} - {""}:
            self._pages.setdefault(_parts(folder / name), chapter)
        if is_folder:
            self._files.setdefault(file.parent, chapter)

    def find(self, target: str, file: Path) -> tuple[Chapter, str] | None:
        """Find the chapter that a link in the post `file` means, and the anchor there.

        None where the link leads elsewhere.
        """
        path, _, anchor = target.partition("#")
        parts = parts_of(path)
        if parts.scheme not in ("", "http", "https") or not parts.path or (parts.netloc not in {"", *self._hosts}):
            return None
        way = urllib.parse.unquote(parts.path)
        found = self._by_address(way) if way.startswith("/") or parts.netloc else self._by_file(way, file.resolve())
        return (found, urllib.parse.unquote(anchor)) if found else None

    def _by_address(self, way: str) -> Chapter | None:
        """Find the page at an address of the site: it ends with the chapter's path from the folder of all chapters."""
        place = _place(way)
        if place in self._addresses:
            return self._addresses[place]
        wanted = tuple(place.split("/"))
        if wanted[-2:-1] and wanted[-2] in _LISTS:
            return None
        root = _parts(self._folder)
        found = (self._pages.get(root + wanted[at:]) for at in range(len(wanted)))
        return next(filter(None, found), None)

    def _by_file(self, way: str, file: Path) -> Chapter | None:
        """Find a file beside the post, or the page of a site: there `../other/` leads out of the post's own folder."""
        bare = way.rstrip("/") or "."
        suffixes = () if way.endswith("/") else SOURCES
        for place in (file.parent / way, *(file.parent / (bare + suffix) for suffix in suffixes)):
            if found := self._files.get(Path(os.path.normpath(place))):
                return found
        if Path(bare).suffix.lower() in SOURCES:
            return None
        page = _PAGE.sub("", bare) or "."
        is_folder = file.stem.lower() in FOLDER_PAGES
        homes = [file.parent] if is_folder else [file.parent / stem_of(file), file.parent]
        if not way.endswith("/"):
            homes.reverse()
        for home in homes:
            if found := self._pages.get(_parts(Path(os.path.normpath(home / page)))):
                return found
        return None


def _common(files: list[Path]) -> Path:
    """Give the folder that all chapters are in; of one post in its own folder (`post/index.md`) the one above."""
    folders = {file.parent for file in files}
    if len(files) == 1 and files[0].stem.lower() in FOLDER_PAGES:
        return files[0].parent.parent
    return Path(os.path.commonpath(folders)) if folders else Path()


def _parts(path: Path) -> tuple[str, ...]:
    return tuple(part.lower() for part in path.parts)


def _place(way: str) -> str:
    return _PAGE.sub("", way).strip("/").lower()


def _anchors(chapter: Chapter) -> dict[str, str]:
    """List the anchors of a chapter: those it has, and what they were called before."""
    known = known_ids(tree.load(chapter.parsed.data))
    return {old: new for old, new in chapter.parsed.renamed.items() if new in known} | {name: name for name in known}


def mark(document: Document, chapter: Chapter, atlas: Atlas, context: Context) -> None:
    """Give links to chapters, raw ones too, an address of our own scheme; in place.

    Runs before the filters, which know nothing of other chapters.
    """
    for container, index in tree.find(document["blocks"], _LINK):
        link = container[index]["c"][2]
        link[0] = _marked(link[0], chapter, atlas, context)
    for container, index in tree.find(document["blocks"], frozenset(["RawInline", "RawBlock"])):
        raw = container[index]["c"]
        if raw[0].startswith("html"):
            raw[1] = _RAW_LINK.sub(lambda m: f"{m[1]}{m[2]}{_marked(m[3], chapter, atlas, context)}{m[2]}", raw[1])


def _marked(target: str, chapter: Chapter, atlas: Atlas, context: Context) -> str:
    if target.startswith("#"):
        return target
    found = atlas.find(target, Path(chapter.post.path))
    if found is None:
        _report_outside(target, chapter, context)
        return target
    other, anchor = found
    anchors = atlas.anchors[other.id]
    name = next((anchors[key] for key in (anchor, anchor.lower()) if key in anchors), "")
    if anchor and not name:
        problem = f"{other.post.path} has no heading with the anchor #{anchor}"
        help = "the link leads to the start of that chapter"
        context.report_at("Link", target, "warning", "link-anchor", problem, help=help)
    return CHAPTER + (anchored(other.id, name) if name else other.id)


def _report_outside(target: str, chapter: Chapter, context: Context) -> None:
    """Warn of a link to a post that is no chapter: in a book it would lead nowhere."""
    path = target.partition("#")[0]
    parts = parts_of(path)
    if not parts.path or parts.scheme or parts.netloc:
        return
    way = urllib.parse.unquote(parts.path)
    is_page = not way.startswith("/") and not Path(way).suffix and not (chapter.post.folder / way).exists()
    if not is_page and Path(way).suffix.lower() not in SOURCES:
        return
    problem, help = f"{path} is no chapter of this book", "add it to the chapters, or link to its address on the web"
    context.report_at("Link", target, "warning", "book-link", problem, help=help)


def arrive(blocks: list[Node], family: str) -> None:
    """Let marked links lead to their chapters, once ids are final; in print with the page; in place."""
    for container, index in reversed(tree.find(blocks, _LINK)):
        node = container[index]
        target = node["c"][2][0]
        if not target.startswith(CHAPTER):
            continue
        name = target.removeprefix(CHAPTER)
        if family == "typst":
            from fencepost.writers.book import page_reference

            tree.replace(container, index, page_reference(name, node["c"][1]))
        else:
            node["c"][2][0] = f"#{name}"
    for container, index in tree.find(blocks, frozenset(["RawInline", "RawBlock"])):
        raw = container[index]["c"]
        if CHAPTER in raw[1]:
            raw[1] = raw[1].replace(CHAPTER, "#")
