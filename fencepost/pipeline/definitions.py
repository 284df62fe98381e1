"""What our elements need in somebody's own output: style sheets and macros, put where that output finds them."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.filters.context import Context
from fencepost.options import Options
from fencepost.pandoc import tree
from fencepost.pandoc.metadata import meta_node
from fencepost.pandoc.tree import Document, Node
from fencepost.system.cache import keep, key_of


def define(document: Document, context: Context) -> None:
    """Put the definitions that the output needs where the output will find them, once."""
    if not context.used or context.family in ("plain", "docx", "odt") or _is_defined(document):
        return
    from fencepost.theme import definitions

    if context.target == "beamer":  # what stands before the first heading would be a frame
        preamble = {"t": "RawBlock", "c": ["latex", definitions.latex_definitions(context.options)]}
        _append(document["meta"], "header-includes", {"t": "MetaBlocks", "c": [preamble]})
        return
    if context.family in ("typst", "latex"):
        write = definitions.typst_definitions if context.family == "typst" else definitions.latex_definitions
        document["blocks"].insert(0, {"t": "RawBlock", "c": [context.family, write(context.options)]})
        return
    if context.family == "epub":
        _append(document["meta"], "css", meta_node(str(_epub_style(context.options))))
        return
    style = f"<style>\n{definitions.css_definitions(context.options)}</style>"
    _append(document["meta"], "header-includes", {"t": "MetaBlocks", "c": [{"t": "RawBlock", "c": ["html", style]}]})


DEFINED = ("#let fp-theme", "\\definecolor{fpink}", "<style>\n:root{--fp-", "fencepost-")


def _is_defined(document: Document) -> bool:
    """Say whether another filter of ours, run before, has put the definitions in."""
    raw = [block["c"][1] for block in document["blocks"][:1] if block["t"] == "RawBlock"]
    for key in ("header-includes", "css"):
        places = tree.find([document["meta"].get(key, {})], frozenset(["RawBlock", "Str"]))
        nodes = (container[index] for container, index in places)
        raw += [Path(node["c"]).name if node["t"] == "Str" else node["c"][1] for node in nodes]
    return any(text.startswith(DEFINED) for text in raw)


def _append(meta: dict[str, Node], key: str, value: Node) -> None:
    """Add to what the author has under a key, which may be one value or a list."""
    given = meta.get(key)
    values = [] if given is None else given["c"] if given["t"] == "MetaList" else [given]
    meta[key] = {"t": "MetaList", "c": [*values, value]}


def _epub_style(options: Options) -> Path:
    """Keep the EPUB's style sheet in a file, for pandoc packs files: one name for one content."""
    from fencepost.theme import load_theme
    from fencepost.theme.web import epub_stylesheet

    style = epub_stylesheet(load_theme(options.theme)).encode()
    name = f"fencepost-{key_of(style)}.css"
    file = keep("styles", name, style)
    if file is not None:
        return file
    with contextlib.suppress(OSError):  # a user without a home
        file = Path(tempfile.gettempdir()) / name
        file.write_bytes(style)
        return file
    raise FencepostError(Diagnostic("<stdin>", None, None, "error", "output", "there is no folder for the style sheet"))
