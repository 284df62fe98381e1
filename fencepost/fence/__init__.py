"""Fence meta: what authors write after the language of a code block. A module a dialect, one table.

Pure: nothing here knows pandoc, and nothing but the standard library is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fencepost.fence import auto, docusaurus, expressive, hugo, pandoc, pymdownx, quarto, rehype, vitepress
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
    "number_width",
    "read_fence",
    "resolve_fence",
]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one dialect reads meta, and what that means on code. Neither function ever raises."""

    parse: Callable[[str | None, str], Fence]
    resolve: Callable[[Fence, str], Marks]


DIALECTS = {
    "auto":               Dialect(auto.parse, auto.resolve),
    "rehype-pretty-code": Dialect(rehype.parse, rehype.resolve),
    "expressive-code":    Dialect(expressive.parse, expressive.resolve),
    "docusaurus":         Dialect(docusaurus.parse, docusaurus.resolve),
    "vitepress":          Dialect(vitepress.parse, vitepress.resolve),
    "hugo":               Dialect(hugo.parse, rehype.resolve),
    "pymdownx":           Dialect(pymdownx.parse, pymdownx.resolve),
    "quarto":             Dialect(quarto.parse, quarto.resolve),
    "pandoc":             Dialect(pandoc.parse, rehype.resolve),
}  # fmt: skip
LEFT_ALONE = frozenset({"math"})  # languages that are no code: their blocks stay as pandoc made them


def read_fence(lang: str | None, meta: str, dialect: str = "auto") -> Fence:
    """Read what stands behind the language of a fence."""
    return DIALECTS[dialect].parse(lang, meta)


def resolve_fence(fence: Fence, code: str, dialect: str = "auto") -> Marks:
    """Find on the code what the fence asks for."""
    return DIALECTS[dialect].resolve(fence, code)


def number_width(start: int, count: int) -> int:
    """Say how many digits the last of `count` printed line numbers has."""
    return len(str(start + count - 1))
