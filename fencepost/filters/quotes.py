"""Quotes: what the reader curled becomes the marks of the post's language, the same in every format.

pandoc's writers have ideas of their own (HTML curls the English way, Typst by the document's language),
so the marks go into the text before a writer sees them. A leaf filter in pandocfilters' shape.
"""

from __future__ import annotations

from typing import Any

from fencepost.pandoc.tree import Node

LEAVES = ("Quoted",)
# CLDR 45, delimiters: quotationStart, quotationEnd, alternateQuotationStart, alternateQuotationEnd
# fmt: off
MARKS = {
    "en": ("“", "”", "‘", "’"), "de": ("„", "“", "‚", "‘"), "fr": ("«\u202f", "\u202f»", "“", "”"),
    "es": ("«", "»", "“", "”"), "it": ("«", "»", "“", "”"), "pt": ("“", "”", "‘", "’"), "nl": ("‘", "’", "“", "”"),
    "pl": ("„", "”", "«", "»"), "sv": ("”", "”", "’", "’"), "da": ("“", "”", "‘", "’"), "nb": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"), "fi": ("”", "”", "’", "’"), "cs": ("„", "“", "‚", "‘"), "sk": ("„", "“", "‚", "‘"),
    "ru": ("«", "»", "„", "“"), "uk": ("«", "»", "„", "“"), "tr": ("“", "”", "‘", "’"), "hu": ("„", "”", "»", "«"),
    "ja": ("「", "」", "『", "』"), "zh": ("“", "”", "‘", "’"), "ko": ("“", "”", "‘", "’"), "el": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"), "bg": ("„", "“", "‘", "’"), "de-ch": ("«", "»", "‹", "›"), "he": ("”", "”", "’", "’"),
}
# fmt: on


def marks_for(lang: str) -> tuple[str, str, str, str]:
    """Give the quotation marks of a language: double open and close, single open and close.

    >>> marks_for("de-AT")
    ('„', '“', '‚', '‘')
    """
    tag = lang.lower().replace("_", "-")
    return MARKS.get(tag) or MARKS.get(tag.split("-")[0]) or MARKS["en"]


_READ_AS = {"’": "'", "–": "--", "—": "---", "…": "..."}  # what pandoc's reader makes of these, in any language


def straight(text: str, lang: str, source: str) -> str:
    r"""Undo what was curled, for metadata; a character that the post's source holds may be the author's own, and stays.

    >>> straight("„Tom’s“ — x", "de", '"Toms" — x')
    '"Tom\'s" — x'
    """
    double, single = marks_for(lang)[:2], marks_for(lang)[2:]
    curled = _READ_AS | dict.fromkeys(single, "'") | dict.fromkeys(double, '"')
    for mark, written in curled.items():
        if mark not in source:
            text = text.replace(mark, written)
    return text


def action(key: str, value: Any, _format: str, meta: dict[str, Any]) -> list[Node] | None:
    """Replace a Quoted by its words between the marks of `meta["lang"]`."""
    if key != "Quoted":
        return None
    kind, inlines = value
    marks = marks_for(str(meta.get("lang", "en")))
    opening, closing = marks[:2] if kind["t"] == "DoubleQuote" else marks[2:]
    return [{"t": "Str", "c": opening}, *inlines, {"t": "Str", "c": closing}]
