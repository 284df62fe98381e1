"""HTML blocks as pandoc's blocks: `<details>` around Markdown, `<figure>`, lists, `<div align>`, films as links."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fencepost.filters.raw_html import inlines, tables
from fencepost.filters.raw_html.sides import side_of
from fencepost.pandoc.html_tree import BLOCKS, BREAK, LEFT_OUT, Element
from fencepost.pandoc.tree import Node, text_of
from fencepost.writers import raw as write

_INLINES = frozenset([
    "Str", "Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Cite",
    "Code", "Space", "SoftBreak", "LineBreak", "Math", "RawInline", "Link", "Image", "Note", "Span",
])  # fmt: skip
_BLANK = frozenset(["Space", "SoftBreak", "LineBreak"])


def blocks(element: Element, family: str) -> list[Node]:
    """Make blocks of what an element holds: runs of words become paragraphs, blocks stay blocks."""
    out: list[Node] = []
    line: list[Any] = []
    for child in element.children:
        if isinstance(child, str) or _is_inline(child):
            line.append(child)
            continue
        out += _paragraph(line, family)
        line = []
        out += _block(child, family)
    return out + _paragraph(line, family)


def _is_inline(child: Any) -> bool:
    if isinstance(child, str):
        return True
    if isinstance(child, Element):
        if child.tag in BLOCKS:
            return False
        return all(_is_inline(part) for part in child.children)
    return child["t"] in _INLINES


def _paragraph(line: list[Any], family: str) -> list[Node]:
    """Make a paragraph. One that is only an image is none, or it would get a caption that the web does not show."""
    inner = words(line, family)
    if len(inner) == 1 and inner[0]["t"] == "Image":
        inner.append({"t": "Str", "c": ""})
    return [{"t": "Para", "c": inner}] if inner else []


def _block(child: Element | Node, family: str) -> list[Node]:
    if not isinstance(child, Element):
        return [] if child is BREAK else [child]
    if child.tag in LEFT_OUT:
        return []
    make = KNOWN.get(child.tag)
    inner = make(child, family) if make else blocks(child, family)
    side = side_of(child.attributes)
    return write.aligned(side, inner, family) if side and side != "left" and inner and child.tag != "table" else inner


def _details(element: Element, family: str) -> list[Node]:
    summaries = element.parts("summary")
    head, more = _headed(summaries[0], family) if summaries else ([], [])
    rest = Element("details", {}, [child for child in element.children if child not in summaries[:1]])
    return write.details(head or [{"t": "Str", "c": "…"}], more + blocks(rest, family), family)


def _headed(element: Element, family: str) -> tuple[list[Node], list[Node]]:
    """Give the words that a line can hold, up to the first block that pandoc made, and the blocks from there on."""
    children = element.children
    end = next((at for at, child in enumerate(children) if not _is_words(child)), len(children))
    return words(children[:end], family), blocks(Element("", {}, children[end:]), family)


def _is_words(child: Any) -> bool:
    if isinstance(child, Element):
        return all(map(_is_words, child.children))
    return isinstance(child, str) or child is BREAK or child["t"] in _INLINES or child["t"] in ("Para", "Plain")


def words(children: list[Any], family: str) -> list[Node]:
    """Make inlines without blanks at their ends."""
    inner = inlines.inlines(children, family)
    start, end = 0, len(inner)
    while start < end and inner[start]["t"] in _BLANK:
        start += 1
    while end > start and inner[end - 1]["t"] in _BLANK:
        end -= 1
    return inner[start:end]


def _heading(element: Element, family: str) -> list[Node]:
    inner, rest = _headed(element, family)
    attr = [element.attributes.get("id", ""), [], []]
    return [*([{"t": "Header", "c": [int(element.tag[1]), attr, inner]}] if inner else []), *rest]


def _items(element: Element, family: str) -> tuple[list[Node], list[list[Node]]]:
    """Give what stands before a list's first item, and the items."""
    before, items = element.parted("li")
    return blocks(Element("", {}, before), family), [_tight(blocks(item, family)) for item in items]


def _tight(item: list[Node]) -> list[Node]:
    """Let a paragraph that begins an item be plain, as in a tight list."""
    return [
        {"t": "Plain", "c": block["c"]} if block["t"] == "Para" and not at else block for at, block in enumerate(item)
    ]


def _bullets(element: Element, family: str) -> list[Node]:
    before, items = _items(element, family)
    return [*before, {"t": "BulletList", "c": items}] if items else before


_STYLES = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}


def _numbers(element: Element, family: str) -> list[Node]:
    before, items = _items(element, family)
    written = element.attributes.get("start", "")
    start = int(written) if re.fullmatch(r"-?\d{1,9}", written) else 1
    style = _STYLES.get(element.attributes.get("type", ""), "Decimal")
    look = [start, {"t": style}, {"t": "Period"}]
    return [*before, {"t": "OrderedList", "c": [look, items]}] if items else before


def _terms(element: Element, family: str) -> list[Node]:
    before, parts = element.parted("dt", "dd", "div")
    entries: list[list[Any]] = []
    for part in parts:
        strays, inner = part.parted("dt", "dd") if part.tag == "div" else ([], [part])
        before += strays
        for term in inner:
            head, rest = _headed(term, family) if term.tag == "dt" else ([], _tight(blocks(term, family)))
            if term.tag == "dt" or not entries:
                entries.append([head, []])
            if rest:
                entries[-1][1].append(rest)
    made = [{"t": "DefinitionList", "c": entries}] if entries else []
    return blocks(Element("", {}, before), family) + made


def _figure(element: Element, family: str) -> list[Node]:
    captions = element.parts("figcaption")
    rest = Element("figure", {}, [child for child in element.children if child not in captions])
    long = [block for caption in captions for block in blocks(caption, family)]
    inner = blocks(rest, family)
    return write.figure(inner, long, element.attributes.get("id", ""), family) if inner else long


def _table(element: Element, family: str) -> list[Node]:
    return tables.table(element, family, blocks)


def _code(element: Element, family: str) -> list[Node]:
    code = next(iter(element.find("code")), element)
    words = re.match(r"(?:.*\s)?language-([\w+#-]+)", code.attributes.get("class", ""))
    text = "".join(_raw_text(element)).removeprefix("\n").removesuffix("\n")
    return [{"t": "CodeBlock", "c": [["", [words[1]] if words else [], []], text]}]


def _raw_text(element: Element) -> list[str]:
    out: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            out.append(child)
        elif isinstance(child, Element):
            out += ["\n"] if child.tag == "br" else _raw_text(child)
        else:
            out += ["" if child is BREAK else "\n\n" + text_of([child])]
    return out


def _quote(element: Element, family: str) -> list[Node]:
    return [{"t": "BlockQuote", "c": blocks(element, family)}]


def _film(element: Element, family: str) -> list[Node]:
    return _paragraph([element], family)


def _center(element: Element, family: str) -> list[Node]:
    return write.aligned("center", blocks(element, family), family)


def _division(element: Element, family: str) -> list[Node]:
    inner, name = blocks(element, family), element.attributes.get("id", "")
    return [{"t": "Div", "c": [[name, [], []], inner]}] if name else inner


KNOWN: dict[str, Callable[[Element, str], list[Node]]] = {
    "details": _details, "table": _table, "figure": _figure, "pre": _code, "blockquote": _quote,
    "ul": _bullets, "menu": _bullets, "dir": _bullets, "ol": _numbers, "dl": _terms,
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _heading),
    "hr": lambda element, family: [{"t": "HorizontalRule"}], "center": _center,
    **dict.fromkeys(["div", "p"], _division), **dict.fromkeys(["video", "audio", "iframe"], _film),
}  # fmt: skip
