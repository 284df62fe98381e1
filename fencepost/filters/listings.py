"""Listings: a captioned code block gets a number, and what refers to it says so.

Quarto numbers blocks whose id begins with `lst-`, and callouts with ids such as `tip-x`; `@lst-loop`, `[-@lst-loop]`,
`[Code @lst-loop]` and `[@lst-a; @lst-b]` refer to them. `number-listings` numbers every block with a caption. A link
without words, `[](#loop)`, says which listing it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fencepost.fence import read_fence, resolve_fence
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

CALLOUTS = {"nte": "note", "tip": "tip", "imp": "important", "cau": "caution", "wrn": "warning"}
_SIGNS = re.compile(rf"\b(?:lst|{'|'.join(CALLOUTS)})-|caption=")
_ID = rf"-?@(?:[Ll]st|{'|'.join(name.capitalize() + '|' + name for name in CALLOUTS)})-[\w-]*\w"
_CITED = re.compile(rf"\[(?P<before>[^\[\]@]*?)(?P<ids>{_ID}(?:;\s*{_ID})*)\]|(?<![\w-])(?P<id>{_ID[2:]})")
_BLANKS = {"Space": " ", "SoftBreak": "\n"}


def rewrite(document: Document, context: Context) -> None:
    """Number the listings of a document and write their numbers where they are referred to; in place."""
    is_quarto = context.options.dialect == "quarto"
    wanted = context.options.number_listings or is_quarto
    if not wanted or (context.source is not None and not _SIGNS.search(context.source)):
        return
    words = context.words
    if is_quarto:
        _take_captions(document)
    names = dict(_listings(document, context, words["listing"]))
    if is_quarto:
        names |= _callouts(document, words)
    if not names:
        return
    tree.rewrite_leaves(document["blocks"], {"Link": _named}, context.target, names)
    places = tree.find(document["blocks"], frozenset(["Str"])) if is_quarto else []
    lists = {id(inlines): inlines for inlines, at in places if "@" in inlines[at]["c"]}
    for inlines in lists.values():
        inlines[:] = _cited(inlines, names)


def _listings(document: Document, context: Context, word: str) -> Iterator[tuple[str, str]]:
    """Number code blocks; gives the id and the name of each that can be referred to."""
    count = 0
    for container, index in tree.find(document["blocks"], frozenset(["CodeBlock"])):
        identifier, is_numbered = _listing(container[index], context)
        if is_numbered:
            count += 1
            container[index]["c"][0][2].append(["listing", f"{word} {count}"])
            if identifier:
                yield identifier, f"{word} {count}"


def _listing(block: Node, context: Context) -> tuple[str, bool]:
    """Say the id of a code block, and whether it is numbered."""
    attributes = dict(block["c"][0][2])
    lang = block["c"][0][1][0] if block["c"][0][1] else None
    fence = read_fence(lang, attributes.get("meta", ""), context.options.dialect)
    fence = resolve_fence(fence._replace(words=()), block["c"][1], context.options.dialect).asked or fence
    identifier = block["c"][0][0] or fence.identifier
    caption = fence.caption or attributes.get("caption")
    wanted = context.options.number_listings or identifier.startswith("lst-")
    return identifier, bool(caption) and wanted and not fence.hidden


def _take_captions(document: Document) -> None:
    """Give code in a division `::: {#lst-x}` the division's id, and the paragraph below it for its caption."""
    for container, index in tree.find(document["blocks"], frozenset(["Div"])):
        (identifier, _, _), blocks = container[index]["c"]
        kinds = [block["t"] for block in blocks]
        if identifier.startswith("lst-") and kinds == ["CodeBlock", "Para"]:
            attr = blocks[0]["c"][0]
            attr[0] = identifier
            attr[2].append(["caption", tree.text_of(blocks[1]["c"])])
            container[index] = blocks[0]


def _callouts(document: Document, words: dict[str, str]) -> dict[str, str]:
    """Number callouts whose ids say that they are referred to; gives the name of each."""
    names: dict[str, str] = {}
    counts = dict.fromkeys(CALLOUTS, 0)
    for container, index in tree.find(document["blocks"], frozenset(["Div"])):
        (identifier, classes, pairs), blocks = container[index]["c"]
        kind = identifier.partition("-")[0]
        if CALLOUTS.get(kind) not in classes or ["data-line", dict(pairs).get("data-line")] not in pairs:
            continue
        counts[kind] += 1
        names[identifier] = f"{words[CALLOUTS[kind]]} {counts[kind]}"
        title = blocks[0]["c"][1][0]
        own = [{"t": "Str", "c": ":"}, {"t": "Space"}, *title["c"]] if tree.text_of(title["c"]) else []
        is_default = tree.text_of(title["c"]) in (CALLOUTS[kind].capitalize(), words[CALLOUTS[kind]])
        title["c"] = [*tree.plain(names[identifier]), *(own if not is_default else [])]
    return names


def _named(_key: str, value: Any, _format: str, names: dict[str, Any]) -> list[Node] | None:
    """Write the number into a link without words."""
    name = names.get(value[2][0].removeprefix("#"))
    return None if not name or value[1] else [_link(name, value[2][0])]


def _cited(inlines: list[Node], names: dict[str, str]) -> list[Node]:
    """Write numbers in the place of references, which may stand in several words."""
    out: list[Node] = []
    run: list[Node] = []
    for inline in [*inlines, None]:
        if inline is not None and (inline["t"] == "Str" or inline["t"] in _BLANKS):
            run.append(inline)
            continue
        out += _run(run, names)
        out += [inline] if inline is not None else []
        run = []
    return out


def _run(run: list[Node], names: dict[str, str]) -> list[Node]:
    text = "".join(str(_BLANKS.get(inline["t"]) or inline["c"]) for inline in run)
    if "@" not in text:
        return run
    out, end = list[Node](), 0
    for match in _CITED.finditer(text):
        links = _links(match, names)
        if links:
            out += [*_inlines(text[end : match.start()]), *links]
            end = match.end()
    return [*out, *_inlines(text[end:])]


def _links(match: re.Match[str], names: dict[str, str]) -> list[Node]:
    """Write what a reference says; nothing where one of its ids is unknown."""
    cited = re.findall(_ID, match["ids"] or match["id"])
    before = (match["before"] or "").strip()
    out: list[Node] = []
    for reference in cited:
        identifier = reference.lstrip("-@")
        identifier = identifier[0].lower() + identifier[1:]
        if identifier not in names:
            return []
        number = names[identifier].rpartition(" ")[2]
        name = f"{before} {number}" if before else number if reference[0] == "-" else names[identifier]
        out += [{"t": "Str", "c": ","}, {"t": "Space"}] if out else []
        out.append(_link(name, "#" + identifier))
    return out


def _inlines(text: str) -> list[Node]:
    kinds = {" ": {"t": "Space"}, "\n": {"t": "SoftBreak"}}
    return [kinds.get(piece) or {"t": "Str", "c": piece} for piece in re.split(r"([ \n])", text) if piece]


def _link(name: str, target: str) -> Node:
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": name.replace(" ", "\u00a0")}], [target, ""]]}
