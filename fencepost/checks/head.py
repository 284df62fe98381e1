"""Rules of front matter: keys that nobody reads, and a post without a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fencepost.checks.model import Finding, Subject
from fencepost.diagnostics.nearest import nearest
from fencepost.frontmatter.reading import KEYS
from fencepost.frontmatter.values import OPTIONS, folded
from fencepost.options import spelled

# what blog systems read and we have no use for
_WORDS = """
    layout permalink type id uid aliases alias weight series params featured toc_sticky hidden pin pinned sitemap
    comments math mermaid extra template_engine taxonomies menu url redirect_from redirect_to markup outputs resources
    cascade expiryDate linkTitle isoverridable robots seo og twitter schema custom_edit_url sidebar_label
    sidebar_position pagination_next pagination_prev hide_title hide_table_of_contents head hero banner_alt readTime
    readingTime reading_time_minutes status visibility codeinjection_head codeinjection_foot meta_title
    meta_description og_title og_description twitter_title twitter_description published_at devto bibliography csl
    nocite references citation rights copyright license licence publisher abstract affiliation institute thanks
    header_includes include_before include_after geometry documentclass fontsize mainfont linkcolor classoption
    identifier relation coverage format editor execute jupyter engine knitr filters freeze version contributors
    discussion newsletter sponsor related previous next index order group parent nav nav_order has_children
    author_url author_twitter author_image coauthors minutes excerpt_separator last_verified source
"""
FOREIGN = frozenset(folded(name) for name in _WORDS.split())
_OURS = {name for names in KEYS.values() for name in names} | {spelled(option.name) for option in OPTIONS.values()}


def unknown_keys(subject: Subject) -> Iterator[Finding]:
    """Find keys that are nobody's; a warning where one of ours is nearly the same."""
    for key, line in subject.meta.lines.items():
        if key not in subject.meta.extra or folded(key) in FOREIGN or key in subject.options.fields:
            continue
        near = nearest(key.lower(), _OURS, 0.8)
        help = f"did you mean `{near}`?" if near else "`fields` in fencepost.yaml gives a key of your own a meaning"
        offset, message = _offset(subject, key, line), f"nothing here reads the key `{key}`"
        if near:
            yield Finding("warning", "front-matter-key", offset, message, help)
        else:
            yield Finding("note", "front-matter-key", offset, message, help)


def _offset(subject: Subject, key: str, line: int) -> int:
    start = sum(len(text) + 1 for text in subject.source.split("\n")[: line - 1])
    found = re.compile(re.escape(key)).search(subject.source, start)
    return found.start() if found else start


def no_title(subject: Subject) -> Iterator[Finding]:
    """Find a post that says its title neither in the front matter nor by a heading of the first level."""
    if subject.meta.title or subject.body and not subject.meta.lines:  # the front matter itself cannot be read
        return
    if any(spot.node["c"][0] == 1 for spot in subject.places.of("Header")):
        return
    help = "write `title: …` between two lines of `---` at the top"
    yield Finding("note", "front-matter-title", 0, "the post has no title", help)
