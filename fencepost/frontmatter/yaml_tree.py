"""YAML as a small tree of texts that know their places; nothing is resolved, nothing can blow up.

`12:30`, `010` and `2025-13-45` stay the text the author wrote. The tree is built from PyYAML's
events without recursion; depth, size and what aliases would expand to are bounded on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from fencepost.frontmatter.yaml_error import YamlError

DEPTH = 64  # levels of lists and maps
SIZE = 20_000  # nodes, counted as if every alias were written out

TRUE = frozenset({"true", "yes", "on", "y"})
FALSE = frozenset({"false", "no", "off", "n"})
NULL = frozenset({"", "~", "null"})


class Scalar(NamedTuple):
    """One value as text. `plain` is False where the author quoted it or wrote a block."""

    text: str
    plain: bool
    line: int
    column: int
    size: int = 1

    @property
    def empty(self) -> bool:
        """Say whether the value is YAML's null, or nothing but blanks."""
        return (self.plain and self.text.lower() in NULL) or not self.text.strip()


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int
    size: int = 1


class Mapping(NamedTuple):
    """A map, pairs in the author's order, duplicates and `<<` included."""

    pairs: tuple[tuple[Node, Node], ...]
    line: int
    column: int
    size: int = 1


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not come yet."""

    mapping: bool
    anchor: str | None
    line: int
    column: int
    children: list[Node] = field(default_factory=list)

    def close(self) -> Node:
        size = 1 + sum(child.size for child in self.children)
        if size > SIZE:
            raise YamlError(f"the aliases (*name) expand to more than {SIZE} values", self.line, self.column)
        if not self.mapping:
            return Sequence(tuple(self.children), self.line, self.column, size)
        pairs = tuple(zip(self.children[::2], self.children[1::2], strict=False))
        return Mapping(pairs, self.line, self.column, size)


def _whole(text: str) -> str:
    """Join the halves of characters that JSON writes as two escapes; a half without its other is U+FFFD."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Builder:
    """Stacks events into nodes."""

    def __init__(self) -> None:
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.root: Node | None = None
        self.count = 0

    def put(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = node
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def open(self, mapping: bool, event: Any) -> None:
        line, column = event.start_mark.line, event.start_mark.column
        if len(self.stack) >= DEPTH:
            raise YamlError(f"lists and maps are nested deeper than {DEPTH} levels", line, column)
        self.stack.append(_Open(mapping, event.anchor, line, column))

    def close(self) -> None:
        done = self.stack.pop()
        self.put(done.close(), done.anchor)

    def alias(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        if node is None:
            raise YamlError(
                f"*{event.anchor} refers to a value that is not there",
                event.start_mark.line,
                event.start_mark.column,
                "put the text in quotes when the asterisk is part of it",
            )
        self.put(node, None)

    def take(self, event: Any) -> None:
        self.count += 1
        if self.count > SIZE:
            raise YamlError(f"more than {SIZE} values", event.start_mark.line, event.start_mark.column)
        kind = type(event).__name__
        if kind == "ScalarEvent":
            place = event.start_mark
            self.put(Scalar(_whole(event.value), event.style is None, place.line, place.column), event.anchor)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self.open(kind == "MappingStartEvent", event)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.close()
        elif kind == "AliasEvent":
            self.alias(event)
        elif kind == "DocumentStartEvent" and self.root is not None:
            raise YamlError("a second YAML document begins here", event.start_mark.line, event.start_mark.column)


@lru_cache(maxsize=8)
def parse(text: str) -> Node | None:
    """Read YAML into a tree; None where there is nothing but comments.

    >>> node = parse("time: 12:30")
    >>> node.pairs[0][1].text
    '12:30'

    Raises:
        YamlError: it is not YAML, or too deep or too large.
    """
    import yaml

    from fencepost.frontmatter.yaml_words import explain

    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except YamlError:
        raise
    except yaml.YAMLError as error:
        raise explain(error, text) from None
    except (ValueError, OverflowError):  # PyYAML lets some escapes through to chr(): "\UFFFFFFFF"
        raise YamlError("an escape in double quotes names no character", 0, 0, "use single quotes") from None
    return builder.root


def entries(mapping: Mapping) -> Iterator[tuple[Scalar, Node]]:
    """Walk the pairs of a map, those that `<<` merges in first, so that a later one wins.

    Raises:
        YamlError: a key is a list or a map.
    """
    written: list[tuple[Scalar, Node]] = []
    for key, value in mapping.pairs:
        if not isinstance(key, Scalar):
            raise YamlError("a key must be text", key.line, key.column)
        if key.plain and key.text == "<<":
            bases = value.items if isinstance(value, Sequence) else (value,)
            for base in reversed(bases):
                if isinstance(base, Mapping):
                    yield from entries(base)
        else:
            written.append((key, value))
    yield from written


def truth(node: Node) -> bool | None:
    """Read a yes or a no, quoted or not; None for anything else."""
    word = node.text.strip().lower() if isinstance(node, Scalar) else ""
    return True if word in TRUE else False if word in FALSE else None


def data(node: Node) -> Any:
    """Turn a tree into plain data: dict, list, text; unquoted true, false and null as Python's."""
    if isinstance(node, Mapping):
        return {key.text: data(value) for key, value in entries(node)}
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    if node.plain and node.empty:
        return None
    yes = truth(node) if node.plain else None
    return node.text if yes is None else yes
