"""Which of pandoc's readers a post is read with, and in which dialects."""

from __future__ import annotations

from fencepost.markdown.protect import Dialects
from fencepost.options import Options
from fencepost.settings.dialect import extensions_of


def reader_of(options: Options) -> str:
    """Name the reader for a post's options, with its extensions."""
    return ("gfm+smart" if options.smart else "gfm") + extensions_of(options)


def dialects_of(options: Options, path: str) -> Dialects:
    """Say how a post's text is read, for its options and its name."""
    is_mdx = path.lower().endswith(".mdx") or options.dialect == "docusaurus"
    mdx = is_mdx if options.mdx == "auto" else options.mdx == "yes"
    components = tuple(sorted(options.components.items())) if mdx or options.dialect == "vitepress" else ()
    types = tuple(sorted(word.lower() for word in options.alert_types))
    return Dialects(options.alerts, options.dialect, mdx, components, types)
