"""Rules of links: posts and files that are not there, anchors of other posts, anchors that are nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

from fencepost.checks.headings import anchors
from fencepost.checks.model import Edit, Finding, Subject
from fencepost.diagnostics.nearest import LONGEST, MOST_KNOWN, nearest
from fencepost.images import roots_of
from fencepost.markdown.locate import Spot
from fencepost.markdown.slugs import Slugger, slug
from fencepost.settings.outputs import SOURCES

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)
_MARKS = re.compile(r"[*_`~]|\]\([^)\n]*\)|!?\[|\]")
_RAW_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^\s"'<>]+)""")


def broken_links(subject: Subject) -> Iterator[Finding]:
    """Find links to posts and files beside the post that do not exist, and to headings that another post has not."""
    for spot in subject.places.of("Link"):
        target = spot.node["c"][2][0]
        if not target:
            yield Finding(
                "warning", "link-empty", spot.start, "the link leads nowhere", "write an address: `[words](…)`"
            )
        elif not _SCHEME.match(target) and target[0] not in "#/?":
            yield from _beside(subject, spot, target)


def _beside(subject: Subject, spot: Spot, target: str) -> Iterator[Finding]:
    path, _, anchor = target.partition("#")
    name = unquote(path.partition("?")[0])
    file = subject.folder / name
    if not Path(name).suffix or not name.strip():  # a page of the site, whose addresses only the site knows
        return
    if subject.options.untrusted and not _is_within(file, subject):
        return  # a stranger learns nothing of what else there is
    offset = subject.places.target_offset(spot)
    try:
        is_there = file.exists()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        near = _nearest(file.name, _names_in(file.parent), subject)
        help = f"did you mean `{near}`?" if near else "paths start from the post's folder"
        yield Finding("warning", "link-post", offset, f"there is no file {name[:120]}", help)
    elif anchor and file.suffix.lower() in SOURCES and unquote(anchor) not in _anchors_of(file):
        near = _nearest(unquote(anchor), _anchors_of(file), subject)
        help = f"did you mean `#{near}`?" if near else "anchors are GitHub's: the heading in lower case"
        yield Finding("warning", "link-anchor", offset, f"{name} has no heading with the anchor #{anchor[:80]}", help)


def _nearest(name: str, known: frozenset[str], subject: Subject) -> str:
    """Give the name that was meant: for so many among so many as a person makes mistakes."""
    if len(known) > MOST_KNOWN or len(name) > LONGEST or not subject.may_compare():
        return ""
    return nearest(name, sorted(known))


@lru_cache(maxsize=64)
def _names_in(folder: Path) -> frozenset[str]:
    """List what lies in a folder; nothing where it cannot be read."""
    try:
        return frozenset(file.name for file in folder.iterdir())
    except (OSError, ValueError):
        return frozenset()


def _is_within(file: Path, subject: Subject) -> bool:
    roots = roots_of(subject.folder, subject.options.site_root)
    try:
        return any(file.resolve().is_relative_to(root.resolve()) for root in roots)
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=64)
def _anchors_of(file: Path) -> frozenset[str]:
    """Read the anchors of another post, as its headings are written."""
    text = file.read_text(encoding="utf-8", errors="replace")
    slugger = Slugger()
    return frozenset(
        [slugger.unique(_MARKS.sub("", found.rstrip(" \t#"))) for found in _HEADING.findall(text)]
    ) | frozenset(_RAW_ID.findall(text))


def nearly_anchors(subject: Subject) -> Iterator[Finding]:
    """Find `#My-Heading` where the anchor is `#my-heading`: links arrive on the web by luck only."""
    known = anchors(subject)
    for spot in subject.places.of("Link"):
        target = spot.node["c"][2][0]
        name = unquote(target[1:]) if target.startswith("#") else ""
        right = slug(name)
        if not name or name in known or right not in known:
            continue
        start = subject.places.target_offset(spot)
        written = next((form for form in (target, unquote(target)) if subject.source.startswith(form, start)), "")
        fixed = "#" + (quote(right) if written == target and "%" in target else right)
        edit = Edit(start, start + len(written), fixed) if written else None
        yield Finding(
            "warning", "link-spelling", start, f"the anchor is {fixed}, not {target}", "`--fix` writes it so", edit
        )
