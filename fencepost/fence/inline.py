"""Inline code that says its language: `x{:js}` and `x{:.entity.name}` of rehype-pretty-code, `#!py x` of pymdownx."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_SUFFIX = re.compile(r"(.*[^\\]|)\{:([a-zA-Z.-]+)\}\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\(\{:[a-zA-Z.-]+\})")
_PREFIX = re.compile(r"(?:#!|:::)([\w#.+-]+)[ \t]+(.*)\Z", re.DOTALL)
SCOPES = {
    # TextMate's scope, or its beginning   the kind of token
    "comment":                             "c",
    "string":                              "s",
    "keyword":                             "k",
    "storage":                             "k",
    "constant":                            "n",
    "entity.name.function":                "f",
    "function":                            "f",
    "support.function":                    "f",
    "entity.name":                         "t",
    "support.type":                        "t",
    "type":                                "t",
    "entity.other.attribute-name":         "d",
    "variable":                            "v",
    "punctuation":                         "o",
}  # fmt: skip


class Inline(NamedTuple):
    """A piece of code in running text: in a language, or all of one kind of token, or only without an escape."""

    text: str
    lang: str | None = None
    kind: str | None = None


def _suffixed(text: str) -> Inline | None:
    found = _SUFFIX.match(text) if text.endswith("}") else None
    if found and found[1]:
        scope = found[2].removeprefix(".")
        if scope == found[2]:
            return Inline(found[1], lang=found[2])
        names = [name for name in SCOPES if scope == name or scope.startswith(name + ".")]
        return Inline(found[1], kind=SCOPES[max(names, key=len)] if names else "")
    return Inline(_ESCAPED.sub(r"\1", text)) if "\\{:" in text and _ESCAPED.search(text) else None


def _prefixed(text: str) -> Inline | None:
    found = _PREFIX.match(text) if text[:2] in ("#!", "::") else None
    return Inline(found[2], lang=found[1]) if found and found[2].strip() else None


READERS: dict[str, tuple[Callable[[str], Inline | None], ...]] = {
    "auto":               (_suffixed,),
    "rehype-pretty-code": (_suffixed,),
    "pymdownx":           (_prefixed,),
}  # fmt: skip


def read_inline(text: str, dialect: str = "auto") -> Inline | None:
    """Read a piece of inline code; None where it says nothing.

    >>> read_inline("let x{:js}")
    Inline(text='let x', lang='js', kind=None)
    >>> read_inline("#!py x = 1", "pymdownx").lang
    'py'
    """
    return next((found for read in READERS.get(dialect, ()) if (found := read(text))), None)
