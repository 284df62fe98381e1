"""Which constructs beyond GitHub's a post has, by its dialects of fences and of alerts; elsewhere they are words."""

from __future__ import annotations

from fencepost.options import Options

# the dialect of fences, and the one of alerts that goes with it
OF_FENCES = {
    "vitepress": "vitepress", "docusaurus": "docusaurus", "expressive-code": "starlight", "quarto": "quarto",
    "pymdownx": "mkdocs",
}  # fmt: skip


def dialect_of(alerts: str, fences: str) -> str:
    """Name the dialect of alerts: the one chosen, else the one that goes with that of fences.

    >>> dialect_of("auto", "vitepress"), dialect_of("obsidian", "vitepress"), dialect_of("auto", "hugo")
    ('vitepress', 'obsidian', 'auto')
    """
    return alerts if alerts != "auto" else OF_FENCES.get(fences, "auto")


CONSTRUCTS = {
    # construct             dialects that have it
    "heading-ids":         "docusaurus vitepress quarto pymdownx hugo pandoc",  # `## Title {#id}`
    "attributes":          "vitepress quarto pymdownx pandoc",                  # `![…](…){width=300}`, `[…](…){.b}`
    "contents":            "vitepress pymdownx obsidian",                       # `[[toc]]`, `[TOC]`, `[[_TOC_]]`
    "wikilinks":           "obsidian",                                          # `[[note|words]]`, `![[image.png|300]]`
    "marks":               "obsidian pymdownx",                                 # `==words==`
    "sub-and-superscript": "pymdownx quarto pandoc",                            # `H~2~O`, `x^2^`
    "definition-lists":    "pymdownx quarto hugo pandoc",                       # `Term`, and `: what it means` below
    "divisions":           "quarto pandoc",                                     # `::: {.class}`
    "abbreviations":       "pymdownx",                                          # `*[HTML]: Hypertext Markup Language`
}  # fmt: skip
# what pandoc's reader does for us
EXTENSIONS = {
    "wikilinks":           "+wikilinks_title_after_pipe",
    "sub-and-superscript": "+subscript+superscript",
    "definition-lists":    "+definition_lists",
    "divisions":           "+fenced_divs",
}  # fmt: skip


def constructs_of(options: Options) -> frozenset[str]:
    """List the constructs that a post's dialects have.

    >>> sorted(constructs_of(Options(dialect="vitepress")))
    ['attributes', 'contents', 'heading-ids']
    """
    pass  # not on the way of a post that chooses no dialect

    dialects = {options.dialect, dialect_of(options.alerts, options.dialect)} - {"auto"}
    return frozenset(name for name, known in CONSTRUCTS.items() if dialects.intersection(known.split()))


def extensions_of(options: Options) -> str:
    """Name the extensions of pandoc's reader that a post needs."""
    if options.dialect == options.alerts == "auto":
        return ""
    wanted = EXTENSIONS.keys() & constructs_of(options)
    if "wikilinks" in wanted:
        from fencepost.pandoc import versions

        wanted -= set() if versions.has("wikilinks") else {"wikilinks"}
    return "".join(extension for name, extension in EXTENSIONS.items() if name in wanted)
