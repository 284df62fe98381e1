"""Fencepost: a developer's Markdown post as a web page, a printed PDF and an EPUB.

>>> import fencepost
>>> page = fencepost.convert("# Hello\\n", to="html").bytes["html"]
>>> b">Hello<" in page
True

`docs/api.md` has the whole of it. Importing the package imports nothing else of it: the names below are loaded when
they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fencepost.version import __version__

if TYPE_CHECKING:
    from fencepost.api import Post, Result, check, convert, inspect
    from fencepost.diagnostics.model import (
        Diagnostic,
        EngineError,
        FencepostError,
        InputError,
        LimitError,
        OptionError,
        OutputError,
        StandardNotMetError,
    )

__all__ = [
    "Diagnostic",
    "EngineError",
    "FencepostError",
    "InputError",
    "LimitError",
    "OptionError",
    "OutputError",
    "Post",
    "Result",
    "StandardNotMetError",
    "__version__",
    "check",
    "convert",
    "inspect",
]
_OF_API = frozenset(["Post", "Result", "check", "convert", "inspect"])


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("fencepost.api" if name in _OF_API else "fencepost.diagnostics.model"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
