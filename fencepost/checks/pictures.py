"""Rules of images: what a reader who cannot see them is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.checks.model import Finding, Subject
from fencepost.pandoc.tree import text_of

_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*(?:=|[\s/>])", re.IGNORECASE)
_HELP = "say in the brackets what it shows: `![words](picture)`"


def without_alt(subject: Subject) -> Iterator[Finding]:
    """Find images without an alternative text; in HTML, `alt=""` says that there is nothing to tell."""
    for spot in subject.places.of("Image"):
        if not text_of(spot.node["c"][1]).strip():
            message = f"the image {spot.node['c'][2][0][:80]} has no alternative text"
            yield Finding("warning", "image-alt", spot.start, message, _HELP)
    for raw in subject.places.of("RawBlock", "RawInline"):
        for match in _IMG.finditer(subject.source, raw.start, raw.end):
            if not _ALT.search(match[0]):
                yield Finding("warning", "image-alt", match.start(), "<img> has no `alt`", 'write `alt="…"`')
