"""Where the links, images, headings and other elements of a post stand, to the character, from a second parse.

The parse is pandoc's (`gfm+sourcepos`) and costs as much again as the first, so it is made when there is something to
say, and once a post. What it reads is the author's text, as long line by line, without what would mislead it:
the front matter is blank, and footnotes are words (pandoc gives no places inside them, and some never end).
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from fencepost.diagnostics.model import FencepostError
from fencepost.markdown.protect import has_containers, split_head
from fencepost.markdown.sought import Sought
from fencepost.pandoc import tree
from fencepost.pandoc.run import Limits, Run
from fencepost.pandoc.tree import Node

READER = "gfm-footnotes-yaml_metadata_block+sourcepos"
KINDS = frozenset(
    ["Header", "Link", "Image", "CodeBlock", "Code", "RawBlock", "RawInline", "BlockQuote", "Str", "Math"]
)
_WRAPPERS = frozenset(["Span", "Div"])
_RANGE = re.compile(r"(?<!\d)(\d+):(\d+)-(\d+):(\d+)")
_STAND_IN = "\uf8d0\uf8d1"  # for `[^`: two characters that are words and nobody's
_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,})[ \t]*(?:\{[ \t]*)?\.?")
_ADDRESS = re.compile(r"\b(src|href)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\"'\s<>]+)", re.IGNORECASE)
_LABEL = re.compile(r"(?:\]\[([^\[\]]+)\]|\[([^\[\]]*)\](?:\[\])?)\Z")
_LINK_DEFINITION = re.compile(r"^[ \t>]*\[([^\]\n]+)\]:[ \t]*<?", re.MULTILINE)
# lines of MDX that would hide from pandoc what stands between them: components, imports and exports
_TAGS = re.compile(r"^[ \t]*(?:</?[A-Z][\w.]*(?:\s[^<>\n]*)?/?>[ \t]*|(?:import|export)\b[^\n]*)$", re.MULTILINE)
_DEFINITION = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_WIKILINK = re.compile(r"(?<!\\)(\[\[)[ \t]*([^\[\]|\n]+?)[ \t]*(?=[|\]])")
_TAG_NAME = re.compile(r"</?([A-Za-z][\w:.-]*)|\b(on[a-z]+)\s*=", re.IGNORECASE)
_TAB = 4
CODE = ("CodeBlock", "Code")
VERBATIM = (*CODE, "Math", "RawBlock", "RawInline")  # what stands in these means nothing to Markdown


class Spot(NamedTuple):
    """An element and where it stands: offsets in the author's text, the end exclusive."""

    kind: str
    node: Node
    start: int
    end: int


@dataclass
class Places:
    """The places of one post. `source` is the author's text with line feeds, `limits` what pandoc may use."""

    source: str
    limits: Limits = field(default_factory=Limits)
    path: str = "<stdin>"
    mdx: bool = False
    _spans: dict[tuple[str, ...], tuple[list[int], list[int]]] = field(default_factory=dict)

    @cached_property
    def spots(self) -> list[Spot]:
        """List the elements of `KINDS` in the order of the text; none where pandoc cannot say."""
        text, outdented = _outdented(_without_head(self.source), is_mdx=self.mdx)
        text, moved = _plain_notes(text)
        moved = {line: moved.get(line, 0) + outdented.get(line, 0) for line in moved.keys() | outdented.keys()}
        text = _TAGS.sub(lambda match: " " * len(match[0]), text) if self.mdx else text
        try:
            data, _ = Run(["-f", READER, "-t", "json"], self.limits, path=self.path).finish(
                text.encode("utf-8", "replace")
            )
        except FencepostError:
            return []
        return list(_spots(tree.load(data), _Offsets(self.source, moved)))

    def of(self, *kinds: str) -> Iterator[Spot]:
        """Walk the elements of some kinds."""
        return (spot for spot in self.spots if spot.kind in kinds)

    def named(self, kind: str, name: str) -> list[tuple[int, int]]:
        """Find where elements name something: line from 1, column from 0, in the order of the text.

        A `Link` or an `Image` names its target, in Markdown or in raw HTML, a `Wikilink` what stands before its pipe;
        a `CodeBlock` names its code, and stands for the language behind its fence; a `Math` names its TeX.
        """
        found = self._names.get((kind, unquote(name)), [])
        if kind == "Link" and not found:
            found = self._names.get(("Note", _note(name)), [])
        return [self.place(offset) for offset in found]

    @cached_property
    def _names(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for spot in self.spots:
            for kind, name, offset in self._named_by(spot):
                found.setdefault((kind, unquote(name)), []).append(offset)
        for match in self.prose(_WIKILINK) if "[[" in self.source else ():
            for key in (("Wikilink", unquote(match[2])), ("Note", _note(match[2]))):
                found.setdefault(key, []).append(match.start())
        return found

    def _named_by(self, spot: Spot) -> Iterator[tuple[str, str, int]]:
        if spot.kind in ("Link", "Image"):
            yield spot.kind, spot.node["c"][2][0], self.target_offset(spot)
        elif spot.kind == "CodeBlock":
            fence = _FENCE.match(self.source, spot.start)
            yield spot.kind, spot.node["c"][1], fence.end() if fence else spot.start
        elif spot.kind == "Math":
            yield spot.kind, spot.node["c"][1], spot.start
        elif spot.kind in ("RawBlock", "RawInline"):
            for match in _ADDRESS.finditer(self.source, spot.start, spot.end):
                address = match[2].strip("\"'")
                start = match.start(2) + (match[2][:1] in "\"'")
                yield "Image" if match[1].lower() == "src" else "Link", html.unescape(address), start

    def target_offset(self, spot: Spot) -> int:
        """Say at which offset the target of a link or an image is written, in it or in the definition that it cites."""
        written = self.source[spot.start : spot.end]
        target = spot.node["c"][2][0]
        for name in dict.fromkeys((target, unquote(target))):
            if match := re.search(rf"\]\(\s*<?({re.escape(name)})", written):
                return spot.start + match.start(1)
            if name in written:
                return spot.start + written.rfind(name)
        label = _LABEL.search(written)
        found = self._definitions.get(_folded(label[1] or label[2]) if label else "")
        return spot.start if found is None else found

    @cached_property
    def _definitions(self) -> dict[str, int]:
        """Say where the address of each link definition stands; of two, the first counts."""
        found: dict[str, int] = {}
        for match in _LINK_DEFINITION.finditer(self.source):
            found.setdefault(_folded(match[1]), match.end())
        return found

    def search(self, pattern: re.Pattern[str], *kinds: str) -> tuple[int, int] | None:
        """Find the first place that a pattern, or its last group, matches inside an element of some kinds."""
        for spot in self.of(*kinds):
            if match := pattern.search(self.source, spot.start, spot.end):
                return self.place(match.start(match.lastindex or 0))
        return None

    @cached_property
    def body(self) -> int:
        """Say at which offset the body begins, behind the front matter."""
        return len(split_head(self.source)[0])

    def is_inside(self, offset: int, kinds: tuple[str, ...] = VERBATIM) -> bool:
        """Say whether a place is in the front matter, or in an element of some kinds, of which none holds another."""
        if kinds not in self._spans:
            spots = sorted((spot.start, spot.end) for spot in self.of(*kinds))
            self._spans[kinds] = [start for start, _ in spots], [end for _, end in spots]
        starts, ends = self._spans[kinds]
        at = bisect.bisect_right(starts, offset)
        return offset < self.body or at > 0 and offset < ends[at - 1]

    def prose(self, pattern: re.Pattern[str], kinds: tuple[str, ...] = VERBATIM) -> Iterator[re.Match[str]]:
        """Walk the matches of a pattern whose first group is Markdown: not in the front matter, code or raw HTML."""
        found = pattern.finditer(self.source, self.body)
        return (match for match in found if not self.is_inside(match.start(1), kinds))

    def on_line(self, line: int, text: str, kinds: tuple[str, ...] = VERBATIM) -> int | None:
        """Find the column of a text on a line where it is in no element of some kinds; any, where it always is."""
        start = self.sought.starts[line - 1]
        end = self.source.find("\n", start)
        found = [at - start for at in self.sought.all(text, start, end if end >= 0 else len(self.source))]
        if len(found) > 1:  # only then it costs the reading of the places
            found = [column for column in found if not self.is_inside(start + column, kinds)] or found
        return found[0] if found else None

    def place(self, offset: int) -> tuple[int, int]:
        """Turn an offset into a line from 1 and a column from 0."""
        return self.sought.place(offset)

    @cached_property
    def sought(self) -> Sought:
        """Give the text, to look for words in."""
        return Sought(self.source)

    def tag(self, sign: str) -> tuple[int, int] | None:
        """Find where a tag (`<name`, opening or closing) or a handler (`onname`) first stands in raw HTML."""
        offset = self._tags.get(sign)
        return None if offset is None else self.place(offset)

    @cached_property
    def _tags(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for spot in self.of("RawBlock", "RawInline"):
            for match in _TAG_NAME.finditer(self.source, spot.start, spot.end):
                found.setdefault(f"<{match[1]}".lower() if match[1] else match[2].lower(), match.start())
        return found


def _note(name: str) -> str:
    """Give the name that a wikilink and the link that is made of it have in common: the file's, without its suffix."""
    return unquote(name).partition("#")[0].rpartition("/")[2].removesuffix(".md").lower()


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _without_head(source: str) -> str:
    head, body = split_head(source)
    return "\n" * head.count("\n") + body


def _outdented(text: str, *, is_mdx: bool) -> tuple[str, dict[int, int]]:
    """Move what is indented in containers and between tags of MDX, where it is no code; says how much."""
    lines = text.split("\n")
    if is_mdx:
        from fencepost.markdown.mdx.indents import without_indents

        lines = without_indents(text).split("\n")
    elif has_containers(text):
        from fencepost.markdown.containers.lines import PREFIX, dedented, find_containers

        for item in find_containers(lines, (None, None, None)):
            before = len(PREFIX.match(lines[item.first])[0])  # type: ignore[index]
            for at in range(item.first + 1, min(item.last, len(lines)) if item.indent else 0):
                lines[at] = dedented(lines[at], before)
    pairs = zip(text.split("\n"), lines, strict=True)
    return "\n".join(lines), {at: len(old) - len(new) for at, (old, new) in enumerate(pairs, 1) if old != new}


def _plain_notes(text: str) -> tuple[str, dict[int, int]]:
    """Make words of footnotes, and of what is indented below a definition, paragraphs; says what each line has lost."""
    if "[^" not in text:
        return text, {}
    lines, moved, is_inside = text.split("\n"), {}, False
    for number, line in enumerate(lines):
        if _DEFINITION.match(line):
            is_inside = True
        elif is_inside and line.startswith("    "):
            lines[number], moved[number + 1] = line[4:], 4
        elif is_inside and line.strip() and not (number and lines[number - 1].strip()):
            is_inside = False
    return "\n".join(lines).replace("[^", _STAND_IN), moved


class _Offsets:
    """Turns pandoc's lines and columns, which count a tab as blanks, into offsets."""

    def __init__(self, source: str, moved: dict[int, int]) -> None:
        self.lines, self.moved, self.starts = source.split("\n"), moved, [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def __call__(self, line: int, column: int) -> int:
        """Give the offset of a line and a column, both from 1."""
        if not 0 < line <= len(self.lines):
            return self.starts[-1] - 1
        text, wanted = self.lines[line - 1], column - 1 + self.moved.get(line, 0)
        if "\t" not in text:
            return self.starts[line - 1] + min(wanted, len(text))
        seen = 0
        for at, char in enumerate(text):
            if seen >= wanted:
                return self.starts[line - 1] + at
            seen += _TAB - seen % _TAB if char == "\t" else 1
        return self.starts[line - 1] + len(text)


def _spots(document: dict[str, Any], offsets: _Offsets) -> Iterator[Spot]:
    """Read the places; an element that carries none is the only child of the wrapper before it."""
    start = end = 0
    for container, index in tree.find([document["blocks"]], KINDS | _WRAPPERS):
        node = container[index]
        kind, content = node["t"], node.get("c")
        attr = content[1 if kind == "Header" else 0] if kind in _ATTRIBUTED else None
        written = next((value for key, value in attr[2] if key == "data-pos"), "") if attr else ""
        if ranges := [tuple(map(int, found.groups())) for found in _RANGE.finditer(written.rpartition("@")[2])]:
            start = min(offsets(line, column) for line, column, _, _ in ranges)
            end = max(offsets(line, column) for _, _, line, column in ranges)
        if kind in KINDS:
            yield Spot(kind, node, start, end)


_ATTRIBUTED = frozenset(["Header", "Link", "Image", "CodeBlock", "Code", *_WRAPPERS])
