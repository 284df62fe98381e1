"""Rules of headings: skipped levels, and anchors that two share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from fencepost.checks.model import Finding, Subject
from fencepost.markdown.locate import Spot
from fencepost.markdown.slugs import slug
from fencepost.pandoc.tree import text_of

_ID = re.compile(r"""<\w[^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""")


def skipped_levels(subject: Subject) -> Iterator[Finding]:
    """Find headings more than one level below the one before: screen readers and PDF/UA miss the level between."""
    before = 1 if subject.meta.title else 0
    for spot in subject.places.of("Header"):
        level = spot.node["c"][0]
        if level > before + 1 and before:
            message = f"the heading skips from level {before} to {level}"
            yield Finding("warning", "heading-skip", spot.start, message, f"write it as `{'#' * (before + 1)}`")
        before = level


def anchors(subject: Subject) -> dict[str, list[Spot]]:
    """Group the headings by the anchor that their words make."""
    found: dict[str, list[Spot]] = {}
    for spot in subject.places.of("Header"):
        found.setdefault(slug(text_of(spot.node["c"][2])), []).append(spot)
    return found


def duplicate_ids(subject: Subject) -> Iterator[Finding]:
    """Find headings of the same words; a link to such an anchor arrives at the first, whatever was meant."""
    linked = {unquote(spot.node["c"][2][0].lstrip("#")) for spot in subject.places.of("Link")}
    for name, spots in anchors(subject).items():
        for number, spot in enumerate(spots[1:], 1):
            first = subject.places.place(spots[0].start)[0]
            message, help = f"the heading of line {first} has the same words", f"its anchor is #{name}-{number}"
            if name in linked:
                message += f", and a link leads to #{name}"
                yield Finding("warning", "heading-duplicate", spot.start, message, help)
            else:
                yield Finding("note", "heading-duplicate", spot.start, message, help)


def duplicate_html_ids(subject: Subject) -> Iterator[Finding]:
    """Find an `id` that raw HTML gives twice, or that a heading has already: only the first is an anchor."""
    seen = {name: spots[0].start for name, spots in anchors(subject).items()}
    for raw in subject.places.of("RawBlock", "RawInline"):
        for match in _ID.finditer(subject.source, raw.start, raw.end):
            if match[1] in seen:
                line = subject.places.place(seen[match[1]])[0]
                message = f"the id {match[1]} stands on line {line} already"
                yield Finding("warning", "heading-duplicate", match.start(1), message, "give it another id")
            seen.setdefault(match[1], match.start(1))
