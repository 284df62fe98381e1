"""One escaper a language: any text in, source of that language out that means exactly that text."""

from __future__ import annotations

import re

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_TYPST = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_LATEX = {
    # character   what TeX prints for it, in any font
    "\\": r"\textbackslash{}",
    "{":  r"\{",
    "}":  r"\}",
    "$":  r"\$",
    "&":  r"\&",
    "#":  r"\#",
    "%":  r"\%",
    "_":  r"\_",
    "^":  r"\textasciicircum{}",
    "~":  r"\textasciitilde{}",
    "<":  r"\textless{}",
    ">":  r"\textgreater{}",
    "|":  r"\textbar{}",
    "'":  r"\textquotesingle{}",
    '"':  r"\textquotedbl{}",  # or XeLaTeX would curl it
    "`":  r"\textasciigrave{}",
    "-":  "-{}",   # or two would become a dash
    ",":  ",{}",   # or two would become a low quote
    "\n": " ",
    "\r": " ",
    "\t": " ",
    "\xa0": "~",
    "\x7f": "\ufffd",  # TeX stops at it
}  # fmt: skip
_LATEX_TABLE = str.maketrans(_LATEX)
_NO_CSS = re.compile('["\\\\<\n\r\f\x7f-\x9f]')
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


def css(text: str) -> str:
    """Write a CSS string, quotes included, that cannot end a `<style>` either.

    >>> print(css('say "</style>"'))
    "say \\22 \\3c /style>\\22 "
    """
    return f'"{_NO_CSS.sub(lambda found: f"{chr(92)}{ord(found[0]):x} ", printable(text))}"'


def typst(text: str) -> str:
    """Write a Typst string literal, quotes included.

    >>> print(typst('say "hi"'))
    "say \\"hi\\""
    """
    return f'"{printable(text).translate(_TYPST)}"'


def latex(text: str) -> str:
    """Escape for LaTeX text. A line end, which TeX cannot hold inside a paragraph, becomes a blank.

    >>> print(latex("50% of {x} -- a_b"))
    50\\% of \\{x\\} -{}-{} a\\_b
    """
    return printable(text).translate(_LATEX_TABLE)


_LABEL = re.compile(r"[^A-Za-z0-9_+=:;.-]")
_IN_URL = {"%": "\\%", "{": "\\{", "}": "\\}", "\\": "/"}  # what pandoc makes of these before


def latex_label(name: str) -> str:
    """Write an id as pandoc's LaTeX writer does (`toLabel`), so that its links and our labels meet.

    >>> latex_label("über/a_b")
    'uxfcberux2fa_b'
    """
    escaped = "".join(_IN_URL.get(char, char) for char in name)
    return _LABEL.sub(lambda found: f"ux{ord(found[0]):x}", escaped)


def latex_code(text: str) -> str:
    """Escape for LaTeX text in which every blank counts.

    >>> print(latex_code("if  x:"))
    if\\ \\ x:
    """
    return latex(text).replace(" ", "\\ ")
