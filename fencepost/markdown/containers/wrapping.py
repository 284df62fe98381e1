"""Makes divisions of what pandoc read between the markers of a container, in the form of pandoc's own alerts."""

from __future__ import annotations

import re
from typing import Any

from fencepost.markdown import carriers as c
from fencepost.markdown.containers.lines import TAB, Container, find_containers
from fencepost.markdown.containers.types import KINDS, WORDS, Kind
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

_ONE = f"<!--[{c.CONTAINER}{c.CONTAINER_END}]{c.LINES}{{2}}{c.LABEL}*-->"
_SEVERAL = re.compile(f"\\s*(?:{_ONE}){{2,}}\\s*\\Z")
_MARKER = re.compile(
    f"\\s*<!--(?P<sign>[{c.CONTAINER}{c.CONTAINER_END}])(?P<line>{c.LINES}{{2}})(?P<text>{c.LABEL}*)-->\\s*\\Z"
)
_END = re.compile(f"(<!--{c.CONTAINER_END}({c.LINES}{{2}}){c.LABEL}*-->)")
_RAW = frozenset(["RawBlock"])
_AUTO = {":": WORDS["auto"][1], "!": WORDS["auto"][2], "?": WORDS["auto"][2], "/": WORDS["auto"][3]}


def wrap_containers(document: Document, notes: list[list[Node]], kinds: dict[str, Kind] = KINDS) -> None:
    """Wrap what stands between two markers of one list of blocks; what does not meet is the author's words again."""
    titles = _take_titles(document["blocks"])
    lists: dict[int, list[Any]] = {}
    for members, at in tree.find([document["blocks"], notes], _RAW):
        if _marker(members[at]) or _several(members[at]):
            lists[id(members)] = members
    for members in lists.values():
        members[:] = [node for block in members for node in _parted(block)]
        opened = {marker["line"] for block in members if (marker := _marker(block)) and marker["sign"] == c.CONTAINER}
        members[:] = [node for block in members for node in _ended(block, opened)]
        _wrap(members, titles, kinds)


def _take_titles(blocks: list[Node]) -> dict[str, list[Node]]:
    """Read and remove the paragraphs of titles, which stand first."""
    found: dict[str, list[Node]] = {}
    while blocks and blocks[0]["t"] == "Para":
        start = blocks[0]["c"][0].get("c", "")
        if type(start) is not str or start[:1] != c.TITLE:
            break
        found[start[1:3]] = blocks.pop(0)["c"][2:]
    return found


def _marker(node: Any) -> re.Match[str] | None:
    return _MARKER.match(node["c"][1]) if type(node) is dict and node.get("t") == "RawBlock" else None


def _several(node: Any) -> bool:
    return type(node) is dict and node.get("t") == "RawBlock" and _SEVERAL.match(node["c"][1]) is not None


def _parted(node: Any) -> list[Any]:
    """Part markers of containers that end on the same line."""
    if not _several(node):
        return [node]
    return [{"t": "RawBlock", "c": ["html", text]} for text in re.findall(_ONE, node["c"][1])]


def _ended(node: Any, opened: set[str]) -> list[Any]:
    """Part an HTML block at the ends of containers that began before it: an HTML block ends at a blank line alone."""
    if type(node) is not dict or node.get("t") != "RawBlock" or c.CONTAINER_END not in node["c"][1] or _marker(node):
        return [node]
    pieces = _END.split(node["c"][1])
    if not opened.issuperset(pieces[2::3]):
        return [node]
    pieces[2::3] = [""] * len(pieces[2::3])  # split gives the marker, then its line
    return [{"t": "RawBlock", "c": ["html", piece]} for piece in pieces if piece.strip()]


def _wrap(members: list[Any], titles: dict[str, list[Node]], kinds: dict[str, Kind]) -> None:
    """Nest the blocks of a list."""
    out: list[Any] = []
    stack: list[tuple[str, str, int]] = []  # (number, the author's line, where its blocks begin)
    for block in members:
        marker = _marker(block)
        if marker is None:
            out.append(block)
        elif marker["sign"] == c.CONTAINER:
            stack.append((marker["line"], c.show(marker["text"]), len(out)))
            out.append(_words(marker))
        elif place := next((item for item in reversed(stack) if item[0] == marker["line"]), None):
            number, line, start = place
            del stack[stack.index(place) :]
            inner = [node for node in out[start + 1 :] if node is not None]
            out[start:] = [_division(line, c.read_line(number), titles.get(number), inner, kinds)]
        else:
            out.append(_words(marker))
    for number, line, start in reversed(stack):  # what is indented in a list may end with the list
        if line[0] in "!?=":
            inner = [node for node in out[start + 1 :] if node is not None]
            out[start:] = [_division(line, c.read_line(number), titles.get(number), inner, kinds)]
    members[:] = [block for block in out if block is not None]


def _words(marker: re.Match[str]) -> Node | None:
    """Give the author's line as a paragraph, nothing where the marker stands for a blank line."""
    text = c.show(marker["text"])
    return {"t": "Para", "c": tree.plain(text)} if text.strip() else None


def _division(line: str, number: int, title: list[Node] | None, inner: list[Any], kinds: dict[str, Kind]) -> Node:
    item = _reread(line)
    if item.word == TAB and line[0] == "=":
        begins = [["data-begins", "group"]] if line.startswith("===!") else []  # Material for MkDocs: a new set
        return {"t": "Div", "c": [["", [TAB], [["data-tab", item.title or ""], *begins]], inner]}
    kind = _AUTO[line[0]].get(item.word, item.word)
    kind = kind.removeprefix("callout-")
    if kind not in kinds:  # any word opens an admonition of MkDocs: it is a note of that name
        title = title or (tree.plain(item.word.replace("-", " ").capitalize()) if item.title is None else title)
        kind = "note"
    pairs = [["data-line", str(number)]]
    fold = item.fold or _fold(kind, item)
    pairs += [["data-fold", "open" if fold == "+" else "closed"]] if fold else []
    if item.word.startswith("callout-"):
        title, inner = (title, inner) if item.title else _headed(inner)
        pairs += [["data-icon", "none"]] if _has_no_icon(item.attributes) else []
    said = title if title is not None else [] if item.title == "" else tree.plain(kinds[kind].title)
    head = {"t": "Div", "c": [["", ["title"], []], [{"t": "Para", "c": said}]]}
    return {"t": "Div", "c": [[item.attributes.get("id", ""), [kind], pairs], [head, *inner]]}


def _headed(inner: list[Any]) -> tuple[list[Node] | None, list[Any]]:
    """Take the heading that a callout of Quarto's begins with for its title."""
    if inner and inner[0]["t"] == "Header":
        return inner[0]["c"][2], inner[1:]
    return None, inner


def _has_no_icon(attributes: dict[str, str]) -> bool:
    return attributes.get("icon") == "false" or attributes.get("appearance") == "minimal"


def _fold(kind: str, item: Container) -> str:
    """Say whether a container folds: `::: details`, `collapse="true"`; `{open}` opens it."""
    collapse = item.attributes.get("collapse", "")
    if kind == "details":
        return "+" if "open" in item.attributes.get("class", "").split() else "-"
    return {"true": "-", "false": "+"}.get(collapse, "")


def _reread(line: str) -> Container:
    """Read the author's first line again: what it says is not kept beside the tree."""
    ends = {":": ":" * 99, "/": re.match(r"/*", line)[0]}  # type: ignore[index]
    lines = [line, ends[line[0]]] if line[0] in ends else [line, "    x", ""]
    return find_containers(lines, (None, None, None))[0]
