"""Groups: blocks that are alternatives become tabs on a page, and stand one after another, named, elsewhere.

The author wrote VitePress's `::: code-group`, MkDocs' `=== "name"` with what is indented below it, Docusaurus'
`<Tabs>` or Quarto's `::: panel-tabset`. To pandoc these are paragraphs and raw HTML between code blocks, or divisions
of class `tab` that were made where containers and components are read. What is no such row stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node
from fencepost.writers import escape

_TITLE = re.compile(r"\A[^\[]*\[(.*)\]")
_OPENS = re.compile(r":{3,}[ \t]*code-group\b")
_CLOSES = re.compile(r":{3,}\Z")
_TAB = re.compile(r"===[+!]?[ \t]+[\"“](.+)[\"”]\Z")
_FENCED = re.compile(r"(`{3,}(?!`)|~{3,}(?!~))[ \t]*([^\n]*)\n(?:(.*?)\n)??\1[ \t]*\Z", re.DOTALL)
_ITEM = re.compile(r"<TabItem\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(?<!\w)(\w+)=(?:\"([^\"]*)\"|'([^']*)'|\{['\"]([^'\"]*)['\"]\})")
_ONLY_TABS = re.compile(r"\s*(?:</?(?:Tabs|TabItem)\b[^>]*>\s*)+\Z")


@dataclass(slots=True)
class Group:
    """Alternatives: (name, its blocks), which of them is seen first, and what follows in the last paragraph."""

    tabs: list[tuple[str, list[Node]]]
    end: int  # index of the block after the group
    rest: list[Node]
    active: int = 0


def rewrite(document: Document, context: Context) -> None:
    """Make groups of what the document's dialect writes as such; in place."""
    readers = (*READERS.get(context.options.dialect, ()), _divisions)
    if context.source is not None and not _SIGNS.search(context.source):
        return
    places = tree.find([document["blocks"]], frozenset(["Para", "Plain", "RawBlock", "Div"]))
    lists = {id(members): members for members, _ in places if type(members) is list}
    for members in reversed(lists.values()):  # inner lists first: they travel inside the outer ones
        at = 0
        while at < len(members):
            is_block = isinstance(members[at], dict)
            group = next((found for read in readers if is_block and (found := read(members, at))), None)
            if group is None:
                at += 1
                continue
            made = _written(group, context)
            members[at : group.end] = made
            at += len(made) - len(group.rest)


_SIGNS = re.compile(r"code-?group|===[+!]?[ \t]+[\"“]|<\w*Tabs?\b|panel-tabset", re.IGNORECASE)


def _text(node: Node) -> str:
    return tree.text_of(node["c"]) if node["t"] in ("Para", "Plain") else ""


def _code_group(blocks: list[Any], at: int) -> Group | None:
    """Read `::: code-group`, code blocks, `:::`."""
    if not _OPENS.match(_text(blocks[at])):
        return None
    end = at + 1
    while end < len(blocks) and blocks[end]["t"] == "CodeBlock":
        end += 1
    if end == at + 1 or end == len(blocks) or blocks[end]["t"] not in ("Para", "Plain"):
        return None
    inlines = blocks[end]["c"]
    if not _CLOSES.match(tree.text_of(inlines[:1])):
        return None
    rest = [{"t": blocks[end]["t"], "c": inlines[2:]}] if len(inlines) > 2 else []
    codes = blocks[at + 1 : end]
    active = next((index for index, code in enumerate(codes) if re.search(r" active\b", f" {_meta(code)}")), 0)
    return Group([(_name(code), [code]) for code in codes], end + 1, rest, active)


def _meta(code: Node) -> str:
    return str(dict(code["c"][0][2]).get("meta", ""))


def _name(code: Node) -> str:
    """Name a tab by the title of its fence, else by its language."""
    title = _TITLE.search(_meta(code))
    lang = code["c"][0][1][0] if code["c"][0][1] else "txt"
    return title[1] if title else re.split(r"[{:=]", lang)[0]


def _content_tabs(blocks: list[Any], at: int) -> Group | None:
    """Read `=== "name"` with indented fences below it, as often as they follow each other."""
    tabs: list[tuple[str, list[Node]]] = []
    while at + 1 < len(blocks) and (name := _TAB.match(_text(blocks[at]))):
        code = _inner_fence(blocks[at + 1])
        if code is None:
            break
        tabs.append((name[1], [code]))
        at += 2
    return Group(tabs, at, []) if tabs else None


def _inner_fence(block: Node) -> Node | None:
    """Make the code block that an indented one holds in full, fence and all."""
    found = _FENCED.match(block["c"][1].strip("\n")) if block["t"] == "CodeBlock" and not block["c"][0][1] else None
    if found is None:
        return None
    lang, _, meta = found[2].strip().partition(" ")
    pairs = [["meta", meta.strip()]] if meta.strip() else []
    return {"t": "CodeBlock", "c": [["", [lang] if lang else [], pairs], found[3] or ""]}


def _jsx_tabs(blocks: list[Any], at: int) -> Group | None:
    """Read `<Tabs>` with `<TabItem value= label=>` around each code block."""
    if blocks[at]["t"] != "RawBlock" or not re.match(r"\s*<Tabs\b", blocks[at]["c"][1]):
        return None
    tabs: list[tuple[str, list[Node]]] = []
    while at < len(blocks):
        block = blocks[at]
        if block["t"] != "RawBlock" or not _ONLY_TABS.match(block["c"][1]):
            return None
        at += 1
        if "</Tabs>" in block["c"][1]:
            return Group(tabs, at, []) if tabs else None
        item = _ITEM.search(block["c"][1])
        if item is None or at == len(blocks) or blocks[at]["t"] != "CodeBlock":
            return None
        tabs.append((_label(item[1]), [blocks[at]]))
        at += 1
    return None


def _label(attributes: str) -> str:
    found = {name: next(filter(None, values), "") for name, *values in _ATTRIBUTE.findall(attributes)}
    return found.get("label") or found.get("value") or "…"


def _divisions(blocks: list[Any], at: int) -> Group | None:
    """Read divisions of class `tab` that follow each other."""
    tabs: list[tuple[str, list[Node]]] = []
    while at < len(blocks) and (name := _tab_name(blocks[at])) is not None and not (tabs and _begins(blocks[at])):
        tabs.append((name or _title(blocks[at]["c"][1][0]), blocks[at]["c"][1]))
        at += 1
    return Group(tabs, at, []) if tabs else None


def _panel_tabset(blocks: list[Any], at: int) -> Group | None:
    """Read Quarto's `::: panel-tabset`, in which each heading of the first one's level begins a tab."""
    if blocks[at]["t"] != "Div" or "panel-tabset" not in blocks[at]["c"][0][1]:
        return None
    tabs: list[tuple[str, list[Node]]] = []
    level = 0
    for block in blocks[at]["c"][1]:
        if block["t"] == "Header" and level in (0, block["c"][0]):
            level = block["c"][0]
            tabs.append((tree.text_of(block["c"][2]), []))
        elif not tabs:
            return None
        else:
            tabs[-1][1].append(block)
    return Group(tabs, at + 1, []) if tabs else None


def _title(code: Node) -> str:
    """Name a tab that has no name by what stands behind the language of its fence: `sh npm`, `sh title="npm"`."""
    found = re.match(r"(?:title=)?[\"']?([^\"'={}\[\]]+)", _meta(code))
    return found[1].strip() if found else _name(code)


def _begins(tab: Node) -> bool:
    """Say whether a tab is the first of a group: the one before it is another's."""
    return any(key == "data-begins" for key, _ in tab["c"][0][2])


def _tab_name(block: Node) -> str | None:
    if block["t"] != "Div" or block["c"][0][1] != ["tab"]:
        return None
    return dict(block["c"][0][2]).get("data-tab")


Reader = Callable[[list[Any], int], Group | None]
READERS: dict[str, tuple[Reader, ...]] = {
    "auto":       (_code_group, _content_tabs, _jsx_tabs),
    "vitepress":  (_code_group,),
    "pymdownx":   (_content_tabs,),
    "docusaurus": (_jsx_tabs,),
    "expressive-code": (_jsx_tabs,),
    "quarto":     (_panel_tabset,),
}  # fmt: skip


def _written(group: Group, context: Context) -> list[Node]:
    """Give the blocks that stand for a group: tabs where they can be chosen from, else one after another."""
    for name, blocks in group.tabs:
        if _is_code(blocks):
            blocks[0]["c"][0][2].append(["tab", name])
    if context.family != "html":
        return [*(block for name, blocks in group.tabs for block in _named(name, blocks)), *group.rest]
    context.used.add("code")
    number = context.number("group")
    panels = [block for name, blocks in group.tabs for block in _panel(name, blocks, context)]
    return [_raw("".join(_choices(group, number)) + "<div>"), *panels, _raw("</div></div>"), *group.rest]


def _is_code(blocks: list[Node]) -> bool:
    return len(blocks) == 1 and blocks[0]["t"] == "CodeBlock"


def _named(name: str, blocks: list[Node]) -> list[Node]:
    """Put the name before what is no code; code has it as its title."""
    if _is_code(blocks):
        return blocks
    return [{"t": "Para", "c": [{"t": "Strong", "c": tree.plain(name)}]}, *blocks]


def _panel(name: str, blocks: list[Node], context: Context) -> list[Node]:
    """Give what one tab shows as one element: the figure of a block of code, else a division. Paper needs its name."""
    if _is_code(blocks) and context.options.markup == "rehype-pretty-code":
        return blocks
    return [_raw(f'<div class="tab-panel" data-tab="{escape.html(name)}">'), *blocks, _raw("</div>")]


def _choices(group: Group, number: int) -> Iterator[str]:
    """Write a radio button and a label for each tab: they need no script."""
    yield '<div class="code-group">'
    for index, (name, _) in enumerate(group.tabs):
        identifier = f"code-group-{number}-{index + 1}"
        checked = ' checked="checked"' if index == group.active else ""
        yield f'<input type="radio" name="code-group-{number}" id="{identifier}"{checked}/>'
        yield f'<label for="{identifier}">{escape.html(name)}</label>'


def _raw(text: str) -> Node:
    return {"t": "RawBlock", "c": ["html", text]}
