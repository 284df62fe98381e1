"""The rules of `fencepost check`, a module a group; what convert itself says comes from `converted`."""

from __future__ import annotations

from fencepost.checks import blocks, encoding, fences, head, headings, links, pictures
from fencepost.checks.model import Rule

RULES: tuple[Rule, ...] = (
    encoding.wrong_encoding,
    encoding.lost_characters,
    head.unknown_keys,
    head.no_title,
    headings.skipped_levels,
    headings.duplicate_ids,
    headings.duplicate_html_ids,
    fences.unknown_languages,
    fences.misspelt_options,
    fences.wide_lines,
    fences.without_end,
    blocks.unknown_alerts,
    blocks.containers,
    pictures.without_alt,
    links.broken_links,
    links.nearly_anchors,
)
