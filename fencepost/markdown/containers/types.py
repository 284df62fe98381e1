"""Which words open an alert in which dialect, and what each kind of alert is."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of alert: its English title, its ARIA role, and whose colour it has (a name of the theme's `alerts`).

    A site's own kind may have a colour `#rrggbb` and another kind's drawing.
    """

    title: str
    role: str
    look: str
    colour: str = ""
    icon: str = ""
    is_own: bool = False


# fmt: off
KINDS = {
    # kind             title         role           colour of
    "note":      Kind("Note",       role="note",        look="note"),       # read in passing
    "tip":       Kind("Tip",        role="doc-tip",     look="tip"),        # EPUB's own word for it
    "important": Kind("Important",  role="note",        look="important"),
    "warning":   Kind("Warning",    role="doc-notice",  look="warning"),    # a consequence the reader must weigh
    "caution":   Kind("Caution",    role="doc-notice",  look="caution"),
    "info":      Kind("Info",       role="note",        look="note"),
    "success":   Kind("Success",    role="note",        look="tip"),
    "danger":    Kind("Danger",     role="doc-notice",  look="caution"),
    "failure":   Kind("Failure",    role="doc-notice",  look="caution"),
    "bug":       Kind("Bug",        role="doc-notice",  look="caution"),
    "question":  Kind("Question",   role="note",        look="warning"),
    "example":   Kind("Example",    role="doc-example", look="important"),
    "abstract":  Kind("Abstract",   role="doc-abstract", look="note"),
    "quote":     Kind("Quote",      role="note",        look="quiet"),
    "todo":      Kind("Todo",       role="note",        look="note"),
    "secondary": Kind("Note",       role="note",        look="quiet"),
    "details":   Kind("Details",    role="group",       look="quiet"),
}
# fmt: on


def _by_word(table: dict[str, str]) -> dict[str, str]:
    """Turn `kind: its words` about."""
    return {word: kind for kind, words in table.items() for word in words.split()}


GITHUB = _by_word({name: name for name in ["note", "tip", "important", "warning", "caution"]})
# Obsidian help, "Callouts": types and their aliases; important is a tip there, caution a warning
OBSIDIAN = _by_word({
    "abstract": "abstract summary tldr", "info": "info", "todo": "todo", "tip": "tip hint important",
    "success": "success check done", "question": "question help faq", "warning": "warning caution attention",
    "failure": "failure fail missing", "danger": "danger error", "bug": "bug", "example": "example",
    "quote": "quote cite", "note": "note",
})  # fmt: skip
VITEPRESS = _by_word({name: name for name in [*GITHUB, "info", "danger", "details"]})
DOCUSAURUS = _by_word({name: name for name in [*GITHUB, "info", "danger", "success", "secondary"]})
STARLIGHT = _by_word({name: name for name in ["note", "tip", "caution", "danger"]})
QUARTO = {f"callout-{name}": name for name in GITHUB}
# Material for MkDocs, "Admonitions": supported types and their aliases; Python-Markdown takes any word
MKDOCS = {**OBSIDIAN, "important": "important", "caution": "caution", "details": "details"}

# dialect          `> [!x]`    `::: x`     `!!! x`   `/// x`
WORDS: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]] = {
    "github":     (GITHUB,     {},         {},       {}),
    "obsidian":   (OBSIDIAN,   {},         {},       {}),
    "vitepress":  (GITHUB,     VITEPRESS,  {},       {}),
    "docusaurus": (GITHUB,     DOCUSAURUS, {},       {}),
    "starlight":  (GITHUB,     STARLIGHT,  {},       {}),
    "quarto":     ({},         QUARTO,     {},       {}),
    "mkdocs":     ({},         {},         MKDOCS,   MKDOCS),
    "auto":       (GITHUB,     DOCUSAURUS | VITEPRESS | QUARTO, MKDOCS, MKDOCS),
    "divisions":  (GITHUB,     {},         MKDOCS,   MKDOCS),  # auto, where `:::` is pandoc's own
}  # fmt: skip
ANY_WORD = frozenset({"mkdocs"})  # where every word opens an admonition; one that nobody knows is a note of that name
