"""HTML within a line as pandoc's inlines: `<kbd>Esc</kbd>`, `x<sup>2</sup>`, `<a href>`, `<br>`, `<img>`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fencepost.pandoc import tree
from fencepost.pandoc.html_tree import BLOCKS, BREAK, LEFT_OUT, Element
from fencepost.pandoc.tree import Node
from fencepost.writers.raw import INLINES

WRAPPED = {
    # tags                                    pandoc's element
    **dict.fromkeys(["b", "strong"],                      "Strong"),
    **dict.fromkeys(["i", "em", "cite", "dfn", "var"],    "Emph"),
    **dict.fromkeys(["s", "strike", "del"],               "Strikeout"),
    **dict.fromkeys(["u", "ins"],                         "Underline"),
    "sub": "Subscript", "sup": "Superscript",
}  # fmt: skip
LITERAL = frozenset(["code", "samp", "tt"])
OWN = frozenset(["kbd", "small", "mark"])
_BLANK = re.compile(r"\s+")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|%|em|cm|mm|in|pt)?\Z")


def inlines(children: list[Any], family: str) -> list[Node]:
    """Make inlines of what stands in a line: elements, text and pandoc's own nodes."""
    out: list[Node] = []
    for child in children:
        if isinstance(child, str):
            _add_text(out, child)
        elif isinstance(child, Element):
            _add(out, child, family)
        elif child is BREAK:
            _add_text(out, " ")
        elif child["t"] in ("Para", "Plain"):
            out += [*([{"t": "Space"}] if out else []), *child["c"]]
        else:
            out.append(child)
    return out


def _add_text(out: list[Node], text: str) -> None:
    """Add words; blanks at their ends stay blanks, lest words stick together."""
    for piece in _BLANK.split(text) if text else []:
        if piece:
            out.append({"t": "Str", "c": piece})
        out.append({"t": "Space"})
    if text and out:
        out.pop()
    if text.isspace() and (not out or out[-1]["t"] != "Space"):
        out.append({"t": "Space"})


def _add(out: list[Node], element: Element, family: str) -> None:
    """Add an element; one that is a block elsewhere stands apart by a line end."""
    tag = element.tag
    if tag in LEFT_OUT:
        return
    if tag in KNOWN:
        out += KNOWN[tag](element, family)
        return
    inner = inlines(element.children, family)
    if tag in BLOCKS and out and out[-1]["t"] not in ("LineBreak", "Space"):
        out.append({"t": "LineBreak"})
    out += inner


def _wrap(element: Element, family: str) -> list[Node]:
    inner = inlines(element.children, family)
    return [{"t": WRAPPED[element.tag], "c": inner}] if inner else []


def _literal(element: Element, family: str) -> list[Node]:
    inner = inlines(element.children, family)
    is_plain = all(node["t"] in ("Str", "Space", "SoftBreak") for node in inner)
    return [{"t": "Code", "c": [["", [], []], tree.text_of(inner)]}] if is_plain and inner else inner


def _own(element: Element, family: str) -> list[Node]:
    inner = inlines(element.children, family)
    return INLINES.get(family, INLINES["plain"])[element.tag](inner) if inner else []


def _link(element: Element, family: str) -> list[Node]:
    inner, attributes = inlines(element.children, family), element.attributes
    name = attributes.get("id") or ("" if attributes.get("href") else attributes.get("name", ""))
    if not attributes.get("href"):
        return [{"t": "Span", "c": [[name, [], []], inner]}] if name else inner
    return [{"t": "Link", "c": [[name, [], []], inner, [attributes["href"], attributes.get("title", "")]]}]


def _quote(element: Element, family: str) -> list[Node]:
    return [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, inlines(element.children, family)]}]


def _abbreviation(element: Element, family: str) -> list[Node]:
    inner, title = inlines(element.children, family), element.attributes.get("title", "")
    is_first = "again" not in element.attributes.get("class", "").split()
    return [*inner, {"t": "Str", "c": f"\N{NO-BREAK SPACE}({title})"}] if title and is_first else inner


def image(attributes: dict[str, str]) -> Node:
    """Make an image of the attributes of `<img>`; sizes that are none are left out."""
    sizes = [[name, value] for name in ("width", "height") if _SIZE.match(value := attributes.get(name, ""))]
    alt, source = attributes.get("alt", ""), attributes.get("src", "")
    return {"t": "Image", "c": [["", [], sizes], tree.plain(alt), [source, attributes.get("title", "")]]}


def _image(element: Element, _family: str) -> list[Node]:
    return (
        [image(element.attributes)] if element.attributes.get("src") else tree.plain(element.attributes.get("alt", ""))
    )


def _picture(element: Element, family: str) -> list[Node]:
    """Choose the light source: the one that asks for light, else the image itself; other words stay."""
    direct = element.parts("img")
    if not direct and element.find("img"):  # in a link
        return inlines(element.children, family)
    shown = next(iter(direct), Element("img"))
    light = [source for source in element.find("source") if "light" in source.attributes.get("media", "")]
    others = [source for source in element.find("source") if "dark" not in source.attributes.get("media", "")]
    attributes = dict(shown.attributes)
    if light or not attributes.get("src"):
        wanted = (light or others or [Element("source")])[0].attributes
        first = (wanted.get("srcset", "") or wanted.get("src", "")).split(",")[0].split()
        attributes["src"] = first[0] if first else attributes.get("src", "")
    made = [image(attributes)] if attributes.get("src") else tree.plain(attributes.get("alt", ""))
    rest = [child for child in element.children if not (isinstance(child, Element) and child.tag in ("img", "source"))]
    return [*made, *inlines(rest, family)]


def media(element: Element, _family: str = "") -> list[Node]:
    """Make a link to a film, a sound or another page that the web shows in place, with its poster where it has one."""
    sources = [element.attributes.get("src", ""), *(part.attributes.get("src", "") for part in element.find("source"))]
    source = next((address for address in sources if address), "")
    if not source:
        return []
    poster, title = element.attributes.get("poster", ""), element.attributes.get("title", "")
    shown = [image({"src": poster, "alt": title or source})] if poster else tree.plain(title or source)
    return [{"t": "Link", "c": [["", [], []], shown, [source, title]]}]


def _box(element: Element, _family: str) -> list[Node]:
    if element.attributes.get("type", "").lower() != "checkbox":
        return tree.plain(element.attributes.get("value", ""))
    return [{"t": "Str", "c": "☒" if "checked" in element.attributes else "☐"}]


KNOWN: dict[str, Callable[[Element, str], list[Node]]] = {
    **dict.fromkeys(WRAPPED, _wrap), **dict.fromkeys(LITERAL, _literal), **dict.fromkeys(OWN, _own),
    **dict.fromkeys(["video", "audio", "iframe"], media),
    "a": _link, "q": _quote, "abbr": _abbreviation, "img": _image, "picture": _picture, "input": _box,
    "br": lambda element, family: [{"t": "LineBreak"}], "wbr": lambda element, family: [],
}  # fmt: skip
