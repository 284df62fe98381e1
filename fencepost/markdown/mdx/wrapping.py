"""Makes of a component and what stands between its tags what it means: an alert, a figure, a link, its children."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from fencepost.markdown import carriers as c
from fencepost.markdown.containers.types import KINDS, Kind
from fencepost.markdown.containers.types import WORDS as ALERT_WORDS
from fencepost.markdown.mdx.components import HTML, LOOKS, TABS, TITLES, WORDS, Component, read_tag
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers.escape import html

_SIGNS = f"<!--{c.COMPONENT}(?P<line>{c.LINES}{{2}})(?P<text>{c.LABEL}*)-->"
_MARKER = re.compile(f"\\s*{_SIGNS}\\s*\\Z")
_INSIDE = re.compile(f"{c.SPLIT}?{_SIGNS}")  # of other HTML
_RAW = frozenset(["RawBlock", "RawInline"])
NO_NAME = "…"  # of a tab that says none
Unknown = list[tuple[int, str, str]]  # line, name of a component that nobody knows, its attributes that nothing prints


def wrap_components(document: Document, notes: list[list[Node]], kinds: dict[str, Kind] = KINDS) -> Unknown:
    """Wrap what stands between the tags of components, in place; gives those that only leave their children."""
    for members, at in reversed(tree.find([document["blocks"], notes], frozenset(["Para", "Plain"]))):
        members[at : at + 1] = _hoisted(members[at])
    unknown: Unknown = []
    lists: dict[int, list[Any]] = {}
    for members, at in tree.find([document["blocks"], notes], _RAW):
        if _marker(members[at]):
            lists[id(members)] = members
        elif c.COMPONENT in members[at]["c"][1]:
            members[at]["c"][1] = _INSIDE.sub(lambda found: _in_html(found, unknown), members[at]["c"][1])
    for members in reversed(lists.values()):  # inner lists first: they travel inside the outer ones
        _wrap(members, unknown, kinds)
    return sorted(set(unknown))


def _hoisted(para: Node) -> list[Node]:
    """Take a component out of the paragraph that it fills: `<Note>Words</Note>` is a block."""
    inlines = [node for node in para["c"] if node != {"t": "Str", "c": c.SPLIT}]
    if not inlines:
        return [para]
    if _element(inlines[0]) or _element(inlines[-1]):
        return _parted_elements(inlines)
    first, last = (_tag(inlines[0]), _tag(inlines[-1])) if len(inlines) > 1 else (None, None)
    if first is None or last is None or first.name != last.name or first.is_end or first.is_empty or not last.is_end:
        return [para]
    if _is_tab(first):
        return _row(para, inlines)
    return _block(para, inlines)


def _element(node: Node) -> str:
    """Name the element of HTML that a marker begins (`div`) or ends (`/div`); empty where it is none."""
    marker = _marker(node)
    found = re.match(rf"{HTML} <(/?[\w-]+)", c.show(marker["text"])) if marker else None
    return found[1] if found else ""


def _parted_elements(inlines: list[Node]) -> list[Node]:
    """Take elements of HTML out of the paragraph that they enclose, or that they begin or end with."""
    partner = _partners(inlines)
    first, last = 0, len(inlines) - 1
    while first <= last:
        begins, ends = _element(inlines[first])[:1] not in ("", "/"), _element(inlines[last])[:1] == "/"
        if begins and partner.get(first, last) == last and (first in partner) == ends:
            first, last = first + 1, last - (first in partner)
        elif begins and first not in partner:
            first += 1
        elif ends and last not in partner:
            last -= 1
        else:
            break
    before, after = map(_raw_block, inlines[:first]), map(_raw_block, inlines[last + 1 :])
    is_parted = first or last < len(inlines) - 1
    words = [{"t": "Plain", "c": inlines[first : last + 1]}] if first <= last or not is_parted else []
    return [*before, *words, *after]


def _partners(inlines: list[Node]) -> dict[int, int]:
    """Give the place of the end of every element that ends in its paragraph, and of its start."""
    found: dict[int, int] = {}
    starts: list[tuple[str, int]] = []
    for at, node in enumerate(inlines):
        name = _element(node)
        if name[:1] != "/":
            starts += [(name, at)] if name else []
        elif starts and starts[-1][0] == name[1:]:
            found[at] = starts.pop()[1]
            found[found[at]] = at
    return found


def _raw_block(node: Node) -> Node:
    return {"t": "RawBlock", "c": node["c"]}


def _tag(node: Node) -> Component | None:
    marker = _marker(node)
    return read_tag(c.show(marker["text"]).partition(" ")[2]) if marker else None


def _block(para: Node, inlines: list[Node]) -> list[Node]:
    start, end = ({"t": "RawBlock", "c": inlines[at]["c"]} for at in (0, -1))
    return [start, {**para, "c": inlines[1:-1]}, end] if inlines[1:-1] else [start, end]


def _row(para: Node, inlines: list[Node]) -> list[Node]:
    """Take tabs apart that follow each other in one paragraph: `<Tab label="a">x</Tab>`, a line each."""
    out: list[Node] = []
    begun: int | None = None
    for at, node in enumerate(inlines):
        tag = _tag(node)
        if tag and _is_tab(tag) and not tag.is_empty:
            if tag.is_end and begun is not None:
                out += _block(para, inlines[begun : at + 1])
            begun = None if tag.is_end else at
        elif begun is None and node["t"] not in ("Space", "SoftBreak"):
            return [para]
    return out


def _is_tab(tag: Component) -> bool:
    return tag.name.rpartition(".")[2] in TABS


def _marker(node: Any) -> re.Match[str] | None:
    return _MARKER.match(node["c"][1]) if type(node) is dict and node.get("t") in _RAW else None


def _in_html(marker: re.Match[str], unknown: Unknown) -> str:
    """Write a component that stands within a block of HTML: a picture as one, of all else the children stay."""
    role, _, text = c.show(marker["text"]).partition(" ")
    tag = read_tag(text)
    if tag is None or tag.is_end:
        return ""
    if role in ("image", "figure"):
        source, alt = _first(tag, "src", "image", "light"), _first(tag, "alt", "caption", "title")
        return f'<img src="{html(source)}" alt="{html(alt)}">' if source else ""
    if not role:
        unknown.append((c.read_line(marker["line"]), tag.name, _unprinted(tag)))
    return ""


def _wrap(members: list[Any], unknown: Unknown, kinds: dict[str, Kind]) -> None:
    out: list[Any] = []
    stack: list[tuple[str, Component, str, int]] = []  # role, tag, whether it is a block, where its children begin
    open_names: Counter[str] = Counter()  # so that an end without a start costs no search
    for node in members:
        marker = _marker(node)
        if marker is None:
            out.append(node)
            continue
        role, _, text = c.show(marker["text"]).partition(" ")
        if role == HTML:
            if text.startswith("</p") and len(out) > 1 and out[-1]["t"] == "Para" and _opens_paragraph(out[-2]):
                out[-1] = {**out[-1], "t": "Plain"}  # no paragraph in a paragraph
            out.append({"t": node["t"], "c": ["html", text]})
            continue
        tag = read_tag(text)
        if tag is None:
            continue
        if tag.is_end:
            while open_names[tag.name]:
                role, opened, kind, start = stack.pop()
                open_names[opened.name] -= 1
                if opened.name == tag.name:
                    if _leaves_children(role):
                        out[start:start] = _words_before(opened, kind, len(out) > start)
                    else:
                        out[start:] = _made(role, opened, out[start:], kind, kinds)
                    break
            continue
        if not role or (role == "code" and "code" in tag.expressions):
            unknown.append((c.read_line(marker["line"]), tag.name, "" if role else _unprinted(tag)))
        if tag.is_empty:
            out += _made(role, tag, [], node["t"], kinds)
        else:
            stack.append((role, tag, node["t"], len(out)))
            open_names[tag.name] += 1
    members[:] = out


def _leaves_children(role: str) -> bool:
    return role in ("", "children")


def _opens_paragraph(node: Node) -> bool:
    return node["t"] == "RawBlock" and re.match(r"<p[\s>]", node["c"][1]) is not None


def _made(role: str, tag: Component, children: list[Node], kind: str, kinds: dict[str, Kind]) -> list[Node]:
    make = _MAKERS.get(role)
    if role == "nothing":
        return []
    if role == "alert" and kind == "RawBlock":
        return _alert(tag, [*_words_behind(tag, role, kind), *children], kinds)
    if role == "group":
        return _tab(tag, children, kind) if _is_tab(tag) else _group(tag, children)
    if make is None or kind == "RawInline" and role not in ("image", "link", "badge"):
        return [*_words_before(tag, kind, bool(children)), *children]
    if role == "details":
        return make(tag, [*_words_behind(tag, role, kind), *children], kind)
    made = make(tag, children, kind)
    return made if role == "code" else [*made, *_words_behind(tag, role, kind)]  # a fence has all of it in its meta


def _words_before(tag: Component, kind: str, has_children: bool) -> list[Node]:
    """Print the words in the attributes of a component that only leaves its children: its title first, as a link.

    In a paragraph they stand in it: `<Tooltip tip="Long">Short</Tooltip>` is `Long: Short`.
    """
    titles = [tag.attributes[name] for name in TITLES if _is_words(tag, name)]
    others = [tag.attributes[name] for name in _others(tag)]
    if kind == "RawInline":
        said = ", ".join([*titles, *others])
        behind = [{"t": "Space"}] if has_children else []
        return [*tree.plain(said + ":" * has_children), *behind] if said else []
    out: list[Node] = []
    address = _first(tag, "href", "url", "to")
    for title in titles or ([address] if address and not has_children and not others else []):
        words = tree.plain(title)
        linked = [{"t": "Link", "c": [["", [], []], words, [address, ""]]}] if address and not out else words
        out.append({"t": "Para", "c": [{"t": "Strong", "c": linked}]})
    return [*out, *({"t": "Para", "c": tree.plain(words)} for words in others)]


def _words_behind(tag: Component, role: str, kind: str) -> list[Node]:
    """Print the words in attributes that are not in what was made of a component: a card's description."""
    used = _USED.get(role, frozenset())
    said = [tag.attributes[name] for name in (*WORDS, *_unknown(tag)) if name not in used and _is_words(tag, name)]
    if kind == "RawInline":
        return [{"t": "Space"}, *tree.plain("(" + ", ".join(said) + ")")] if said else []
    return [{"t": "Para", "c": tree.plain(words)} for words in said]


def _others(tag: Component) -> list[str]:
    return [name for name in (*WORDS, *_unknown(tag)) if _is_words(tag, name)]


def _unprinted(tag: Component) -> str:
    """Name the attributes whose values are printed nowhere, but those that only say how something looks."""
    printed = {*(name for name in TITLES if _is_words(tag, name)), *_others(tag), *LOOKS}
    lost = (name for name, value in tag.attributes.items() if name not in printed and value != "true")
    return ", ".join(
        f"`{name}`" for name in lost if name[0] not in ":@#" and not name.startswith("v-")
    )  # Vue's program


def _unknown(tag: Component) -> list[str]:
    """List the attributes that nobody knows whose values are more than one word: those are for readers."""
    known = {*TITLES, *WORDS, *LOOKS}
    return [name for name, value in tag.attributes.items() if name not in known and " " in value.strip()]


def _is_words(tag: Component, name: str) -> bool:
    value = tag.attributes.get(name, "")
    return bool(value.strip()) and name not in tag.expressions and value not in ("true", "false")


# what of its attributes is in what is made of a component: the others' words are printed below it
_USED = {
    "alert": frozenset(["title", "heading", "label"]),
    "details": frozenset(["title", "summary", "label", "header"]),
    "figure": frozenset([*WORDS]), "image": frozenset([*WORDS]),
    "link": frozenset(["title", "label", "caption", "alt"]),
    "badge": frozenset(["text", "label", "title"]),
}  # fmt: skip


def _tab(tag: Component, children: list[Node], kind: str) -> list[Node]:
    """Make a division of a tab; in a paragraph, put its name before it."""
    name = _first(tag, "label", "title", "value", "name") or NO_NAME
    if kind == "RawInline":
        return [{"t": "Strong", "c": tree.plain(name)}, {"t": "Str", "c": ":"}, {"t": "Space"}, *children]
    return [{"t": "Div", "c": [["", ["tab"], [["data-tab", name]]], children]}]


def _group(tag: Component, children: list[Node]) -> list[Node]:
    """Make alternatives of blocks of code that stand in no tabs of their own: their titles name them.

    The first tab says that a group begins, or two of them would be one. `items={["a", "b"]}` names tabs without names.
    """
    if children and all(node["t"] == "CodeBlock" for node in children):
        children = [{"t": "Div", "c": [["", ["tab"], [["data-tab", ""]]], [node]]} for node in children]
    tabs = [node for node in children if node["t"] == "Div" and node["c"][0][1] == ["tab"]]
    names = re.findall(r"[\"'`]([^\"'`]*)[\"'`]", _first(tag, "items", "titles", "labels"))
    for tab, name in zip(tabs, names, strict=False):
        pairs = tab["c"][0][2]
        pairs[0][1] = name if pairs[0][1] in ("", NO_NAME) else pairs[0][1]
    if tabs:
        tabs[0]["c"][0][2].append(["data-begins", "group"])
    return children


def _first(tag: Component, *names: str) -> str:
    return next((tag.attributes[name] for name in names if tag.attributes.get(name)), "")


_ALERTS = (
    ALERT_WORDS["mkdocs"][2]
    | ALERT_WORDS["docusaurus"][1]
    | {"critical": "danger"}
    | {"default": "note"}
    | {"warn": "warning"}
)


def _alert(tag: Component, children: list[Node], kinds: dict[str, Kind]) -> list[Node]:
    said = _first(tag, "type", "variant", "kind", "status", "intent", "level", "theme").lower()
    name = tag.name.rpartition(".")[2].lower()
    own = next((word for word in (said, name) if word in kinds and kinds[word].is_own), "")
    kind = own or _ALERTS.get(said) or _ALERTS.get(name, "note")
    return [_division(kind, _first(tag, "title", "heading", "label") or kinds[kind].title, children, [])]


def _details(tag: Component, children: list[Node], _kind: str) -> list[Node]:
    fold = "open" if _first(tag, "open", "defaultOpen") == "true" else "closed"
    title = _first(tag, "title", "summary", "label", "header") or KINDS["details"].title
    return [_division("details", title, children, [["data-fold", fold]])]


def _division(kind: str, title: str, children: list[Node], pairs: list[list[str]]) -> Node:
    said = tree.plain(title)
    head = {"t": "Div", "c": [["", ["title"], []], [{"t": "Para", "c": said}]]}
    return {"t": "Div", "c": [["", [kind], [["data-line", ""], *pairs]], [head, *children]]}


def _picture(tag: Component) -> Node:
    sizes = [[name, value] for name in ("width", "height") if re.fullmatch(r"\d+(px|%)?", value := _first(tag, name))]
    alt, caption = _first(tag, "alt", "caption", "title"), _first(tag, "caption", "title")
    return {"t": "Image", "c": [["", [], sizes], tree.plain(alt), [_first(tag, "src", "image", "light"), caption]]}


def _figure(tag: Component, children: list[Node], kind: str) -> list[Node]:
    """Make a figure of a picture; around one that is a child, the component changes nothing."""
    if not _first(tag, "src", "image", "light"):
        caption = _first(tag, "caption", "title")
        return [*children, *([{"t": "Para", "c": [{"t": "Emph", "c": tree.plain(caption)}]}] if caption else [])]
    return [{"t": "Para", "c": [_picture(tag)]}, *children]


def _image(tag: Component, children: list[Node], kind: str) -> list[Node]:
    if not _first(tag, "src", "image", "light"):
        return children
    return [_picture(tag)] if kind == "RawInline" else [{"t": "Para", "c": [_picture(tag)]}, *children]


_FILMS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "liteyoutubeembed": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "tweet": "https://x.com/i/status/",
}


def _link(tag: Component, children: list[Node], kind: str) -> list[Node]:
    """Make a link to what a page would show in place."""
    number = _first(tag, "id", "videoId", "youTubeId", "youtubeId", "videoID")
    address = _first(tag, "url", "href", "src", "to") or (_FILMS.get(tag.name.lower(), "") + number if number else "")
    if not address:
        return children
    title = _first(tag, "title", "label", "caption", "alt")
    if kind == "RawInline":
        return [{"t": "Link", "c": [["", [], []], children or tree.plain(title or address), [address, ""]]}]
    link = {"t": "Link", "c": [["", [], []], tree.plain(title or address), [address, ""]]}
    return [{"t": "Para", "c": [link]}, *children]


def _code(tag: Component, children: list[Node], kind: str) -> list[Node]:
    """Make code of `<Code code="…" lang="js" mark={[1, "4-5"]} />`; a variable's name stays where a text would."""
    code = _first(tag, "code")
    if "code" in tag.expressions:
        code = f"{{{code}}}"
    elif not code:
        return children
    pairs = (_option(tag, name) for name in tag.attributes if name not in ("code", "lang", "language"))
    meta = " ".join(filter(None, pairs))
    lang = _first(tag, "lang", "language")
    attributes = [["meta", meta]] if meta else []
    return [{"t": "CodeBlock", "c": [["", [lang] if lang else [], attributes], code.strip("\n")]}]


def _option(tag: Component, name: str) -> str:
    """Write an attribute as the meta of a fence: `title="…"`, `mark={1,4-5}`; program is none."""
    value = tag.attributes[name]
    if name in tag.expressions:
        lines = re.sub(r"[\s\[\]\"']", "", value)
        return f"{name}={{{lines}}}" if re.fullmatch(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*,?", lines) else ""
    return name if value == "true" else "" if '"' in value or value == "false" else f'{name}="{value}"'


def _badge(tag: Component, children: list[Node], kind: str) -> list[Node]:
    """Keep the words of a badge: they stand between its tags, or in `text`."""
    words = children or tree.plain(_first(tag, "text", "label", "title"))
    if kind != "RawInline" and not children:
        return [{"t": "Para", "c": words}] if words else []
    return words


_MAKERS: dict[str, Callable[[Component, list[Node], str], list[Node]]] = {
    "details": _details, "figure": _figure, "image": _image, "link": _link, "code": _code,
    "badge": _badge,
}  # fmt: skip
