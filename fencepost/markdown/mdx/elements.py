"""Elements of HTML as JSX writes them, made HTML: `<b style={{color: "red"}} className="x">`; lines stay lines.

What stands between their tags is Markdown in MDX. To pandoc it is HTML up to the next blank line, so the tags around
Markdown are marked like those of components; the others stay as they are.
"""

from __future__ import annotations

import re

from fencepost.markdown.blocks import PREFIX
from fencepost.markdown.mdx.components import ATTRIBUTE, ATTRIBUTES, literal

_ELEMENT = re.compile(rf"<(?P<name>[a-z][\w-]*)(?P<attributes>{ATTRIBUTES})\s*(?P<empty>/?)>")
MARKED = re.compile(rf"</?(?P<elementname>[a-z][\w-]*)(?:{ATTRIBUTES})\s*/?>")
_BLOCK_START = re.compile(rf"{PREFIX}</?(?P<name>[a-z][\w-]*)(?=[\s/>])")
_ALONE = re.compile(r"[^<>]*>[ \t]*\Z")
# CommonMark 4.6, kind 6: without those whose content is no Markdown in any case, or that end by themselves
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_VERBATIM = re.compile(r"<(?:pre|script|style|textarea|svg|math)\b")
_MARKUP = re.compile(r"[*_`~\[]|</?[A-Z]|<>|^[ \t>]*(?:#{1,6}[ \t]|[-+][ \t]|\d{1,9}[.)][ \t])", re.MULTILINE)
_NAMES = {"className": "class", "htmlFor": "for"}
_PROGRAM = re.compile(r"on[A-Z]|key\Z|ref\Z|dangerouslySetInnerHTML\Z")  # means nothing where no program runs
_DECLARATION = re.compile(
    r"(?P<before>(?<!\s)\s*)(?P<key>\"[\w-]+\"|'[\w-]+'|(?<!\w)\w+)\s*:\s*"
    r"(?P<value>\"[^\"{};]*\"|'[^'{};]*'|-?(?:\d+(?:\.\d+)?|\.\d+))\s*(?:,|\Z)"
)
# React gives no unit to numbers of these, and `px` to those of all others
_BARE = frozenset(["flex", "flex-grow", "flex-shrink", "font-weight", "line-height", "opacity", "order", "orphans",
                   "widows", "z-index", "zoom", "tab-size", "column-count", "aspect-ratio", "scale"])  # fmt: skip


class _NotLiteralError(Exception):
    """An attribute is a program, and nobody here knows what it comes to."""


def marked_elements(text: str) -> frozenset[int]:
    """Give the places of tags around Markdown: those of blocks of HTML that hold more than tags and plain words."""
    found: set[int] = set()
    at, begun = 0, -1
    for line in [*text.split("\n"), ""]:
        if begun < 0 and _begins_block(line):
            begun = at
        elif begun >= 0 and not line.strip(" \t>"):
            found.update(_tags_around_markdown(text, begun, at))
            begun = -1
        at += len(line) + 1
    return frozenset(found)


def _begins_block(line: str) -> bool:
    """Say whether pandoc would keep all from a line on as HTML."""
    found = _BLOCK_START.match(line)
    return found is not None and (_is_block(found["name"]) or _ALONE.match(line, found.end()) is not None)


def _is_block(name: str) -> bool:
    return name in _BLOCKS or "-" in name


def _tags_around_markdown(text: str, start: int, end: int) -> list[int]:
    block = text[start:end]
    tags = list(MARKED.finditer(block))
    if _VERBATIM.search(block) or not _MARKUP.search(MARKED.sub("", block)):
        return []
    return [start + tag.start() for tag in tags if _is_block(tag["elementname"])]


def as_html(text: str) -> str:
    """Write attributes of HTML's elements as HTML does; an element with a program for an attribute stays as it is."""
    if "={" not in text and "className" not in text:
        return text
    return _ELEMENT.sub(_element, text)


def _element(found: re.Match[str]) -> str:
    try:
        attributes = ATTRIBUTE.sub(_attribute, found["attributes"])
    except _NotLiteralError:
        return found[0]
    made = f"<{found['name']}{attributes}{' /' if found['empty'] else ''}>"
    return made + "\n" * (found[0].count("\n") - made.count("\n"))


def _attribute(match: re.Match[str]) -> str:
    written = match[0]
    blank = written[: len(written) - len(written.lstrip())]
    name, braces = match["name"] or "", match["braces"]
    if braces is None and name:
        return blank + written.lstrip().replace(name, _NAMES.get(name, name), 1)
    if not name or _PROGRAM.match(name):
        return ""
    value = css(braces.strip()[1:-1]) if name == "style" else literal(braces)
    if value is None:
        raise _NotLiteralError
    value = value.replace('"', "&quot;")
    return "" if value == "false" else f'{blank}{_NAMES.get(name, name)}="{value}"'


def css(text: str) -> str | None:
    """Write what stands in an object of styles as CSS, None where a value is a program.

    >>> css(" textAlign: 'left', marginTop: 4, '--own': 1, lineHeight: 1.5 ")
    'text-align: left; margin-top: 4px; --own: 1; line-height: 1.5;'
    """
    rest = _DECLARATION.sub("", text)
    if rest.strip():
        return None
    return _DECLARATION.sub(_declaration, text).strip(" ")


def _declaration(match: re.Match[str]) -> str:
    key, value = match["key"].strip("\"'"), match["value"]
    if not key.startswith("--"):
        key = re.sub(r"[A-Z]", lambda capital: "-" + capital[0].lower(), key)
    if value[0] in "\"'":
        shown = value[1:-1]
    else:
        shown = value if float(value) == 0 or key in _BARE or key.startswith("--") else value + "px"
    return f"{match['before']}{key}: {shown};"
