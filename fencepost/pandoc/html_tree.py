"""Raw HTML and the Markdown between it as one tree: `<details>`, three paragraphs of Markdown, `</details>`.

pandoc's reader hands raw HTML over in pieces, a tag or a block at a time. `Builder` puts the pieces together again: it
is fed HTML and pandoc's own nodes in the order of the text, and nests them as a browser would.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from fencepost.pandoc.tree import Node

BREAK: Node = {"t": "Null"}  # stands before each block of HTML: words of two blocks are no one paragraph
DEEPEST = 60  # levels of HTML; no page is nested deeper, and what writes them recurses
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)  # fmt: skip
UNSEEN = frozenset(["script", "style", "template", "noscript", "head", "title"])  # their text is for no reader
LEFT_OUT = UNSEEN | {"svg", "canvas", "embed"}  # what print has no way to draw
FILMS = frozenset(["video", "audio", "iframe"])
BLOCKS = FILMS | frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
# HTML Standard, optional tags: an element that begins ends these, up to the nearest of the walls
_ENDS = {
    # tag      what it ends                          what it does not look behind
    "li":      (frozenset(["li"]),                   frozenset(["ul", "ol", "menu"])),
    "dt":      (frozenset(["dt", "dd"]),             frozenset(["dl"])),
    "dd":      (frozenset(["dt", "dd"]),             frozenset(["dl"])),
    "tr":      (frozenset(["tr", "td", "th"]),       frozenset(["table"])),
    "td":      (frozenset(["td", "th"]),             frozenset(["tr", "table"])),
    "th":      (frozenset(["td", "th"]),             frozenset(["tr", "table"])),
    "tbody":   (frozenset(["thead", "tbody", "tr", "td", "th"]), frozenset(["table"])),
    "tfoot":   (frozenset(["thead", "tbody", "tr", "td", "th"]), frozenset(["table"])),
}  # fmt: skip


@dataclass(slots=True)
class Element:
    """An element: its name in small letters, its attributes, and what stands in it (elements, text, pandoc's nodes)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str | Node] = field(default_factory=list)

    def find(self, *tags: str) -> list[Element]:
        """List the elements of some names below this one, in the order of the text."""
        found, stack = [], list(reversed(self.children))
        while stack:
            child = stack.pop()
            if isinstance(child, Element):
                if child.tag in tags:
                    found.append(child)
                stack += reversed(child.children)
        return found

    def parts(self, *tags: str) -> list[Element]:
        """List the children that are elements of some names."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    def parted(self, *tags: str) -> tuple[list[Element | str | Node], list[Element]]:
        """Give what stands before the first child of some names, and these children, each with the strays behind it."""
        before: list[Element | str | Node] = []
        parts: list[Element] = []
        for child in self.children:
            if isinstance(child, Element) and child.tag in tags:
                parts.append(replace(child, children=list(child.children)))
            else:
                (parts[-1].children if parts else before).append(child)
        return before, parts


class Builder(HTMLParser):
    """Nests HTML and pandoc's nodes; what was not closed is closed at the end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]
        self.strays: list[str] = []  # end tags that close nothing

    def node(self, node: Node) -> None:
        """Take one of pandoc's nodes."""
        self.open[-1].children.append(node)

    def html(self, text: str) -> None:
        """Take a piece of HTML; a tag that it breaks off in is text."""
        self.feed(text)
        self.close()
        self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        ends, walls = _ENDS.get(tag, (frozenset(["p"]) if tag in BLOCKS else frozenset[str](), frozenset[str]()))
        self._end(ends, walls or BLOCKS - {"p"})
        element = Element(tag, {name: value or "" for name, value in reversed(attrs)})
        self.open[-1].children.append(element)
        if tag not in VOID and len(self.open) < DEEPEST:  # beyond, what would stand in it stands behind it
            self.open.append(element)

    def _end(self, tags: frozenset[str], walls: frozenset[str]) -> None:
        """Close the elements of some names that are open within the nearest wall."""
        for depth in range(len(self.open) - 1, 0, -1):
            tag = self.open[depth].tag
            if tag in walls and tag not in tags:
                return
            if tag in tags:
                del self.open[depth:]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<br/>`, and `<Video />` as it is meant: HTML ignores the stroke, what follows would be inside."""
        self.handle_starttag(tag, attrs)
        if self.open[-1].tag == tag and not self.open[-1].children:
            self.open.pop()

    def leave_films(self) -> None:
        """Take what follows a film that was never closed out of it: of a film only the address is printed."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag in FILMS:
                self.open[depth - 1].children += self.open[depth].children
                self.open[depth].children = []

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost open element of that name and what is open in it."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return
        self.strays.append(tag)

    def handle_data(self, data: str) -> None:
        """Take text, but not of scripts and the like."""
        if not any(element.tag in UNSEEN for element in self.open):
            self.open[-1].children.append(data)


def build(pieces: list[Node]) -> tuple[Element, list[str]]:
    """Nest the nodes of a list, raw HTML opened up; also gives the names of end tags that close nothing."""
    builder = Builder()
    for node in pieces:
        if node["t"] == "RawBlock":
            builder.node(BREAK)
        if is_html(node):
            builder.html(node["c"][1])
        else:
            builder.node(node)
    builder.leave_films()
    return builder.root, builder.strays


def is_html(node: Any) -> bool:
    """Say whether a node is raw HTML."""
    return (
        type(node) is dict and node.get("t") in ("RawInline", "RawBlock") and node["c"][0] in ("html", "html4", "html5")
    )
