"""Take the carriers out of pandoc's tree and put the public form in their place.

The public form is what any later filter understands: `meta="…"` and `data-line="…"` on a CodeBlock,
a Note where a footnote is first cited, a Span of class `footnote-repeat` with its `number` where it is cited
again, and a Note in a Span of class `footnote-silent` where GitHub lists a note without a marker (a
reference in an image's alt text). Numbers are GitHub's: the body's notes first, then the notes' own.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from fencepost.markdown import carriers as c
from fencepost.markdown.containers.types import KINDS, Kind
from fencepost.markdown.protect import fold
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

# the UTF-8 of every carrier: a document without one is left alone
_CARRIER_BYTES = re.compile(rb"\xef\x97[\x80-\xbf]|[\xf3\xf4][\x80-\xbf]{3}|\xe2\x81[\x85\x86]|\xe2\xb8\x9a")
_PIECE = re.compile(f"{c.ESCAPE}.|(?P<reference>{c.REFERENCE.pattern})|(?P<split>{c.SPLIT})", re.DOTALL)
_LAZY = re.compile(f"(?<!{c.ESCAPE}){c.LAZY}{c.hide_blanks(' ')}*")
_UNDEFINED = re.compile(rf"\[({c.LINES})([^\]\[\s]+)\]")
_MARKED = re.compile(f"(.*?){c.MARK}({c.LINES}{{2}})[\uf5c0-\uf5df](.*)", re.DOTALL)
_CITED = re.compile(f"{c.DEFINITION}({c.LINES}{{3}})({c.LABEL}+)")
_BLANK_IN_FORMULA = re.compile(rf"\n[ \t]*{c.SPLIT}(?=\n)")  # TeX allows no blank line in a formula
REFERENCE = "fencepost-reference"  # the class of a reference between the two passes


@dataclass(slots=True)
class Definition:
    """A footnote definition as pandoc read it: its line in the post, its label, its blocks, its number once cited."""

    line: int
    label: str
    blocks: list[Node]
    number: int = 0


@dataclass(slots=True)
class Restored:
    """What was found on the way: definitions; references to none, and components that nobody knows, as (line, name).

    Of components the attributes come third that are printed nowhere.
    """

    definitions: list[Definition] = field(default_factory=list)
    undefined: list[tuple[int, str]] = field(default_factory=list)
    components: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def unused(self) -> list[Definition]:
        """List the definitions that nothing cites."""
        return [definition for definition in self.definitions if not definition.number]

    @property
    def cited(self) -> list[Definition]:
        """List the notes in the order of their numbers."""
        return sorted((d for d in self.definitions if d.number), key=lambda definition: definition.number)


def is_carrying(data: bytes) -> bool:
    """Say whether pandoc's JSON holds anything to restore."""
    return _CARRIER_BYTES.search(data) is not None


def restore(document: Document, kinds: dict[str, Kind] = KINDS) -> Restored:
    """Replace every carrier in a document; in place. `kinds` are those of alerts."""
    found = restore_words(document, kinds)
    restore_elements(document, found)
    if found.definitions:
        _count_citations(document)
    return found


def _count_citations(document: Document) -> None:
    """Give citations pandoc's own numbers, which it counts as it reads: it has read the notes first."""
    places = tree.find(document["blocks"], frozenset(["Cite"]))
    for number, (container, index) in enumerate(places, 1):
        for citation in container[index]["c"][0]:
            citation["citationNoteNum"] = number


def restore_words(document: Document, kinds: dict[str, Kind] = KINDS) -> Restored:
    """Take out the definitions, and the carriers that stand in words: references become Spans without a number."""
    definitions, signs = _take_definitions(document["blocks"])
    found = Restored(definitions)
    notes = [definition.blocks for definition in definitions]
    if c.CONTAINER in signs:
        from fencepost.markdown.containers.wrapping import wrap_containers

        wrap_containers(document, notes, kinds)
    if c.COMPONENT in signs:
        from fencepost.markdown.mdx.wrapping import wrap_components

        found.components = wrap_components(document, notes, kinds)
    root = _root(document, found)
    for container, index in reversed(tree.find_words(root, c.ANY)):
        tree.replace(container, index, _restored_word(container[index]["c"], found.undefined))
    found.undefined.reverse()  # words were read from the end
    return found


def restore_elements(document: Document, found: Restored) -> None:
    """Take the carriers out of code, links, images and attributes, and give the notes their numbers."""
    document["meta"] = {c.restore_text(key): value for key, value in document["meta"].items()}
    tree.rewrite(_root(document, found), {kind: [action] for kind, action in _ACTIONS.items()})
    _number(document, found)


_LISTS = frozenset(["BulletList", "OrderedList"])


def end_last_fence(blocks: list[Node], source: str) -> None:
    """Take the line off the end of code that pandoc's reader adds where the text ends before its fence does."""
    while blocks and blocks[-1]["t"] in _LISTS:
        blocks = blocks[-1]["c"][-1] if blocks[-1]["t"] != "OrderedList" else blocks[-1]["c"][1][-1]
    if not blocks or blocks[-1]["t"] != "CodeBlock" or not blocks[-1]["c"][1].endswith("\n"):
        return
    code = blocks[-1]["c"][1][:-1]
    if source.rstrip("\r\n").endswith(code.rstrip("\n").rpartition("\n")[2]):
        blocks[-1]["c"][1] = code


def _root(document: Document, found: Restored) -> list[Any]:
    notes = [definition.blocks for definition in found.definitions]
    return [list(document["meta"].values()), document["blocks"], notes]


def _take_definitions(blocks: list[Node]) -> tuple[list[Definition], str]:
    """Read and remove the paragraph that the source stage put first; also gives the signs of what there is to wrap."""
    for index, block in enumerate(blocks[:3]):
        if block["t"] == "Para" and block["c"][0].get("c", "")[:1] == c.NOTES:
            del blocks[index]
            return _read_citations(block["c"]), block["c"][0]["c"][1:3]
    return [], ""


def _read_citations(inlines: list[Node]) -> list[Definition]:
    definitions, blocks = [], None
    for inline in inlines:
        if inline["t"] == "Note":
            blocks = inline["c"]
        elif blocks is not None and inline["t"] == "Str" and (match := _CITED.match(inline["c"])):
            definitions.append(Definition(c.read_line(match[1]), c.show(match[2]), blocks))
            blocks = None
    return definitions


def _restored_word(text: str, undefined: list[tuple[int, str]]) -> list[Node]:
    undefined += reversed([(c.read_line(match[1]), c.restore_text(match[2])) for match in _UNDEFINED.finditer(text)])
    text = _LAZY.sub("", text)  # with the blanks that a paragraph's line begins with
    out: list[Node] = []
    at = 0
    for match in _PIECE.finditer(text):
        if match[0][0] == c.ESCAPE:  # the author's own character
            continue
        out += [*_word(text[at : match.start()]), *_reference(match)]
        at = match.end()
    return out + _word(text[at:])


def _word(text: str) -> list[Node]:
    shown = c.restore_text(text)
    return [{"t": "Str", "c": shown}] if shown else []


def _reference(match: re.Match[str]) -> list[Node]:
    if match["split"]:
        return []
    line, label = c.read_line(match[2]), c.show(match[3])
    return [_span(REFERENCE, [["label", label], ["line", str(line)]], [])]


def _span(name: str, attributes: list[list[str]], content: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [name], attributes], content]}


def is_reference(node: Node) -> bool:
    """Say whether a node is a reference that has no number yet."""
    return node["t"] == "Span" and REFERENCE in node["c"][0][1]


def _restore_attributes(attr: list[Any]) -> None:
    attr[0] = c.restore_text(attr[0])
    attr[1] = [c.restore_text(name) for name in attr[1]]
    attr[2] = [[c.restore_text(key), c.restore_text(value)] for key, value in attr[2]]


def _restore_container(node: Node) -> None:
    _restore_attributes(node["c"][1] if node["t"] == "Header" else node["c"][0])


def _restore_code_block(node: Node) -> None:
    attr, text = node["c"]
    carried = next((match for name in attr[1] if (match := _MARKED.fullmatch(name))), None)
    if carried:
        attr[1] = [name for name in attr[1] if name != carried[0]]
        attr[1][:0] = [carried[1]] if carried[1] else []
        attr[2] += [["meta", carried[3]], ["data-line", str(c.read_line(carried[2]))]]
    _restore_attributes(attr)
    node["c"][1] = c.restore_text(text)


def _restore_text(node: Node) -> None:
    if node["t"] == "Code":
        _restore_attributes(node["c"][0])
    elif node["t"] == "Math":
        node["c"][1] = _BLANK_IN_FORMULA.sub("", node["c"][1])
    node["c"][1] = c.restore_text(node["c"][1])


def _restore_string(node: Node) -> None:
    node["c"] = c.restore_text(node["c"])


def _restore_link(node: Node) -> list[Node] | None:
    """Restore a link and put references behind it: an anchor in an anchor is no HTML, and the URL ends there."""
    attr, content, target = node["c"]
    _restore_attributes(attr)
    cut = _cut(target[0])
    target[:] = [c.restore_text(text) for text in target]
    references = [item for item in content if is_reference(item)]
    if not references:
        return None
    first = next(index for index, item in enumerate(content) if is_reference(item))
    if cut and tree.text_of(content[:first]) == cut:  # a bare URL, as it stands in the text
        target[0] = cut
        return [{**node, "c": [attr, content[:first], target]}, *content[first:]]
    node["c"][1] = [item for item in content if not is_reference(item)]
    return [node, *references]


def _cut(url: str) -> str:
    found = c.REFERENCE.search(url)
    return url[: found.start()] if found else ""


def _restore_image(node: Node) -> list[Node] | None:
    """Restore an image; a reference in its alt text becomes a silent one behind it, as on GitHub."""
    attr, content, target = node["c"]
    _restore_attributes(attr)
    target[:] = [c.restore_text(text) for text in target]
    references = [container[index] for container, index in tree.find(content, frozenset(["Span"]))]
    references = [span for span in references if is_reference(span)]
    if not references:
        return None
    for container, index in reversed(tree.find(content, frozenset(["Span"]))):
        if is_reference(container[index]):
            del container[index]
    return [node, *(_span("footnote-silent", [], [reference]) for reference in references)]


_ACTIONS: dict[str, tree.Rewrite] = {
    "Header": _restore_container, "Div": _restore_container, "Span": _restore_container,
    "Table": _restore_container, "Figure": _restore_container,
    "CodeBlock": _restore_code_block, "Code": _restore_text, "Math": _restore_text,
    "RawInline": _restore_text, "RawBlock": _restore_text, "MetaString": _restore_string,
    "Link": _restore_link, "Image": _restore_image,
}  # fmt: skip


def _number(document: Document, found: Restored) -> None:
    """Give numbers in the order of first use, the body's before the notes' own, and build the public form."""
    by_label: dict[str, Definition] = {}
    for definition in found.definitions:
        by_label.setdefault(fold(definition.label), definition)
    queue: deque[Any] = deque([document["blocks"]])
    count = 0
    while queue:
        for container, index in tree.find(queue.popleft(), frozenset(["Span", "Note"])):
            node = container[index]
            if node["t"] == "Note":
                count += 1
            elif is_reference(node):
                container[index], count = _resolved(node, by_label, count, queue, found)


def repeat_of(number: int) -> Node:
    """Write the public form of a reference to a note that was cited before."""
    shown = [{"t": "Superscript", "c": [{"t": "Str", "c": str(number)}]}]
    return _span("footnote-repeat", [["number", str(number)]], shown)


def _resolved(
    node: Node, by_label: dict[str, Definition], count: int, queue: deque[Any], found: Restored
) -> tuple[Node, int]:
    attributes = dict(node["c"][0][2])
    definition = by_label.get(fold(attributes["label"]))
    if definition is None:
        found.undefined.append((int(attributes["line"]), attributes["label"]))
        return {"t": "Str", "c": f"[^{attributes['label']}]"}, count
    if definition.number:
        return repeat_of(definition.number), count
    definition.number = count + 1
    queue.append(definition.blocks)
    return {"t": "Note", "c": definition.blocks}, count + 1
