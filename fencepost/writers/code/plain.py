"""Code for every other format (Word, plain text, Markdown…): pandoc's own block, and nothing of the fence lost."""

from __future__ import annotations

from collections.abc import Container

import panflute as pf

from fencepost.fence import Fence


def plain(fence: Fence, block: pf.CodeBlock, shown: Container[str] = ()) -> pf.Element:
    """Put title and caption around the block as paragraphs; line numbers become pandoc's own `numberLines`."""
    attributes = {key: value for key, value in block.attributes.items() if key not in shown}
    classes = list(block.classes)
    if fence.start is not None and not {"numberLines", "number-lines"}.intersection(classes):
        classes.append("numberLines")
        if fence.start != 1:
            attributes["startFrom"] = str(fence.start)
    code = pf.CodeBlock(block.text, identifier=block.identifier, classes=classes, attributes=attributes)
    if not fence.title and not fence.caption:
        return code
    title = [pf.Para(pf.Strong(*_words(fence.title)))] if fence.title else []
    caption = [pf.Para(*_words(fence.caption))] if fence.caption else []
    return pf.Div(*title, code, *caption, classes=["code"])


def _words(text: str) -> list[pf.Inline]:
    """Make inlines of a text: one Str a word, a Space wherever blanks stand."""
    inlines: list[pf.Inline] = []
    for word in text.split():
        inlines += [pf.Space(), pf.Str(word)] if inlines else [pf.Str(word)]
    return inlines or [pf.Str(text)]
