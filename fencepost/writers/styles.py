"""Named styles of word processors: what a paragraph or a run *is*, so that a reference document can restyle it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import panflute as pf

Named = Callable[[str], str]  # a style's name → how the format refers to it


def odt_name(name: str) -> str:
    """Write the name of a style as OpenDocument refers to it.

    >>> odt_name("Code Line")
    'Code_20_Line'
    """
    return name.replace(" ", "_20_")


def plain_name(name: str) -> str:
    """Read the name of a style, however a format refers to it.

    >>> plain_name("Code_20_Line")
    'Code Line'
    """
    return name.replace("_20_", " ")


NAMED: dict[str, Named] = {"docx": str, "odt": odt_name}


def paragraph(style: str, inlines: list[Any]) -> pf.Div:
    """Make a paragraph of a style."""
    return pf.Div(pf.Para(*inlines), attributes={"custom-style": style})


def run(text: str, style: str) -> pf.Span:
    """Make a run of characters of a style."""
    return pf.Span(pf.Str(text), attributes={"custom-style": style})
