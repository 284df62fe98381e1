"""Fence meta: what authors write after the language of a code block. A module a dialect, one table.

Pure: nothing here knows pandoc, and nothing but the standard library is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple

from fencepost.fence.model import Chars, Fault, Fence, LineGroup, LineItem, Marks, Span, WordMark

__all__ = [
    "DIALECTS",
    "LEFT_ALONE",
    "Chars",
    "Dialect",
    "Fault",
    "Fence",
    "LineGroup",
    "LineItem",
    "Marks",
    "Span",
    "WordMark",
    "find_dialect",
    "number_width",
    "read_fence",
    "resolve_fence",
]


class Dialect(NamedTuple):
    """How one dialect reads meta, and what that means on code. Neither function ever raises."""

    parse: Callable[[str | None, str], Fence]
    resolve: Callable[[Fence, str], Marks]


DIALECTS = {
    # dialect              the module that reads it, and the one that finds on code what is meant
    "auto":               ("auto", "auto"),
    "rehype-pretty-code": ("rehype", "rehype"),
    "expressive-code":    ("expressive", "expressive"),
    "docusaurus":         ("docusaurus", "docusaurus"),
    "vitepress":          ("vitepress", "vitepress"),
    "hugo":               ("hugo", "rehype"),
    "pymdownx":           ("pymdownx", "pymdownx"),
    "quarto":             ("quarto", "quarto"),
    "pandoc":             ("pandoc", "rehype"),
}  # fmt: skip
LEFT_ALONE = frozenset({"math"})  # languages that are no code: their blocks stay as pandoc made them


@cache
def find_dialect(name: str) -> Dialect:
    """Import a dialect: a post needs one of them."""
    reading, finding = (import_module(f"fencepost.fence.{module}") for module in DIALECTS[name])
    return Dialect(reading.parse, finding.resolve)


def read_fence(
    lang: str | None, meta: str, dialect: str = "auto", magic: Mapping[str, Mapping[str, str]] | None = None
) -> Fence:
    """Read what stands behind the language of a fence; `magic` are a site's own comments that mark lines."""
    fence = find_dialect(dialect).parse(lang, meta)
    if not magic or dialect != "docusaurus":
        return fence
    from fencepost.fence.docusaurus import orders_of

    return fence._replace(orders=orders_of(magic))


def resolve_fence(fence: Fence, code: str, dialect: str = "auto") -> Marks:
    """Find on the code what the fence asks for."""
    return find_dialect(dialect).resolve(fence, code)


def number_width(start: int, count: int) -> int:
    """Say how many digits the last of `count` printed line numbers has."""
    return len(str(start + count - 1))
