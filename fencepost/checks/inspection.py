"""What is in a post, as data: `fencepost inspect` prints it, a JSON object a post."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from fencepost.diagnostics.model import FencepostError
from fencepost.fence.facts import fence_facts
from fencepost.filters import passes
from fencepost.filters.alerts import as_division
from fencepost.filters.context import Context
from fencepost.markdown import unprotect
from fencepost.markdown.containers.own import Vocabulary, vocabulary
from fencepost.markdown.positions import is_alert_div, lines_of
from fencepost.pandoc import tree, versions
from fencepost.pandoc.tree import Document, Node
from fencepost.post.model import Post, with_options
from fencepost.post.note_reports import report_notes
from fencepost.post.settle import look
from fencepost.post.start import Reading
from fencepost.settings.run import Settings

_NOTE = frozenset(["Note"])
_OPENING = re.compile(r"(?:\[\^[^\]]+\]:)?[\s>*+-]*(?:`{3,}|~{3,})[ \t]*([^\s`]*)[ \t]*\Z")
_KINDS = {
    "Para": "p", "Plain": "p", "BulletList": "ul", "OrderedList": "ol", "CodeBlock": "pre", "Table": "table",
    "BlockQuote": "blockquote", "HorizontalRule": "hr", "RawBlock": "html", "DefinitionList": "dl", "Figure": "figure",
    "Div": "div", "LineBlock": "p",
}  # fmt: skip


def inspect_json(path: str, settings: Settings) -> tuple[str, bool]:
    """Describe a post in one line of JSON; says too whether it could be read."""
    try:
        facts = inspect(with_options(look(path, settings), smart=False), settings)
        is_whole = True
    except FencepostError as error:
        facts, is_whole = {"path": path, "diagnostics": [error.diagnostic.as_dict()]}, False
    return json.dumps(facts, default=str), is_whole  # ASCII: U+2028 would end the line for some


def inspect(post: Post, settings: Settings) -> dict[str, Any]:
    """Describe a post: its metadata, code blocks, alerts, footnotes, images and what there is to say of them.

    Raises:
        FencepostError: pandoc cannot read it.
    """
    data, _ = Reading(post.carried, post.options, post.path).task.result()
    document = tree.load(data)
    versions.check_tree(document, post.path)
    spoken = vocabulary(post.options)
    found = unprotect.restore(document, spoken.kinds) if unprotect.is_carrying(data) else unprotect.Restored()
    unprotect.end_last_fence(document["blocks"], post.carried.source)
    context = Context("json", post.path, post.options, post.carried.source, post.diagnostics, places=post.places)
    report_notes(found, context)
    lines = lines_of(post.carried, post.limits, post.path)
    dialect = post.options.dialect
    facts = {
        "path": post.path,
        "metadata": _metadata(post),
        "dialect": dialect,
        "dialect_from": post.dialect_from,
        "blocks": _blocks(document, lines["CodeBlock"], post),
        "alerts": _Alerts(lines, spoken).listed(document["blocks"]),
        "footnotes": _footnotes(document, found),
        "images": _images(document, lines["Image"]),
    }
    _check_fences(document, context)
    return facts | {"diagnostics": [diagnostic.as_dict() for diagnostic in post.diagnostics]}


def _metadata(post: Post) -> dict[str, Any]:
    meta = dataclasses.asdict(post.meta)
    for name in ("warnings", "passthrough", "lines", "options"):
        meta.pop(name)
    for name in ("date", "updated"):
        stamp = getattr(post.meta, name)
        meta[name] = stamp.iso if stamp else None
    return meta


def _blocks(document: Document, lines: list[int], post: Post) -> list[dict[str, Any]]:
    """Describe every code block; those in notes, for which pandoc has no places, are looked for in the text."""
    rows, dialect = [], post.options.dialect
    known = iter(lines)
    found = [c[i] for c, i in tree.find(document["blocks"], frozenset(["CodeBlock"]))]
    outside = {id(c[i]) for c, i in tree.find(document["blocks"], frozenset(["CodeBlock"]), closed=_NOTE)}
    left = _openings(post.carried.source, set(lines)) if len(found) > len(lines) else {}
    for node in found:
        attributes = dict(node["c"][0][2])
        placed = next(known, None) if id(node) in outside else None
        line = int(attributes["data-line"]) if "data-line" in attributes else placed
        lang = node["c"][0][1][0] if node["c"][0][1] else None
        if line is None and (free := left.get((lang or "", node["c"][1].partition("\n")[0].strip()))):
            line = free.pop(0)
        meta, magic = attributes.get("meta", ""), post.options.magic_comments
        rows.append(fence_facts(lang, meta, node["c"][1], line, dialect, magic=magic))
    return rows


def _openings(source: str, known: set[int]) -> dict[tuple[str, str], list[int]]:
    """List the lines on which a fence may begin, by its one word and the code's first line."""
    found: dict[tuple[str, str], list[int]] = {}
    lines = source.split("\n")
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        if number not in known and (match := _OPENING.match(line)):
            found.setdefault((match[1], following.strip()), []).append(number)
    return found


class _Alerts:
    """Lists alerts with their lines; quotes and alert Divs are counted as the annotated parse counts them."""

    def __init__(self, lines: dict[str, list[int]], spoken: Vocabulary) -> None:
        self._spoken = spoken
        self._lines = {kind: iter(lines[kind]) for kind in ("Div", "BlockQuote")}
        self._line_of: dict[int, int | None] = {}

    def listed(self, blocks: list[Node]) -> list[dict[str, Any]]:
        """Describe the alerts in the order of the text; one inside another is in the other's body."""
        for container, index in tree.find(blocks, frozenset(["Div", "BlockQuote"]), closed=_NOTE):
            node = container[index]
            own = dict(node["c"][0][2]).get("data-line", "") if node["t"] == "Div" else ""
            if own:  # a container: the source stage has said where it stands
                self._line_of[id(node)] = int(own) if own.isdecimal() else None
            elif node["t"] == "BlockQuote" or is_alert_div(node):
                self._line_of[id(node)] = next(self._lines[node["t"]], None)
        return self._alerts(blocks)

    def _alerts(self, blocks: Any) -> list[dict[str, Any]]:
        out = []
        inside: set[int] = set()
        for container, index in tree.find(blocks, frozenset(["Div", "BlockQuote"]), closed=_NOTE):
            node = container[index]
            parts = None if id(node) in inside else _parts(node, self._spoken)
            if parts is None:
                continue
            inside |= {id(c[i]) for c, i in tree.find(node["c"], frozenset(["Div", "BlockQuote"]))}
            out.append(self._alert(node, parts))
        return out

    def _alert(self, node: Node, parts: tuple[str, list[Node], list[Node]]) -> dict[str, Any]:
        kind, title, body = parts
        line = self._line_of.get(id(node))
        return {"kind": "alert", "line": line, "type": kind, "title": markdown(title), "body": self._body(body)}

    def _body(self, blocks: list[Node]) -> list[dict[str, Any]]:
        return [self._block(block) for block in blocks]

    def _block(self, node: Node) -> dict[str, Any]:
        parts = _parts(node, self._spoken)
        if parts is not None:
            return self._alert(node, parts)
        kind = f"h{node['c'][0]}" if node["t"] == "Header" else _KINDS.get(node["t"], node["t"].lower())
        if node["t"] in ("BulletList", "OrderedList"):
            items = node["c"] if node["t"] == "BulletList" else node["c"][1]
            return {"kind": kind, "body": [{"kind": "li", "body": self._body(item)} for item in items]}
        if node["t"] in ("BlockQuote", "Div"):
            return {"kind": kind, "body": self._body(node["c"] if node["t"] == "BlockQuote" else node["c"][1])}
        return {"kind": kind, "text": _words(node)}


def _parts(node: Node, spoken: Vocabulary) -> tuple[str, list[Node], list[Node]] | None:
    """Take an alert apart into type, title and body; None for what is none."""
    division = as_division(node, spoken) if node["t"] == "BlockQuote" else node
    if division is None or not is_alert_div(division):
        return None
    kind = next((name for name in division["c"][0][1] if name in spoken.kinds), None)
    title = [inline for block in division["c"][1][0]["c"][1] for inline in block["c"]]
    return (kind, title, division["c"][1][1:]) if kind else None


def markdown(inlines: list[Node]) -> str:
    """Write inlines as an author would: emphasis, code and links marked up, all else as words."""
    signs = {"Emph": "*", "Strong": "**", "Strikeout": "~~"}
    out = []
    for node in inlines:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in signs:
            out.append(f"{signs[kind]}{markdown(content)}{signs[kind]}")
        elif kind == "Code":
            out.append(f"`{content[1]}`")
        elif kind == "Link":
            out.append(f"[{markdown(content[1])}]({content[2][0]})")
        else:
            out.append(tree.text_of([node]))
    return "".join(out)


def _words(root: Any) -> str:
    """Join the words of blocks, with the number of a note where one is cited."""
    parts: list[str] = []
    for container, index in tree.find(root, None, closed=_NOTE):
        node = container[index]
        if node["t"] in ("Para", "Plain", "Header", "CodeBlock"):
            parts.append(" ")
        if node["t"] in ("Str", "Code", "CodeBlock", "Math"):
            parts.append(node["c"] if node["t"] == "Str" else node["c"][1])
        elif node["t"] in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
        elif node["t"] == "Note":
            parts.append(str(node.get("number", "")))
    return " ".join("".join(parts).split())


def _footnotes(document: Document, found: unprotect.Restored) -> dict[str, Any]:
    """Describe references and notes as GitHub shows them; texts are cut at 40 characters."""
    numbers = {id(note.blocks): note.number for note in found.cited}
    silent = {
        id(container[index]["c"][1])
        for container, index in tree.find([document["blocks"]], frozenset(["Span"]))
        if "footnote-silent" in container[index]["c"][0][1]
    }
    refs: list[dict[str, Any]] = []
    backrefs: dict[int, int] = {}
    for where, blocks in [("body", document["blocks"]), *(("note", note.blocks) for note in found.cited)]:
        for container, index in tree.find(blocks, frozenset(["Note", "Span"]), closed=_NOTE):
            node = container[index]
            number = _number(node, numbers)
            if number:
                backrefs[number] = backrefs.get(number, 0) + 1
                refs += [] if id(container) in silent else [{"number": str(number), "in": where}]
    notes = [
        {
            "number": note.number, "label": note.label, "line": note.line, "text": _words(note.blocks)[:40],
            "blocks": [_block_kind(block) for block in note.blocks], "backrefs": backrefs.get(note.number, 0),
        }
        for note in found.cited
    ]  # fmt: skip
    return {
        "refs": refs,
        "notes": notes,
        "literal": [f"[^{label}]" for _, label in found.undefined],
        "unreferenced": [{"label": note.label, "line": note.line} for note in found.unused],
        "undefined": [{"label": label, "line": line} for line, label in found.undefined],
    }


def _block_kind(block: Node) -> str:
    return f"h{block['c'][0]}" if block["t"] == "Header" else _KINDS.get(block["t"], block["t"].lower())


def _number(node: Node, numbers: dict[int, int]) -> int:
    if node["t"] == "Note":
        node["number"] = numbers.get(id(node["c"]), 0)  # for `_words`
        return int(node["number"])
    return int(dict(node["c"][0][2]).get("number", 0)) if "footnote-repeat" in node["c"][0][1] else 0


def _images(document: Document, lines: list[int]) -> list[dict[str, Any]]:
    known = iter(lines)
    outside = {id(c[i]) for c, i in tree.find(document["blocks"], frozenset(["Image"]), closed=_NOTE)}
    rows = []
    for container, index in tree.find(document["blocks"], frozenset(["Image"])):
        node = container[index]
        line = next(known, None) if id(node) in outside else None
        target, title = node["c"][2]
        rows.append({"line": line, "target": target, "alt": tree.text_of(node["c"][1]), "title": title})
    return rows


def _check_fences(document: Document, context: Context) -> None:
    """Say what is wrong with fence meta, as `convert` does."""
    passes.run(document, context, "format", ("fences",))
