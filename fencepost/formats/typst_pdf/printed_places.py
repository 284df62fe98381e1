"""Where the characters of a post come to be printed: in the author's text, but in no comment, address or other key.

A sign that no font has may stand in a comment first, and further below in a word: the word is what a reader meets.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fencepost.frontmatter.reading import KEYS
from fencepost.markdown.locate import CODE
from fencepost.post.model import Post

Place = tuple[int | None, int | None]
PRINTED = frozenset(
    key for name in ("title", "subtitle", "description", "authors", "tags", "categories") for key in KEYS[name]
)
_UNPRINTED = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_RAW = frozenset(["RawBlock", "RawInline"])


def printed_places(post: Post, characters: str, *, code: bool | None = None) -> dict[str, Place]:
    """Find where each of some characters is printed first: line from 1, column from 0; those that are not are left out.

    With `code`, in code alone; with `code=False`, outside of it. A character that is written as `&#x…;` is found at
    the word that holds it. In the order of the text; (None, None) where pandoc gives no places.
    """
    places, wanted = post.places, set(characters)
    if not places.spots:
        return dict.fromkeys(characters, (None, None))
    found: dict[str, Place] = {}
    for char, offset in itertools.chain([] if code else _in_head(post, wanted), _in_body(post, wanted, code)):
        if char in wanted:
            wanted.remove(char)
            found[char] = places.place(offset)
        if not wanted:
            break
    return found


def _in_head(post: Post, wanted: set[str]) -> Iterator[tuple[str, int]]:
    """Walk the characters behind those keys of the front matter that are printed."""
    printed = {line: key in PRINTED for key, line in sorted(post.meta.lines.items(), key=lambda item: item[1])}
    offset, is_printed = 0, False
    for number, line in enumerate(post.carried.source[: post.places.body].split("\n"), 1):
        is_printed = printed.get(number, is_printed)
        if is_printed and not line.lstrip().startswith("#"):
            yield from ((char, offset + at) for at, char in enumerate(line) if char in wanted)
        offset += len(line) + 1


def _in_body(post: Post, wanted: set[str], code: bool | None) -> Iterator[tuple[str, int]]:
    """Walk the characters in words, in code and formulas, and between the tags of raw HTML."""
    for spot in post.places.of("Str", "Math", *CODE, *_RAW):
        if code is not None and (spot.kind in CODE) != code:
            continue
        written = post.carried.source[spot.start : spot.end]
        if spot.kind == "Str":  # the place is the link's where the word is all that it has
            held = [char for char in spot.node["c"] if char in wanted]
            yield from ((char, spot.start + max(0, written.find(char))) for char in held)
            continue
        if spot.kind in _RAW:
            written = _UNPRINTED.sub(lambda match: " " * len(match[0]), written)
        yield from ((char, spot.start + at) for at, char in enumerate(written) if char in wanted)
