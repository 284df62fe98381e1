"""Diagrams: a fence such as ```` ```mermaid ```` becomes a picture where the site names a command that draws it.

Without one it stays code. The command comes from `fencepost.yaml` alone: a post may not say what is run.
"""

from __future__ import annotations

import re

from fencepost.fence import read_fence
from fencepost.filters.context import Context
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

KNOWN = frozenset(["mermaid", "dot", "graphviz", "d2", "plantuml"])  # fences that are meant to be drawn


def rewrite(document: Document, context: Context) -> None:
    """Put a picture in the place of each diagram that can be drawn; in place."""
    commands = context.options.diagrams
    if context.source is not None and not _opening("|".join(map(re.escape, {*KNOWN, *commands}))).search(
        context.source
    ):
        return
    for container, index in tree.find(document["blocks"], frozenset(["CodeBlock"])):
        (_, classes, _), code = container[index]["c"]
        lang = classes[0].lower() if classes else ""
        if lang in commands:
            container[index] = _drawn(container[index], lang, code, context)
        elif lang in KNOWN:
            _note(lang, code, context)


def _note(lang: str, code: str, context: Context) -> None:
    """Say once for a document that a diagram stays code."""
    if context.is_first("diagram"):
        help = f"`diagrams: {{{lang}: COMMAND}}` in fencepost.yaml draws it"
        line, column = context.places_of("CodeBlock", code)[0]
        context.report("note", "diagram", f"{lang} is printed as code", line=line, column=column, help=help)


def _opening(lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!`)`{{3,}}|(?<!~)~{{3,}})[ \t]*(?:\{{[ \t]*)?\.?(?:{lang})\b", re.IGNORECASE)


def _drawn(block: Node, lang: str, code: str, context: Context) -> Node:
    """Make the picture; where that fails, keep the code and say why."""
    from fencepost.images import Picture, suffix_of
    from fencepost.images.drawing import DrawingError, draw, sized

    attr = block["c"][0]
    fence = read_fence(lang, dict(attr[2]).get("meta", ""), context.options.dialect)
    try:
        data = draw(context.options.diagrams[lang], code, context.options.diagram_timeout)
    except DrawingError as problem:
        context.report_at("CodeBlock", code, "warning", "diagram", f"{lang} is printed as code: {problem}")
        return block
    words = fence.caption or fence.title or ""
    data = sized(data)
    target = Picture(data, suffix_of(data, "") or ".svg").data_uri
    image = {"t": "Image", "c": [["", ["diagram"], []], tree.plain(words or f"{lang} diagram"), [target, words]]}
    return {"t": "Para", "c": [image]}
