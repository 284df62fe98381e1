"""Control characters that references make: `&#8;` is a backspace, which no output holds. Typed ones are gone before."""

from __future__ import annotations

import re
from typing import Any

from fencepost.filters.context import Context
from fencepost.pandoc.html_tree import is_html
from fencepost.pandoc.tree import Document

_SIGNS = re.compile(rb"\\u00[01]|\\f|\xef\xbf[\xbe\xbf]|&#")  # as pandoc's JSON has them
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\ufffe\uffff]")
_BLANKS = re.compile("[\x0b\x0c]")
_REFERENCE = re.compile(  # HTML 13.5: the number of a character in decimal or hexadecimal digits
    r"&#(?:0*(?:[1-8]|1[4-9]|2[0-9]|3[01]|6553[45])|[xX]0*(?:[1-8]|[eEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)


def replace_controls(data: bytes, document: Document, context: Context) -> None:
    """Put U+FFFD in the place of control characters, in place, and warn of the first; `data` is the tree as JSON.

    In raw HTML, whose references pandoc leaves, they are replaced too; in code they are the author's text.
    """
    if not _SIGNS.search(data):
        return
    is_replaced = False
    stack: list[Any] = [document["blocks"], document["meta"]]
    while stack:
        item = stack.pop()
        is_raw = type(item) is dict and item.get("t") in ("RawInline", "RawBlock") and is_html(item)
        if is_raw and (written := _REFERENCE.sub("\ufffd", item["c"][1])) != item["c"][1]:
            item["c"][1], is_replaced = written, True
        for key, value in item.items() if type(item) is dict else enumerate(item):
            if type(value) is str:
                made = _BLANKS.sub(" ", _CONTROLS.sub("\ufffd", value))
                is_replaced |= _CONTROLS.search(value) is not None
                item[key] = made
            elif type(value) is list or type(value) is dict:
                stack.append(value)
    if is_replaced:
        _report(context)


def _report(context: Context) -> None:
    written = _REFERENCE.search(context.source or "")
    line, column = context.place_of(_REFERENCE) if written else (None, None)
    problem = f"{written[0] if written else 'a reference'} is a control character: U+FFFD is printed"
    context.report("warning", "control-character", problem, line=line, column=column, help="remove it")
