"""Pandoc's trees for tests: many posts read by one pandoc, trees made comparable, trees made readable."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from fencepost.markdown.unprotect import Restored, restore
from fencepost.pandoc import tree
from fencepost.pandoc.run import binary

_BETWEEN = "fencepost-test-boundary"
_BATCH = 200
Document = dict[str, Any]


def pandoc_json(text: str, reader: str, *, seconds: float = 20, megabytes: int = 400) -> Document | None:
    """Read one post; None where pandoc fails, or is not done in time."""
    command = [binary(), "+RTS", f"-M{megabytes}m", "-RTS", "-f", reader, "-t", "json"]
    try:
        run = subprocess.run(command, input=text.encode(), capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    return tree.load(run.stdout) if run.returncode == 0 else None


def read_each(texts: Sequence[str], reader: str, folder: Path) -> list[Document]:
    """Read posts, hundreds by one pandoc; metadata is left out."""
    batches = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
    with ThreadPoolExecutor(2) as pool:
        read = pool.map(lambda item: _read_batch(item[1], reader, folder / f"{reader}-{item[0]}"), enumerate(batches))
        return [document for batch in read for document in batch]


def _read_batch(texts: Sequence[str], reader: str, folder: Path) -> list[Document]:
    """Let pandoc read each file by itself (`--file-scope`), with a file of one known paragraph after each."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "between").write_text(_BETWEEN + "\n", encoding="utf-8")
    names = [f"n{number}" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_bytes(text.encode())
    files = [word for name in names for word in (name, "between")]
    command = [binary(), "+RTS", "-M2g", "-RTS", "--file-scope", "-f", reader, "-t", "json", *files]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
    assert run.returncode == 0, run.stderr[-500:]
    whole = tree.load(run.stdout)
    documents: list[Document] = [{**whole, "meta": {}, "blocks": []}]
    for block in _of_files(whole["blocks"], set(files)):
        if block == {"t": "Para", "c": [{"t": "Str", "c": _BETWEEN}]}:
            documents.append({**whole, "meta": {}, "blocks": []})
        else:
            documents[-1]["blocks"].append(block)
    assert len(documents) == len(texts) + 1, "a boundary was swallowed"
    return documents[:-1]


def _of_files(blocks: list[Any], files: set[str]) -> Iterable[Any]:
    """Walk the blocks; pandoc 3.1 puts those of each file into a division that has the file's name."""
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] in files and not block["c"][0][1]:
            yield from block["c"][1]
        else:
            yield block


def restored(document: Document) -> Document:
    """Restore a document that the source stage has made."""
    restore(document)
    return document


def with_found(document: Document) -> tuple[Document, Restored]:
    """Restore a document, and give what was found on the way."""
    return document, restore(document)


def without_meta(document: Document) -> Document:
    """Take what fences carried out of the public form; in place."""
    for container, index in tree.find(document["blocks"], frozenset(["CodeBlock"])):
        attr = container[index]["c"][0]
        attr[2] = [pair for pair in attr[2] if pair[0] not in ("meta", "data-line")]
    return document


def as_pandoc_repeats(document: Document) -> Document:
    """Put the note itself where the public form says that it is cited again, as pandoc does; in place."""
    bodies: list[Any] = []
    places = tree.find(document["blocks"], frozenset(["Note", "Span"]))
    for container, index in places:  # the body's notes come first and are numbered so
        if container[index]["t"] == "Note":
            bodies.append(container[index]["c"])
    for container, index in places:
        node = container[index]
        if node["t"] == "Span" and "footnote-repeat" in node["c"][0][1]:
            container[index] = {"t": "Note", "c": bodies[int(dict(node["c"][0][2])["number"]) - 1]}
    return document


def joined(document: Document) -> Any:
    """Give a document with neighbouring words made one: where a Str ends means nothing. Deep documents too."""
    blocks = document["blocks"]
    stack = [blocks]
    while stack:
        members = stack.pop()
        out: list[Any] = []
        for item in members:
            is_word = type(item) is dict and item.get("t") == "Str"
            if is_word and not item["c"]:
                continue
            if is_word and out and type(out[-1]) is dict and out[-1].get("t") == "Str":
                out[-1] = {"t": "Str", "c": out[-1]["c"] + item["c"]}
                continue
            out.append(item)
            content = item.get("c") if type(item) is dict else item
            if type(content) is list:
                stack.append(content)
        members[:] = out
    return json.loads(tree.dump([document["meta"], blocks]))


_AROUND = {"Emph": "*", "Strong": "**", "Strikeout": "~~", "Subscript": "~"}
_SIGNS = {"Space": " ", "SoftBreak": "⏎", "LineBreak": "↵", "HorizontalRule": "---"}


def shown(nodes: Iterable[Any]) -> str:
    """Write a tree in one line that can be read; notes as `(^ …)`, repeats as `(^1)`, silent ones as `(~ …)`.

    >>> shown([{"t": "Para", "c": [{"t": "Str", "c": "a"}, {"t": "Space"}, {"t": "Emph", "c": []}]}])
    'a **'
    """
    found = list(nodes)
    is_blocks = bool(found) and found[0]["t"] in _BLOCKS
    return (" ¶ " if is_blocks else "").join(map(_node, found))


_BLOCKS = frozenset(["Para", "Plain", "CodeBlock", "Header", "BlockQuote", "Div", "BulletList", "OrderedList",
                     "HorizontalRule", "RawBlock", "Table", "Figure", "DefinitionList", "LineBlock"])  # fmt: skip


def _node(node: Any) -> str:
    kind, content = node["t"], node.get("c")
    if kind in _SIGNS:
        return _SIGNS[kind]
    if kind == "Str":
        return str(content)
    if kind in _AROUND:
        return _AROUND[kind] + shown(content) + _AROUND[kind]
    if kind in ("Para", "Plain"):
        return shown(content)
    writer = _WRITERS.get(kind)
    return writer(content) if writer else f"{kind}!"


def _code_block(content: Any) -> str:
    (_, classes, pairs), text = content
    words = [*classes, *(f"{'@' if key == 'data-line' else key + '='}{value}" for key, value in pairs)]
    return f"<{' '.join(words)}>{text}</>"


def _span(content: Any) -> str:
    attr, inner = content
    if "footnote-repeat" in attr[1]:
        return f"(^{dict(attr[2])['number']})"
    return f"(~ {shown(inner)})" if "footnote-silent" in attr[1] else f"span({shown(inner)})"


def _quoted(content: Any) -> str:
    return f"“{shown(content[1])}”" if content[0]["t"] == "DoubleQuote" else f"‘{shown(content[1])}’"


_WRITERS = {
    "Code": lambda c: f"`{c[1]}`",
    "Math": lambda c: f"${c[1]}$",
    "CodeBlock": _code_block,
    "Note": lambda c: f"(^ {shown(c)})",
    "Span": _span,
    "Superscript": lambda c: f"sup({shown(c)})",
    "Quoted": _quoted,
    "Link": lambda c: f"[{shown(c[1])}]({c[2][0]})",
    "Image": lambda c: f"![{shown(c[1])}]({c[2][0]})",
    "RawInline": lambda c: c[1],
    "RawBlock": lambda c: c[1].rstrip("\n"),
    "Header": lambda c: f"{'#' * c[0]} {shown(c[2])}",
    "BlockQuote": lambda c: f">{{{shown(c)}}}",
    "Div": lambda c: f".{'.'.join(c[0][1])}{{{shown(c[1])}}}",
    "BulletList": lambda c: "-{" + " | ".join(map(shown, c)) + "}",
    "OrderedList": lambda c: "1{" + " | ".join(map(shown, c[1])) + "}",
    "Table": lambda c: "table{" + " | ".join(shown(x["c"]) for x in _cells(c)) + "}",
    "Figure": lambda c: f"figure{{{shown(c[2])}}}",
}


def _cells(table: Any) -> list[Any]:
    places = tree.find(table[3:5], frozenset(["Plain", "Para"]), closed=frozenset(["Plain", "Para"]))
    return [container[index] for container, index in places]
