"""The EPUB's parts: what pandoc has packed is mended, given a contents list, and packed the same way every time.

`finish` takes the bytes of an EPUB and gives bytes back; nothing is read from or written to disk.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from datetime import datetime, timezone
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

from fencepost.formats.epub import nav, xhtml
from fencepost.frontmatter.reading import Metadata
from fencepost.locales.direction import direction
from fencepost.locales.words import labels
from fencepost.theme import Theme
from fencepost.writers.escape import html

Parts = dict[str, bytes]
OPF = "EPUB/content.opf"
NAV = "EPUB/nav.xhtml"
NCX = "EPUB/toc.ncx"
TITLE_PAGE = "EPUB/text/title_page.xhtml"
PACKED = (".png", ".jpg", ".jpeg", ".gif", ".webp")  # small already
TEXT = re.compile(r"EPUB/text/ch\d+\.xhtml\Z")

BOOK_CHAPTER = b'epub:type="chapter"'  # what `fencepost book` calls a post
# EPUB's words for what a section is, and ARIA's: a screen reader knows only those
ROLES = {b"chapter": b"doc-chapter", b"part": b"doc-part", b"index": b"doc-index"}
_SECTION = re.compile(rb'(<section\b[^>]*epub:type="(chapter|part|index)")')
BEGINS = re.compile(rb'epub:type="(?:chapter|part)"')

_HEADER = re.compile(r'<header class="post-header">.*?</header>', re.DOTALL)
# pandoc puts the title before a post that does not begin with a heading of level 1
_MADE_HEADING = re.compile(
    r'(<body[^>]*>\s*<section id="([^"]*)" class="level1 unnumbered"[^>]*>)\s*<h1 class="unnumbered"[^>]*>.*?</h1>',
    re.DOTALL,
)
_ADDRESS = re.compile(r'(<a\b[^<>]*?) href="([^"#][^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URL = "%!#$&'()*+,/:;=?@~"  # what a URL may hold beside letters, digits and -._
# a drawing or a formula of the author's that does not say what it is, as HTML does not ask for
_BARE = re.compile(r"<(svg|math)(?=[\s>])(?![^>]*\sxmlns=)")
_NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
# the head of a column without words, in the corner of a table, is none
_NO_HEAD = re.compile(rb"<th\b([^<>]*)>\s*</th>")
_UNDIRECTED = re.compile(rb"<html\b(?![^<>]*\sdir=)[^<>]*(?=>)")
# what is written from the left even in a page from the right
_CODE = re.compile(r'<(?:figure class="code"|pre|code|kbd|samp)(?=[\s>])(?![^>]*\sdir=)')
_PROPERTIES = {"mathml": "<math", "svg": "<svg", "scripted": "<script"}


def unpack(data: bytes) -> Parts:
    """Take an EPUB apart, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist() if not name.endswith("/")}


def pack(parts: Parts, moment: datetime) -> bytes:
    """Pack an EPUB: `mimetype` first and bare, then the container, then all else by name, every entry with one time."""
    stamp = max(moment, datetime(1980, 1, 1, tzinfo=timezone.utc)).timetuple()[:6]
    order = sorted(parts, key=lambda name: (name != "mimetype", not name.startswith("META-INF/"), name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name in order:
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            bare = name == "mimetype" or name.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if bare else zipfile.ZIP_DEFLATED
            book.writestr(entry, parts[name])
    return out.getvalue()


def moment_of(meta: Metadata) -> datetime:
    """Choose the one time the book bears: `SOURCE_DATE_EPOCH`, else when the post was updated or written, else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), timezone.utc)
    stamp = meta.updated or meta.date
    if stamp is None:
        return datetime.now(timezone.utc).replace(microsecond=0)
    moment = stamp.moment or datetime(stamp.day.year, stamp.day.month, stamp.day.day)
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _chapters(parts: Parts) -> list[str]:
    return sorted(name for name in parts if TEXT.match(name))


def _known(parts: Parts, chapter: str, source: str) -> bool:
    if source.startswith("data:image/"):
        return True
    path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter), unquote(source.split("#")[0])))
    return path in parts


def _give_direction(parts: Parts, way: str) -> None:
    """Let every page say from which side it is written: pandoc keeps that from the template."""
    for name in [name for name in parts if way and name.endswith(".xhtml")]:
        parts[name] = _UNDIRECTED.sub(rb'\g<0> dir="%b"' % way.encode(), parts[name], count=1)


def _mended(parts: Parts, name: str) -> ElementTree.Element:
    """Make a chapter well-formed and free of what a book cannot hold, in place; returns its tree."""
    text = _BARE.sub(lambda found: f'{found[0]} xmlns="{_NAMESPACES[found[1]]}"', parts[name].decode("utf-8"))
    root = None if xhtml.is_suspicious(text) else xhtml.tree(text)
    if root is None or not all(_known(parts, name, source) for source in xhtml.sources(text)):
        text = xhtml.rebuild(text, partial(_known, parts, name))
        root = ElementTree.fromstring(text)
    if 'dir="rtl"' in text:
        text = _CODE.sub(r'\g<0> dir="ltr"', text)
    made = _NO_HEAD.sub(rb"<td\1></td>", text.encode("utf-8"))
    parts[name] = _SECTION.sub(lambda found: b'%b role="%b"' % (found[1], ROLES[found[2]]), made)
    return root


def _merge_title(parts: Parts) -> bool:
    """Let the title block open the first chapter, in the place of the heading that pandoc makes of the title."""
    names = _chapters(parts)
    header = _HEADER.search(parts.get(TITLE_PAGE, b"").decode("utf-8"))
    if not names or not header:
        return False
    text = parts[names[0]].decode("utf-8")
    made = _MADE_HEADING.search(text)
    if not made:
        return False
    own = f'id="{made[2]}"'  # pandoc makes it of the title, and of a heading of the same words
    start = made[1].replace(own, 'id="fencepost-title"', 1) if text.count(own) > 1 else made[1]
    parts[names[0]] = f"{text[: made.start()]}{start}\n{header[0]}{text[made.end() :]}".encode()
    del parts[TITLE_PAGE]
    return True


def _link_chapters(parts: Parts) -> None:
    """Let links within the book reach the chapter and place they mean; one that leads nowhere loses its address."""
    texts = {name: parts[name].decode("utf-8") for name in _chapters(parts)}
    homes: dict[str, str] = {}
    own = {name: set(map(unescape, re.findall(r'\bid="([^"]+)"', text))) for name, text in texts.items()}
    for name in reversed(texts):
        homes |= dict.fromkeys(own[name], name)
    for name, text in texts.items():

        def mended(found: re.Match[str], here: str = name) -> str:
            written = unescape(found[1])
            plain = unquote(written)
            # pandoc puts `id_` before an id that XML would not have, and before links to it, but not into raw HTML
            for target in (written, plain, f"id_{plain}", plain.removeprefix("id_")):
                home = here if target in own[here] else homes.get(target)
                if home:
                    return f' href="{posixpath.basename(home) if home != here else ""}#{html(quote(target))}"'
            return ""

        text = re.sub(r' href="#([^"]+)"', mended, text)
        parts[name] = _ADDRESS.sub(partial(_outward, parts, own, name), text).encode("utf-8")


def _outward(parts: Parts, own: dict[str, set[str]], name: str, found: re.Match[str]) -> str:
    """Write the address of a link as a URL; one that is relative and leads to no part of the book is dropped.

    `own` are the ids of each chapter.
    """
    address = unescape(found[2])
    path, sign, fragment = address.partition("#")
    if not _SCHEME.match(address):
        if not _known(parts, name, address):
            return found[1]
        ids = own.get(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)))
        if sign and ids is not None:
            target = next((each for each in (fragment, unquote(fragment)) if each in ids), None)
            if target is None:
                return found[1]
            address = f"{path}#{quote(target)}"
    return f'{found[1]} href="{html(quote(address, safe=_URL))}"'


def _page_title(parts: Parts) -> str:
    """Take the title that the pages bear in their heads where the post has none: the name of its file."""
    found = re.search(rb"<title>([^<]*)</title>", parts.get(TITLE_PAGE, parts[NAV]))
    return unescape(found[1].decode("utf-8")) if found and found[1].strip() else "Untitled"


def _title_files(parts: Parts, found: dict[str, list[nav.Heading]], title: str) -> None:
    """Name each chapter in its head by its first heading: pandoc writes `ch001.xhtml`."""
    for name, headings in found.items():
        is_own = headings and (headings[0].level == 1 or BOOK_CHAPTER in parts[name])
        own = headings[0].text if is_own else title
        parts[name] = nav.titled(parts[name].decode("utf-8"), own).encode("utf-8")


def _item(parts: Parts, found: re.Match[str]) -> str:
    href = re.search(r'href="([^"]+)"', found[0])
    name = posixpath.join("EPUB", href[1]) if href else ""
    if name not in parts:
        return ""
    if not TEXT.match(name):
        return found[0]
    text = parts[name].decode("utf-8")
    properties = " ".join(kind for kind, sign in _PROPERTIES.items() if sign in text)
    bare = re.sub(r' properties="[^"]*"', "", found[0])
    return bare.replace(" />", f' properties="{properties}" />') if properties else bare


def _mend_package(parts: Parts, moment: datetime, title: str) -> None:
    """Bring the package file in line with what the book now holds."""
    opf = parts[OPF].decode("utf-8")
    opf = re.sub(r"[ ]*<item [^>]*/>\n?", lambda found: _item(parts, found), opf)
    known = set(re.findall(r'<item id="([^"]+)"', opf)) | set(re.findall(r'<item [^>]*\bid="([^"]+)"', opf))
    opf = re.sub(r'[ ]*<itemref idref="([^"]+)"[^>]*/>\n?', lambda found: found[0] if found[1] in known else "", opf)
    if "<dc:title" not in opf:
        opf = opf.replace("<dc:language>", "<dc:title></dc:title>\n    <dc:language>", 1)
    plain = html(title)  # metadata are the author's own characters: pandoc takes the quotes that it has curled
    opf = re.sub(r"(<dc:title\b[^>]*>)[^<]*", lambda found: found[1] + plain, opf, count=1)
    stamp = moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    opf = re.sub(r'(<meta property="dcterms:modified">)[^<]*', lambda found: found[1] + stamp, opf)
    parts[OPF] = opf.encode("utf-8")


def finish(
    data: bytes,
    meta: Metadata,
    title: str = "",
    *,
    drawn: dict[bytes, bytes] | None = None,
    faces: tuple[Theme, dict[str, Path]] | None = None,
) -> bytes:
    """Mend and repack an EPUB that pandoc has written with our template.

    `title` is the plain title where front matter has none; `drawn` what takes the place of parts that only held it,
    `faces` the theme whose fonts go into the book, and the files of those that are not bundled.
    The same post gives the same bytes.
    """
    parts = {name: (drawn or {}).get(part, part) for name, part in unpack(data).items()}
    _give_direction(parts, direction(meta.lang))
    title = title or meta.title or _page_title(parts)
    moment = moment_of(meta)
    merged = _merge_title(parts)
    if TITLE_PAGE in parts:
        _mended(parts, TITLE_PAGE)
    by_chapter = {name: nav.headings(_mended(parts, name), name) for name in _chapters(parts)}
    _link_chapters(parts)
    _title_files(parts, by_chapter, title)
    found = _contents(by_chapter, title)
    words = labels(meta.lang)
    parts[NAV] = nav.nav(
        parts[NAV].decode("utf-8"), found, _landmarks(parts, merged), words["contents"], title
    ).encode()
    if NCX in parts:
        parts[NCX] = nav.ncx(parts[NCX].decode("utf-8"), found, _chapters(parts), title).encode()
    _mend_package(parts, moment, title)
    if faces:
        from fencepost.formats.epub.embed_fonts import embed

        embed(parts, *faces, OPF)
    return pack(parts, moment)


def _contents(by_chapter: dict[str, list[nav.Heading]], title: str) -> list[nav.Heading]:
    """List the headings of the book; text before the first of several chapters goes by the title."""
    found = [heading for headings in by_chapter.values() for heading in headings]
    first = next(iter(by_chapter), "")
    if found and not by_chapter[first]:
        found.insert(0, nav.Heading(1, title, posixpath.relpath(first, "EPUB")))
    return found


def _landmarks(parts: Parts, merged: bool) -> list[tuple[str, str]]:
    """List what a reader may jump to: (epub:type, file)."""
    found = [("cover", "EPUB/text/cover.xhtml"), ("titlepage", TITLE_PAGE)]
    chapters = _chapters(parts)
    start = next((name for name in chapters if BEGINS.search(parts[name])), None) or next(iter(chapters), None)
    first = [("bodymatter", start)] if start else []
    return [(kind, name) for kind, name in found if name in parts and not (merged and kind == "titlepage")] + first
