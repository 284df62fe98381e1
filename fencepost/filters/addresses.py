"""Addresses of links: what leads somewhere on the author's site or in the post's folder leads there from each output.

    the author wrote        the web page            print                   the book
    /blog/other             base_url/blog/other     the same                the same
    other.md                other.html beside it    other.pdf beside it     its address on the site
    files/data.zip          the file, from here     the file, from here     its address on the site
    other/ (no file)        as it is                its address on the site its address on the site

The site is `base-url`, else the post's own `canonical` address. A book cannot lead to files outside: where the site is
not known, it keeps the words of such a link and says so.
"""

from __future__ import annotations

import os
import re
import urllib.parse
from pathlib import Path
from typing import NamedTuple

from fencepost.filters.context import CHAPTER, Context
from fencepost.images import is_within
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document
from fencepost.settings.outputs import FORMATS, SOURCES, stem_of
from fencepost.system.urls import is_one, joined
from fencepost.writers import escape

_SOURCE = re.compile(r"(?:(?<=/)index|\Aindex)?\.(?:md|mdx|markdown)(?=[?#]|\Z)")  # sites address pages without it
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# where a reading system can lead; epubcheck warns of others (`vscode:`, `<io::Error>`), and stores of its warnings
OF_BOOKS = frozenset(["https:", "http:", "//", "mailto:", "tel:", "ftp:", "news:", "irc:", "xmpp:", "urn:", CHAPTER])


def way(file: Path, home: Path) -> str:
    """Write the way from a folder to a file as a URL."""
    try:
        found = os.path.relpath(file.resolve(), home.resolve())
    except ValueError:  # another drive
        return file.resolve().as_uri()
    return urllib.parse.quote(Path(found).as_posix())


class Place(NamedTuple):
    """Where a post is read from and written to: its folder, its output, the format's name, its address on the web.

    `site` is what addresses that begin with a stroke start from, `address` the post's own; both may be empty. `roots`,
    where there are any, are the only folders in which files are looked for.
    """

    folder: Path
    out: Path
    target: str
    site: str = ""
    address: str = ""
    roots: tuple[Path, ...] = ()

    def leads_to(self, link: str) -> str | None:
        """Say where a link of the post leads from its output; None where this output cannot lead there.

        >>> Place(Path("."), Path("a.html"), "html", "https://a.org/").leads_to("/b?c#d")
        'https://a.org/b?c#d'
        """
        path, mark, rest = link.partition("#")
        if not is_one(link):
            return link if self.target != "epub" else None
        if not path:
            return link
        if scheme := _SCHEME.match(path):
            return link if self.target != "epub" or scheme[0].lower() in OF_BOOKS else None
        if path.startswith("/"):
            site = self.site or self.address
            return joined(site, link) if site else link if self.target != "epub" else None
        file = self._file(path)
        if self.target == "epub" or file is None and self.target == "pdf":
            return self._on_the_web(link)
        return link if file is None else way(file, self.out.parent) + mark + rest

    def _on_the_web(self, link: str) -> str | None:
        base = self.address or self.site
        if base:
            return joined(base, _SOURCE.sub("", link, count=1))
        return link if self.target != "epub" else None

    def _file(self, path: str) -> Path | None:
        """Find the file that a link means; for another post, its output in this format."""
        file = self.folder / urllib.parse.unquote(path.partition("?")[0])
        try:
            if not is_within(file, self.roots) or not file.exists():
                return None
        except (OSError, ValueError):  # a name that no system allows
            return None
        if file.suffix.lower() not in SOURCES:
            return file
        is_beside = self.out.parent.resolve() == self.folder.resolve()
        return (file.parent if is_beside else self.out.parent) / (stem_of(file) + FORMATS[self.target][0])


def rewrite(document: Document, context: Context) -> None:
    """Let links lead where their authors meant from this output; in place."""
    place = context.links_from
    if place is None:
        return
    raw = frozenset(["RawInline", "RawBlock"]) if context.family in ("html", "epub") else frozenset()
    for container, index in tree.find([document["blocks"]], raw | {"Link"}):
        node = container[index]
        if node["t"] in raw:
            _rewrite_raw(node["c"], context, place)
            continue
        link = node["c"][2][0]
        if not link and context.family == "typst":  # which knows no such link, and would set nothing
            container[index] = {"t": "Span", "c": [["", [], []], node["c"][1]]}
            continue
        found = place.leads_to(link)
        if found is not None:
            node["c"][2][0] = found
            continue
        _report(link, context)
        container[index] = {"t": "Span", "c": [["", [], []], node["c"][1]]}


_RAW_LINK = re.compile(r"""(<a\b[^<>]*?)((?<!\s)\s+href\s*=\s*)(["'])([^"'<>]*)\3""", re.IGNORECASE)


def _rewrite_raw(raw: list[str], context: Context, place: Place) -> None:
    """Do the same to links in a raw element, if it is HTML; one that leads nowhere loses its address."""
    import html

    def led(match: re.Match[str]) -> str:
        link = html.unescape(match[4])
        if link.startswith("#") or (found := place.leads_to(link)) == link:
            return match[0]
        if found is None:
            _report(link, context)
            return match[1]
        return f"{match[1]}{match[2]}{match[3]}{escape.html(found)}{match[3]}"

    if raw[0].startswith("html") and "href" in raw[1].lower():
        raw[1] = _RAW_LINK.sub(led, raw[1])


def _report(link: str, context: Context) -> None:
    problem = f"a book cannot lead to {link[:200]}"
    help = "set `base-url` to the address of your site, or `canonical` to the post's own"
    if _SCHEME.match(link):
        help = "readers of books follow https:, http:, mailto: and tel:; name the address in the text"
    context.report_at("Link", link, "warning", "link-relative", problem, help=help)
