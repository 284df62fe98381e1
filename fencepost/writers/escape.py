"""One escaper a language: any text in, source of that language out that means exactly that text."""

from __future__ import annotations

import re

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_TYPST = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
# XML 1.0 has no place for these, not even as references
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """Replace what no output format can hold (NUL and the like) by U+FFFD, as CommonMark does for NUL."""
    return _UNPRINTABLE.sub("\ufffd", text)


def html(text: str) -> str:
    """Escape for HTML and XHTML, in text and in double-quoted attributes.

    >>> html('a < "b" & c')
    'a &lt; &quot;b&quot; &amp; c'
    """
    return printable(text).translate(_HTML)


def typst(text: str) -> str:
    """Write a Typst string literal, quotes included.

    >>> print(typst('say "hi"'))
    "say \\"hi\\""
    """
    return f'"{printable(text).translate(_TYPST)}"'
