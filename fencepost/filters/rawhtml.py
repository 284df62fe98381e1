"""Raw HTML in print: breaks and images are carried, of all else the words; what loses its looks is said once.

pandoc drops raw HTML where the target is not HTML, and with a block its words.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from fencepost import tree
from fencepost.context import Context
from fencepost.tree import Document, Node

_RAW = frozenset(["RawInline", "RawBlock"])
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
# tags that mark up words without changing what they say: their loss needs no word
QUIET = frozenset(["span", "div", "wbr", "p", "center", "section", "article", "font", "a"])
UNSEEN = frozenset(["script", "style", "template", "noscript"])
BREAKING = frozenset(
    ["p", "div", "br", "li", "tr", "td", "th", "summary", "details", "h1", "h2", "h3", "h4", "h5", "h6", "pre"]
    + ["blockquote", "figcaption", "dt", "dd", "caption"]
)


class _Words(HTMLParser):
    """Collects words and images of a piece of HTML, a list for each line or block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Node]] = [[]]
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag in BREAKING:
            self.lines.append([])
        if tag == "img":
            self.lines[-1].append(_image(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
        if tag in BREAKING:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if self._unseen or not data.strip():
            return
        line = self.lines[-1]
        if line and data[:1].isspace():
            line.append({"t": "Space"})
        line += tree.plain(data)
        if data[-1:].isspace():
            line.append({"t": "Space"})


def _image(attributes: dict[str, str | None]) -> Node:
    sizes = [[name, value] for name in ("width", "height") if (value := attributes.get(name))]
    alt, source = attributes.get("alt") or "", attributes.get("src") or ""
    return {"t": "Image", "c": [["", [], sizes], tree.plain(alt), [source, attributes.get("title") or ""]]}


def words_of(html: str) -> list[list[Node]]:
    """Read the words and images of HTML as inlines, a list for each line."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return [line for line in parser.lines if any(node["t"] != "Space" for node in line)]


def rewrite(document: Document, context: Context) -> None:
    """Carry what can be carried of raw HTML to a target that is none; in place."""
    if context.family in ("html", "epub"):
        return
    for container, index in reversed(tree.find(document["blocks"], _RAW)):
        node = container[index]
        if node["c"][0] not in ("html", "html4", "html5"):
            continue
        _report(node["c"][1], context)
        lines = words_of(node["c"][1])
        if node["t"] == "RawBlock":
            tree.replace(container, index, [{"t": "Para", "c": line} for line in lines])
        else:
            tree.replace(container, index, _inlines(node["c"][1], lines))


def _inlines(html: str, lines: list[list[Node]]) -> list[Node]:
    if re.match(r"<br\b", html, re.IGNORECASE):
        return [{"t": "LineBreak"}]
    return [node for line in lines for node in line]


def _report(html: str, context: Context) -> None:
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        if match[1] or tag in QUIET or tag in ("br", "img") or tag in context.memo.setdefault("raw tags", set()):
            continue
        context.memo["raw tags"].add(tag)
        line, column = context.place_of(re.compile(rf"<{tag}(?![\w-])", re.IGNORECASE))
        context.report(
            "note", "raw-html", f"print keeps the words of <{tag}>, not its looks", line=line, column=column
        )  # fmt: skip
