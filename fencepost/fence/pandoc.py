"""Pandoc's own attributes: `{#id .python .numberLines startFrom="5" title="x.py" caption="…"}`.

Read as pandoc's `markdown` reader reads them; what it would refuse is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fencepost.fence.attributes import Attributes, read_attributes
from fencepost.fence.model import NUMBERED, Fence

SHOWN = frozenset({"title", "filename", "caption", "startFrom"})  # attributes that the reader sees otherwise
Pair = tuple[str, str]
_NAME = r"[^\W\d_][\w:.-]*"
_ATTRIBUTE = re.compile(
    rf"#(?P<id>[\w:.-]+)|\.(?P<class>{_NAME})|(?P<unnumbered>-)"
    rf"|(?P<key>{_NAME})=(?:\"(?P<double>(?!\s)[^\"\n]+)\"|'(?P<single>(?!\s)[^'\n]+)'|\"\"|''|(?P<bare>[^ \t\n\r}}]*))"
)
_INTEGER = re.compile(r"-?[0-9]{1,15}\Z")
_LANGUAGES = {"c++": "cpp", "objective-c": "objectivec"}  # as pandoc calls them


def parse(lang: str | None, meta: str) -> Fence:
    """Read the meta text of one fence.

    >>> fence = parse("{.python", '.numberLines startFrom="5" title="x.py" key=val}')
    >>> fence.lang, fence.start, fence.title, fence.attributes
    ('python', 5, 'x.py', (('key', 'val'),))
    """
    identifier, classes, pairs = _strict(f"{lang or ''} {meta}".strip()) or _lenient(lang, meta)
    first = next((name for name in classes if name not in NUMBERED), None)
    known = dict(reversed(pairs))  # of a key that comes twice, the first counts
    return Fence(
        lang=first,
        meta=meta,
        title=known.get("title", known.get("filename")) or None,
        caption=known.get("caption") or None,
        start=_number(classes, known.get("startFrom")),
        identifier=identifier,
        classes=tuple(classes),
        attributes=tuple((key, value) for key, value in pairs if key not in SHOWN),
    )


def _strict(info: str) -> tuple[str, list[str], list[Pair]] | None:
    """Read id, classes and pairs as pandoc does; None for what is no group of attributes to it."""
    language, brace, rest = info.partition("{")
    if not brace or not rest.endswith("}"):
        return None
    language = language.strip()
    classes = [_LANGUAGES.get(language.lower(), language.lower())] if language else []
    identifier, pairs, place = "", list[Pair](), _skip(rest, 0)
    while place < len(rest) - 1:
        match = _ATTRIBUTE.match(rest, place, len(rest) - 1)
        if not match:
            return None
        if match["key"]:
            value = next((match[name] for name in ("double", "single", "bare") if match[name] is not None), "")
            if match["key"] == "id":
                identifier = value
            elif match["key"] == "class":
                classes += value.split()
            else:
                pairs.append((match["key"], value))
        else:
            identifier = match["id"] or identifier
            classes += [match["class"] or "unnumbered"] if not match["id"] else []
        place = _skip(rest, match.end())
    return identifier, classes, pairs


def is_attributes(info: str) -> bool:
    """Say whether an info string is one group of attributes to pandoc, a language before it or not.

    >>> is_attributes("{.python #a}"), is_attributes("{1,3}"), is_attributes("js /x/ {#a}")
    (True, False, False)
    """
    return not any(char in " \t" for char in info.partition("{")[0].strip()) and _strict(info) is not None


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t":
        place += 1
    return place


def _lenient(lang: str | None, meta: str) -> tuple[str, list[str], list[Pair]]:
    """Read what is no group of attributes to pandoc as far as it goes."""
    found = read_attributes(lang, meta)
    pairs = [("startFrom" if key == "startfrom" else key, value) for key, (value, _) in found.pairs.items()]
    return found.identifier, [*([found.lang] if found.lang else []), *found.classes], pairs


def _number(classes: Iterable[str], first: str | None) -> int | None:
    if not NUMBERED.intersection(classes):
        return None
    return int(first) if first and _INTEGER.match(first) else 1


def first_number(found: Attributes) -> int | None:
    """Say the first line number; None where no class asks for numbers."""
    return _number((found.lang or "", *found.classes), found.get("startfrom"))
