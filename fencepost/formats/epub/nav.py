"""The contents of an EPUB, in two levels, from the headings that its chapters really have."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from fencepost.writers.escape import html

XHTML = "{http://www.w3.org/1999/xhtml}"
HEADING = re.compile(r"h([1-6])\Z")
SILENT = frozenset({"footnote-ref", "footnote-anchor"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, its words, the file and id that lead to it."""

    level: int
    text: str
    address: str


def _words(heading: ElementTree.Element) -> str:
    """Join the words of a heading without its note markers."""
    words: list[str] = []
    stack: list[ElementTree.Element | str] = [heading]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            words.append(item)
        elif not SILENT & set(item.get("class", "").split()):
            words.append(item.text or "")
            for child in reversed(item):
                stack += [child.tail or "", child]
    return " ".join("".join(words).split())


def headings(root: ElementTree.Element, name: str) -> list[Heading]:
    """Find the headings of a chapter that begin a section; the title block's is none of them."""
    found = []
    file = posixpath.relpath(name, "EPUB")
    for section in root.iter(f"{XHTML}section"):
        first = section[0] if len(section) else None
        level = HEADING.match(first.tag.removeprefix(XHTML)) if first is not None else None
        anchor = section.get("id") or (first.get("id") if first is not None else None)
        if first is not None and level and anchor and "footnotes" not in section.get("class", ""):
            found.append(Heading(int(level[1]), _words(first) or "…", f"{file}#{anchor}"))
    return found


def two_levels(found: list[Heading]) -> list[tuple[Heading, list[Heading]]]:
    """Group headings under those of the highest level; what lies deeper than one below is left out.

    >>> [(h.text, [s.text for s in below]) for h, below in two_levels([Heading(2, "A", ""), Heading(3, "B", "")])]
    [('A', ['B'])]
    """
    top = min((heading.level for heading in found), default=1)
    second = min((heading.level for heading in found if heading.level > top), default=top + 1)
    groups: list[tuple[Heading, list[Heading]]] = []
    for heading in found:
        if heading.level == top or not groups:
            groups.append((heading, []))
        elif heading.level == second:
            groups[-1][1].append(heading)
    return groups


def _list(items: Iterable[str]) -> str:
    return "<ol>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ol>"


def _link(heading: Heading) -> str:
    return f'<a href="{html(heading.address)}">{html(heading.text)}</a>'


def nav(page: str, found: list[Heading], landmarks: list[tuple[str, str]], contents: str, title: str) -> str:
    """Write the navigation document, in the head and body that pandoc gave it."""
    groups = two_levels(found)
    items = [_link(top) + (f"\n{_list(map(_link, below))}\n" if below else "") for top, below in groups]
    if not items:
        start = posixpath.relpath(landmarks[-1][1], "EPUB") if landmarks else ""
        items = [f'<a href="{start}">{html(title)}</a>']
    marks = [
        f'<a href="{posixpath.relpath(name, "EPUB")}" epub:type="{kind}">{html(title)}</a>' for kind, name in landmarks
    ]
    body = (
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title">{html(contents)}</h1>\n'
        f'{_list(items)}\n</nav>\n<nav epub:type="landmarks" id="landmarks" hidden="hidden">\n{_list(marks)}\n</nav>\n'
    )
    page = re.sub(r"(<body[^>]*>).*(</body>)", lambda m: f"{m[1]}\n{body}{m[2]}", page, count=1, flags=re.DOTALL)
    return titled(page, title)


def titled(page: str, title: str) -> str:
    """Put a title into the head of a page."""
    return re.sub(r"<title>[^<]*</title>", lambda _: f"<title>{html(title)}</title>", page, count=1)


def _point(number: int, heading: Heading, inner: str = "") -> str:
    label = f"<navLabel><text>{html(heading.text)}</text></navLabel>"
    return f'<navPoint id="nav-{number}">{label}<content src="{html(heading.address)}"/>{inner}</navPoint>\n'


def ncx(page: str, found: list[Heading], chapters: list[str], title: str) -> str:
    """Write the same contents for old readers."""
    groups = two_levels(found)
    if not groups and chapters:
        groups = [(Heading(1, title, posixpath.relpath(chapters[0], "EPUB")), [])]
    numbers = iter(range(1, len(found) + 2))
    points = []
    for top, below in groups:
        number = next(numbers)
        points.append(_point(number, top, "".join(_point(next(numbers), heading) for heading in below)))
    body = f"<docTitle>\n<text>{html(title)}</text>\n</docTitle>\n<navMap>\n{''.join(points)}</navMap>"
    return re.sub(r"<docTitle>.*</navMap>", lambda _: body, page, count=1, flags=re.DOTALL)
