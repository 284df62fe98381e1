"""What components mean, by the names that the common blog systems give them; `components:` in a configuration adds."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLES = ("alert", "figure", "image", "link", "details", "group", "code", "badge", "children", "nothing")
COMPONENTS = {
    # role      components
    "alert":    "Callout Alert Admonition Aside Note Tip Info Warning Danger Caution Important Success Hint",
    "figure":   "Figure Frame",
    "image":    "Image Img NextImage",
    "link":     "YouTube Youtube LiteYouTubeEmbed Vimeo Tweet Video LinkCard LinkButton CodeSandbox StackBlitz Gist "
                "Spotify",
    "details":  "Details Accordion Collapse Expandable Toggle",
    "group":    "Tabs TabItem Tab CodeGroup CodeTabs",
    "code":     "Code CodeBlock",
    "badge":    "Badge",
    "children": "Fragment Steps Step Card CardGrid CardGroup FileTree Center Box Columns Column Grid Kbd",
    "nothing":  "Icon Head Toc TOC TableOfContents TOCInline DocCardList",
}  # fmt: skip
TABS = ("TabItem", "Tab")
HTML = "html"  # the mark of an element of HTML right above a component
_ROLE_OF = {name: role for role, names in COMPONENTS.items() for name in names.split()}

# attributes whose values are words that a reader sees, in the order in which they are printed; all others but these
# and what is made of a component are no words: addresses, switches, looks
TITLES = ("title", "label", "heading", "header", "name", "summary", "question", "term")
WORDS = ("subtitle", "description", "desc", "caption", "text", "content", "body", "answer", "tip", "tooltip", "hint",
         "headline", "message", "date", "author", "cite", "source", "by", "cta", "footer", "alt")  # fmt: skip
LOOKS = frozenset([
    "id", "className", "class", "style", "key", "ref", "slot", "icon", "emoji", "color", "colour", "variant", "type",
    "kind", "size", "width", "height", "href", "url", "to", "src", "target", "rel", "layout", "align", "lang",
    "language", "cols", "columns", "open", "defaultOpen", "defaultChecked", "default", "value", "groupId",
    "queryString", "image", "img", "light", "dark", "theme", "level", "status", "horizontal", "arrow",
])  # fmt: skip

_VALUE = r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\{(?P<braces>(?:[^{}`]|`[^`]*`|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
ATTRIBUTE = re.compile(
    rf"(?<!\s)\s+(?:(?P<name>[A-Za-z_:@#][\w:.@-]*)(?:\s*=\s*(?:{_VALUE}))?|\{{\s*\.\.\.[^{{}}]*\}})"
)
ATTRIBUTES = (
    r"(?:\s+(?:[A-Za-z_:@#][\w:.@-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'"
    r"|\{(?:[^{}`]|`[^`]*`|\{(?:[^{}]|\{[^{}]*\})*\})*\}))?|\{\s*\.\.\.[^{}]*\}))*"
)
TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[A-Z][\w]*(?:\.[A-Za-z_]\w*)*|(?=>))(?P<attributes>{ATTRIBUTES})\s*(?P<empty>/?)>"
)
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`((?:[^`$]|\$(?!\{))*)`|(-?\d+(?:\.\d+)?|true|false))\s*\Z")


@dataclass(frozen=True, slots=True)
class Component:
    """A tag: its name (empty for a fragment), its attributes as text, whether it ends an element or is a whole one.

    `expressions` are the attributes whose values are program: they stay as they are written.
    """

    name: str
    attributes: dict[str, str]
    is_end: bool
    is_empty: bool
    expressions: frozenset[str] = frozenset()


def role_of(name: str, own: dict[str, str]) -> str:
    """Say what a component means: by the configuration, by our table, else empty.

    >>> role_of("Callout", {}), role_of("Mine", {"Mine": "figure"}), role_of("Mine", {})
    ('alert', 'figure', '')
    """
    if not name:
        return "children"
    found = own.get(name) or _ROLE_OF.get(name.rpartition(".")[2], "")
    return found if found in ROLES else ""


def read_tag(text: str) -> Component | None:
    """Read a JSX tag; None where the text is none. Values that are no literals stay as they are written.

    >>> read_tag('<Callout type="tip" title={`A b`} open>').attributes
    {'type': 'tip', 'title': 'A b', 'open': 'true'}
    """
    found = TAG.fullmatch(text)
    if found is None:
        return None
    attributes, expressions = {}, set()
    for match in ATTRIBUTE.finditer(found["attributes"]):
        if match["name"]:
            attributes[match["name"]] = _value(match)
            if match["braces"] is not None and not _LITERAL.match(match["braces"]):
                expressions.add(match["name"])
    return Component(found["name"], attributes, bool(found["close"]), bool(found["empty"]), frozenset(expressions))


def _value(match: re.Match[str]) -> str:
    for group in ("double", "single"):
        if match[group] is not None:
            return str(match[group])
    inside = match["braces"]
    if inside is None:
        return "true"
    said = literal(inside)
    return inside.strip() if said is None else said


def literal(text: str) -> str | None:
    """Read what stands in braces as a text, a number, `true` or `false`; None where it is a program."""
    found = _LITERAL.match(text)
    return next((part for part in found.groups() if part is not None), "") if found else None
