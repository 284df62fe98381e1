"""Every option once: its name, its default, what it means.

The command line, the front matter and `fencepost.yaml` all name the fields of `Options`
(with `-` or `_`); the command line wins over the front matter, the front matter over the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any


def _option(default: Any, meaning: str, choices: tuple[str, ...] = ()) -> Any:
    metadata = {"meaning": meaning, "choices": choices}
    if isinstance(default, (dict, list)):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    return field(default=default, metadata=metadata)


# fmt: off
@dataclass(frozen=True, slots=True)
class Options:
    """What a user can choose. Lengths are strings with a unit (`12mm`), times are seconds, sizes megabytes."""

    # the text
    dialect: str = _option("auto", "the fence meta dialect",
                           ("auto", "rehype-pretty-code", "expressive-code", "docusaurus", "vitepress",
                            "hugo", "pymdownx", "quarto", "pandoc"))
    markup: str = _option("rehype-pretty-code", "whose style sheets the code in HTML is written for",
                          ("rehype-pretty-code", "expressive-code", "pygments", "pandoc"))
    alerts: str = _option("auto", "the dialect of alerts and containers; auto goes with that of fences",
                          ("auto", "github", "obsidian", "vitepress", "docusaurus", "starlight", "quarto", "mkdocs"))
    alert_types: dict[str, dict[str, str]] = _option({}, "alerts of your own: a word to its title, colour and icon")
    magic_comments: dict[str, dict[str, str]] = _option(
        {}, "Docusaurus' magic comments of your own: a class to the words for a line, for start and end"
    )
    mdx: str = _option("auto", "read MDX: auto is yes for .mdx files and Docusaurus", ("auto", "yes", "no"))
    components: dict[str, str] = _option(
        {}, "what components of MDX mean: alert, figure, image, link, details, children, nothing"
    )
    smart: bool = _option(True, "curl quotes and apostrophes by language, make -- a dash")
    breaks: str = _option("soft", "a line break inside a paragraph is a space, or stays", ("soft", "hard"))
    ids: str = _option("github", "how heading anchors are made", ("github", "pandoc"))
    keep_comments: bool = _option(False, "keep HTML comments in HTML output")
    marks: dict[str, str] = _option({}, "word and line mark ids: a tint of the theme, or a colour #rrggbb")
    diagrams: dict[str, str] = _option({}, "in fencepost.yaml: fence language to the command that draws it")
    filters: list[dict[str, str]] = _option(
        [], "in fencepost.yaml: filters of your own, as `{path, at}`: at is before (ours) or after"
    )
    diagram_timeout: float = _option(30.0, "seconds for one diagram")
    merge_notes: bool = _option(False, "in a pipeline without the source stage, merge notes that are equal")
    preserve_tabs: bool = _option(True, "keep tabs in code; otherwise they become spaces up to the next stop of 4")
    fields: dict[str, str] = _option({}, "keys of your own front matter, and the field of ours that each means")
    # the look
    toc: bool = _option(False, "print a table of contents; on a wide screen it stands beside the text")
    toc_depth: int = _option(3, "how many heading levels the contents list")
    number_listings: bool = _option(False, "number the code blocks that have a caption")
    number_figures: bool = _option(False, "number the captions that carry no number of their own")
    emoji: str = _option("mono", "emoji in print: the bundled one-colour font, a colour font, or the system's",
                         ("mono", "color", "system"))
    number_sections: bool = _option(False, "number the headings that carry no number of their own")
    for_: str = _option("", "print for a house: trim size, two sides, room at the spine, nothing to click, checks",
                        ("kdp", "print-shop"))
    font_text: str = _option("", "the face of the printed text, by name or file (.ttf, .otf, .woff2)")
    font_sans: str = _option("", "the face of printed headings, by name or file")
    font_mono: str = _option("", "the face of printed code, by name or file")
    paper: str = _option("a4", "the page of the PDF: a4, a5, b5, us-letter, 6x9 (inches) and more, or 150x220mm")
    sides: str = _option("one", "print on one side, or on two with the inner margin wider", ("one", "two"))
    binding: str = _option("", "room for the binding at the inner edge (two sides: 8mm, one: none)")
    cover_page: bool = _option(False, "begin the PDF with a page of its own for title, author, date and cover image")
    links: str = _option("inline", "print addresses of links: not at all, at the foot of the page, or in a list",
                         ("inline", "footnotes", "references"))
    pdf_engine: str = _option("typst", "what sets the PDF; the others must be installed",
                              ("typst", "weasyprint", "chromium", "xelatex", "lualatex"))
    pdf_standard: str = _option("ua-1", "the standard that the PDF meets; ua-1 only where the post makes it possible",
                                ("ua-1", "a-1b", "a-1a", "a-2b", "a-2u", "a-2a", "a-3b", "a-3u", "a-3a",
                                 "a-4", "a-4f", "a-4e", "none"))
    attach_source: bool = _option(False, "attach the post's Markdown to the PDF")
    grayscale: bool = _option(False, "print in greys alone, marks told apart by strokes; images stay as they are")
    theme: str = _option("", "a file of tokens in place of templates/theme.json")
    template: str = _option("", "a pandoc template in place of ours")
    reference_doc: str = _option("", "a Word or OpenDocument file whose styles are used in place of ours")
    css: list[str] = _option([], "style sheets after ours, for HTML and EPUB")
    heading_links: bool = _option(True, "headings of a web page link to themselves")
    note_previews: bool = _option(True, "on a web page, a click on a note's number shows the note beside it")
    code_overflow: str = _option("scroll", "what long lines of code do on a web page", ("scroll", "wrap"))
    reading_time: bool = _option(True, "say how many minutes the post takes to read")
    embed_fonts: bool = _option(False, "put the theme's faces into the EPUB, cut down to its characters")
    epub_image_size: int = _option(0, "pixels that the longer side of an EPUB's picture may have (0: as they are)")
    # files
    embed: bool = _option(False, "one HTML file that holds its images")
    offline: bool = _option(False, "fetch no remote image")
    base_url: str = _option("", "the address of your site: what links such as /blog/other start from")
    site_root: str = _option("", "the folder that /images/x.png starts from")
    timeout_fetch: float = _option(10.0, "seconds for one remote image, from the call to its last byte")
    # limits
    pandoc_timeout: float = _option(
        0.0, "seconds of a processor for one run of pandoc (0: 5 and 10 for each megabyte; untrusted: 7)"
    )
    pandoc_heap: int = _option(4096, "megabytes for one run of pandoc")
    typst_timeout: float = _option(120.0, "seconds for one run of typst, or of another engine")
    max_size: float = _option(20.0, "million characters that a post may have (untrusted: 2)")
    max_nesting: int = _option(1000, "levels of quotes and lists (untrusted: 100)")
    image_megapixels: float = _option(100.0, "million pixels that an image may have: a larger one is `image-missing`")
    max_notes: int = _option(5000, "footnotes (untrusted: 2000), and four times as many references")
    max_signs: int = _option(2000, "runs of * _ ~, or [, in one paragraph, row or list item (quotes twice as many)")
    max_depth: int = _option(500, "emphasis, links and the like in each other")
    max_headings: int = _option(10_000, "headings of one post, and alerts half as many")
    max_cells: int = _option(100_000, "cells of one table: its columns times its rows")
    max_word: int = _option(50_000, "characters of one word, or of one line of code, in print")
    untrusted: bool = _option(False, "convert a stranger's post: see SECURITY.md; on the command line only")
    max_seconds: float = _option(8.0, "with untrusted, seconds of a processor for one post in all its formats")
    max_memory: int = _option(1024, "with untrusted, megabytes for all that converts one post")
# fmt: on


OF_THE_SITE = frozenset(["diagrams", "filters", "untrusted"])  # what no post may say
# what changes for a stranger's post unless the command line says otherwise
UNTRUSTED = {
    "pandoc_timeout": 7.0, "pandoc_heap": 512, "typst_timeout": 7.0, "max_size": 2.0, "max_nesting": 100,
    "max_notes": 2000,
}  # fmt: skip
# what `for:` changes unless it is said otherwise
PRESETS: dict[str, dict[str, Any]] = {
    "kdp":        {"paper": "6x9", "sides": "two", "pdf_standard": "none", "links": "footnotes"},
    "print-shop": {"paper": "a5",  "sides": "two", "pdf_standard": "none", "links": "footnotes"},
}  # fmt: skip
ALWAYS_UNTRUSTED = {"offline": True, "pdf_engine": "typst", "filters": []}  # promised, whatever the command line says
NAMES = frozenset(option.name for option in fields(Options))


def merge(*sources: dict[str, Any]) -> Options:
    """Make the options of a run; later sources win, None says nothing."""
    chosen: dict[str, Any] = {}
    for source in sources:
        chosen |= {name: value for name, value in source.items() if value is not None and name in NAMES}
    preset = PRESETS.get(chosen.get("for_", ""), {})
    if chosen.get("untrusted"):
        preset, chosen = preset | UNTRUSTED, chosen | ALWAYS_UNTRUSTED
    return replace(Options(), **(preset | chosen))


def spelled(name: str) -> str:
    """Spell the name of a field as users do; one that Python keeps for itself ends with `_`.

    >>> spelled("toc_depth"), spelled("for_")
    ('toc-depth', 'for')
    """
    return name.rstrip("_").replace("_", "-")
