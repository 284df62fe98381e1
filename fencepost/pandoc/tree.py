"""Pandoc's JSON without recursion: load, find, rewrite, dump.

Only the elements a filter names become panflute objects, and only as deep as their first child:
the others travel inside as `Untouched` and come out as they went in. Nothing here recurses, so
five thousand nested quotes pass; documents that the JSON library refuses go through `deepjson`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from fencepost.pandoc import deep_json

Node = dict[str, Any]
Document = dict[str, Any]
Place = tuple[list[Any], int]  # the list an element stands in, and where

LEAVES = frozenset([
    "Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline", "CodeBlock", "RawBlock", "HorizontalRule",
    "MetaString", "MetaBool", "Null", "AlignDefault", "AlignLeft", "AlignRight", "AlignCenter", "ColWidthDefault",
    "ColWidth",
])  # fmt: skip


def load(data: bytes) -> Document:
    """Read pandoc's JSON, nested however deep.

    Raises:
        ValueError: it is not JSON.
    """
    document: Document
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if not _TOO_DEEP.search(str(error)):
            raise
        document = deep_json.loads(data.decode("utf-8"))
    return document


def dump(document: Any) -> bytes:
    """Write pandoc's JSON, nested however deep."""
    try:
        return orjson.dumps(document)
    except TypeError as error:
        if not _TOO_DEEP.search(str(error)):
            raise
    return deep_json.dumps(document).encode("utf-8", "replace")


_TOO_DEEP = re.compile("recursion|depth", re.IGNORECASE)  # orjson: reading past 1,024 levels, writing past 254


# where the content of an element stands among its parts; of the others all parts are looked through
_SLOTS = {"Header": 2, "Div": 1, "Span": 1, "Link": 1, "Image": 1, "Quoted": 1, "OrderedList": 1}


_NONE: frozenset[str] = frozenset()


def _content(item: Any) -> list[Any]:
    """Give the list that holds what an element, a list or a plain map holds."""
    if type(item) is not dict:
        return item if type(item) is list else []
    kind = item.get("t")
    content: Any = list(item.values()) if kind is None else item.get("c")
    if kind in _SLOTS:
        content = content[_SLOTS[kind]]
    elif type(content) is dict:
        content = list(content.values())
    return content if type(content) is list else []


def find(root: Any, types: frozenset[str] | None, closed: frozenset[str] = _NONE) -> list[Place]:
    """List where elements of some types stand (None: of any), parents before children, in the order of the text.

    What stands inside elements of a `closed` type is passed over.
    """
    passed = _NONE if types is None else LEAVES - types
    ends = LEAVES | closed
    found: list[Place] = []
    stack = [(_content(root), 0)]
    while stack:
        members, index = stack.pop()
        for at in range(index, len(members)):
            item = members[at]
            if type(item) is dict:
                kind = item.get("t")
                if kind in passed:
                    continue
                if kind is not None and (types is None or kind in types):
                    found.append((members, at))
                if kind in ends:
                    continue
                inner = _content(item)
            elif type(item) is list and item and type(item[0]) is not str:  # attributes and targets begin with a string
                inner = item
            else:
                continue
            stack += [(members, at + 1), (inner, 0)]
            break
    return found


def _is_worth(item: Any) -> bool:
    """Say whether a list or a plain map can hold elements: attributes, targets and the like begin with a string."""
    kind = type(item)
    return bool(item) and (kind is dict or kind is list and type(item[0]) is not str)


def find_words(root: Any, pattern: re.Pattern[str]) -> list[Place]:
    """List where the words stand that match a pattern, in the order of the text."""
    search = pattern.search
    return [place for place in find(root, _STR) if search(place[0][place[1]]["c"])]


_STR = frozenset(["Str"])


def replace(container: list[Any], index: int, new: Any) -> None:
    """Put a node, several or none in the place of one."""
    container[index : index + 1] = new if isinstance(new, list) else [new]


Rewrite = Callable[[Node], Any]  # returns None (leave), a node, or a list of nodes


def find_inside_out(root: Any, types: frozenset[str]) -> list[Place]:
    """Like `find`, but children before parents; among siblings still the order of the text."""
    passed = LEAVES - types
    found: list[Place] = []
    stack: list[tuple[list[Any], int, bool]] = [(_content(root), 0, False)]
    while stack:
        members, index, is_within = stack.pop()
        if is_within:  # back from inside the element before this place
            found.append((members, index - 1))
        for at in range(index, len(members)):
            item = members[at]
            kind = item.get("t") if type(item) is dict else None
            if kind in passed:
                continue
            if kind in LEAVES:
                found.append((members, at))
            elif kind is not None or _is_worth(item):
                stack += [(members, at + 1, kind in types), (_content(item), 0, False)]
                break
    return found


def rewrite(root: Any, actions: dict[str, list[Rewrite]]) -> None:
    """Apply actions to the elements they name, children before parents, in the order of the text; in place.

    An action that returns something other than a single node of the same type ends the list for that element.
    """
    moved: dict[int, int] = {}  # how far the members of a list have moved, by what was put in before them
    for container, index in find_inside_out(root, frozenset(actions)):
        at = index + moved.get(id(container), 0)
        new = _rewritten(container[at], actions)
        if new is not None:
            replace(container, at, new)
            moved[id(container)] = at - index + (len(new) - 1 if isinstance(new, list) else 0)


def _rewritten(node: Node, actions: dict[str, list[Rewrite]]) -> Any:
    result = None
    for action in actions[node["t"]]:
        new = action(node)
        if new is None:
            continue
        if isinstance(new, list) or new["t"] != node["t"]:
            return new
        result = node = new
    return result


LeafAction = Callable[[str, Any, str, dict[str, Any]], Any]  # pandocfilters' shape: (key, value, format, meta)


def rewrite_leaves(root: Any, actions: Mapping[str, LeafAction], target: str, meta: dict[str, Any]) -> None:
    """Apply actions of pandocfilters' shape to the elements whose types they are for, without its walk; in place."""
    for container, index in reversed(find(root, frozenset(actions))):
        node = container[index]
        new = actions[node["t"]](node["t"], node.get("c"), target, meta)
        if new is not None:
            replace(container, index, new)


_NOTE = frozenset(["Note"])
_BLANKS = frozenset(["Space", "SoftBreak", "LineBreak"])
_WORDS = frozenset(["Str", "Code", "CodeBlock", "Math"]) | _BLANKS


def text_of(nodes: Any) -> str:
    """Join the words of inlines or blocks as a person reads them, without notes and raw code of other formats."""
    parts: list[str] = []
    for container, index in find(nodes, _WORDS, closed=_NOTE):
        node = container[index]
        kind = node["t"]
        if kind == "Str":
            parts.append(node["c"])
        elif kind in _BLANKS:
            parts.append(" ")
        else:
            parts.append(node["c"][1])
    return "".join(parts)


# what begins a list or a heading for Typst, the box of a task, an alert's marker: such a first word stays alone
_MOST_WORDS = 120  # words and blanks of one Str: pandoc's Typst writer takes time by the square of it
_BEGINS = re.compile(r"[-+=/*\d☐☒]|\[!")


def join_words(root: Any) -> None:
    """Make one Str of the words and blanks that follow each other within a line of text; in place.

    Writers that do not wrap lines give the same output to the byte, and every walk has a quarter left to walk.
    """
    stack = [root]
    while stack:
        members = stack.pop()
        out: list[Any] = []
        words: list[str] = []
        is_first = True
        for item in members:
            kind = item.get("t") if type(item) is dict else None
            if kind == "Str" and not (is_first and _BEGINS.match(item["c"])):
                if len(words) >= _MOST_WORDS and words[-1] == " " and not _BEGINS.match(item["c"]):
                    out += [{"t": "Str", "c": "".join(words[:-1])}, {"t": "Space"}]
                    words = []
                words.append(item["c"])
                is_first = False
            elif (kind == "Space" or kind == "SoftBreak") and words:
                words.append(" ")
            else:
                if words:
                    out.append({"t": "Str", "c": "".join(words)})
                    words = []
                out.append(item)
                is_first = kind == "LineBreak"
                content = item.get("c") if kind else item
                if type(content) is list and content and type(content[0]) is not str:
                    stack.append(content)
        if words:
            out.append({"t": "Str", "c": "".join(words)})
        if len(out) != len(members):
            members[:] = out


def part_words(root: Any) -> None:
    """Make a Str of each word, with a Space between, as pandoc's readers do; in place. The opposite of `join_words`."""
    for container, index in reversed(find(root, frozenset(["Str"]))):
        if " " in container[index]["c"].strip() or container[index]["c"] != container[index]["c"].strip(" "):
            parts: list[Node] = []
            for number, word in enumerate(container[index]["c"].split(" ")):
                parts += [{"t": "Space"}] if number else []
                parts += [{"t": "Str", "c": word}] if word else []
            container[index : index + 1] = parts


def plain(text: str) -> list[Node]:
    """Make inlines of plain text.

    >>> plain("a b")
    [{'t': 'Str', 'c': 'a'}, {'t': 'Space'}, {'t': 'Str', 'c': 'b'}]
    """
    inlines: list[Node] = []
    for word in text.split():
        inlines += [{"t": "Space"}, {"t": "Str", "c": word}]
    return inlines[1:]
