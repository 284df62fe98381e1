"""Rules of code fences: unknown languages, misspelt options, lines that print breaks, fences without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.checks.model import Finding, Subject
from fencepost.diagnostics.nearest import nearest
from fencepost.fence import LEFT_ALONE
from fencepost.filters.diagrams import KNOWN as DIAGRAMS
from fencepost.highlight.lexers import ALIASES, PLAIN, is_language, known_languages
from fencepost.markdown.locate import Spot
from fencepost.settings.paper import PaperError, code_columns

_INFO = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[ \t]*(?P<lang>[^\s{`]*)(?P<meta>.*)")
_KEY = re.compile(r"(?<![\w/\"'{-])([A-Za-z][\w-]*)(?==)|\b(show[\w-]+)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|/[^/\n]+/|\{[^}\n]*(?:\}|$)", re.MULTILINE)
# the options that one dialect or another has; what is nearly one of them is a slip of the pen
_OPTIONS = """
    title caption showLineNumbers filename file name frame mark ins del wrap collapse startLineNumber startFrom start
    hl_lines linenums linenos linenostart highlight-lines code-line-numbers anchorlinenos preserveIndent hangingIndent
    lineNumbers no-line-numbers line-numbers noInline id class lang style label fig-cap echo eval
"""
OPTIONS = frozenset(_OPTIONS.split())
_OURS = ("title", "caption", "showLineNumbers")


def _fences(subject: Subject) -> Iterator[tuple[Spot, re.Match[str]]]:
    for spot in subject.places.of("CodeBlock"):
        if match := _INFO.match(subject.source, spot.start):
            yield spot, match


def unknown_languages(subject: Subject) -> Iterator[Finding]:
    """Find languages that cannot be highlighted: their code prints in one colour."""
    silent = LEFT_ALONE | DIAGRAMS | {name.lower() for name in subject.options.diagrams}
    for _, match in _fences(subject):
        lang = match["lang"].lower()
        if not lang or lang in silent or is_language(lang):
            continue
        near = nearest(lang, [*known_languages(), *ALIASES, *PLAIN - {""}])
        help = f"did you mean `{near}`?" if near else "write `text` where there is nothing to colour"
        message = f"nobody here knows the language `{match['lang'][:40]}`; its code has no colours"
        yield Finding("warning", "fence-language", match.start("lang"), message, help)


def misspelt_options(subject: Subject) -> Iterator[Finding]:
    """Find words in fence meta that are nearly an option."""
    for _, match in _fences(subject):
        meta = _QUOTED.sub(lambda part: "\0" * len(part[0]), match["meta"])
        for found in _KEY.finditer(meta):
            word = found[1] or found[2]
            near = nearest(word, OPTIONS, 0.7) or nearest(word.lower(), [name.lower() for name in _OURS], 0.8)
            if word in OPTIONS or not near:
                continue
            near = next(name for name in (*OPTIONS, *_OURS) if name.lower() == near.lower())
            message, offset = f"`{word}` is no option of a fence", match.start("meta") + found.start()
            yield Finding("warning", "fence-option", offset, message, f"did you mean `{near}`?")


def wide_lines(subject: Subject) -> Iterator[Finding]:
    """Find the widest line of each block that is broken on paper."""
    try:
        most = code_columns(subject.options.paper, subject.options.binding, subject.options.sides)
    except PaperError:  # said where a format needs paper
        return
    for spot, match in _fences(subject):
        start = subject.source.find("\n", match.end()) + 1
        lines = subject.source[start : spot.end].split("\n")
        prefix = _prefix(subject.source, match)
        widths = [len(line.removeprefix(prefix).expandtabs(4)) for line in lines]
        wide = [at for at, width in enumerate(widths) if width > most]
        if not wide:
            continue
        offset = start + sum(len(line) + 1 for line in lines[: wide[0]]) + len(prefix)
        more = f", and {len(wide) - 1} more below" if len(wide) > 1 else ""
        message = f"the line has {widths[wide[0]]} characters; print breaks it after {most}{more}"
        yield Finding("note", "fence-width", offset, message, "break it where it reads well, or choose wider paper")


def _prefix(source: str, match: re.Match[str]) -> str:
    line = source[source.rfind("\n", 0, match.start("fence")) + 1 : match.start("fence")]
    return re.sub(r"[^>\s]", " ", line)


def without_end(subject: Subject) -> Iterator[Finding]:
    """Find a fence that is never closed: all that follows is code."""
    for spot, match in _fences(subject):
        last = subject.source[spot.start : spot.end].rstrip("\n").rpartition("\n")[2]
        if spot.end >= len(subject.source.rstrip("\n")) and not re.match(
            rf"[ \t>]*{match['fence'][0]}{{{len(match['fence'])},}}[ \t]*\Z", last
        ):
            message = "the fence is never closed, so all that follows is code"
            yield Finding("warning", "fence-end", match.start("fence"), message, f"end it with `{match['fence']}`")
