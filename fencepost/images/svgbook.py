"""An SVG as an EPUB can hold it: labels of HTML as text, and each id a name of XML's that is there once.

Mermaid's mind maps have ids twice, PlantUML's arrows `A<-B`, Figma's frames `Frame 1`: a store refuses such a book.
"""

from __future__ import annotations

import re

from fencepost.images.svgprint import labels_as_text

_TAG = re.compile(r"<[A-Za-z][^<>]*\sid\s*=[^<>]*>")
_ID = re.compile(r"""(\sid\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_USE = re.compile(r"""(?<=#)([^"'()#]+)(?=["')])""")
_NAME = re.compile(r"[^\W\d][\w.-]*\Z")


def for_book(svg: bytes) -> bytes:
    """Give an SVG without HTML, without an id that is there twice or is no name; what refers to one follows."""
    text = labels_as_text(svg).decode("utf-8", "replace")
    ids = [found[2] or found[3] or "" for found in _ID.finditer(text)]
    named = {name: _name(name) for name in ids if not _NAME.match(name)}
    if not named and len(ids) == len(set(ids)):
        return text.encode()
    seen: set[str] = set()

    def once(found: re.Match[str]) -> str:
        name = found[2] or found[3] or ""
        name = named.get(name, name)
        if name in seen:
            return ""
        seen.add(name)
        return f'{found[1]}"{name}"'

    text = _TAG.sub(lambda tag: _ID.sub(once, tag[0]), text)
    return _USE.sub(lambda found: named.get(found[0], found[0]), text).encode() if named else text.encode()


def _name(text: str) -> str:
    """Make a name of what is none.

    >>> _name("Frame 1"), _name("A&lt;-B")
    ('id_Frame_1', 'id_A_lt_-B')
    """
    return "id_" + re.sub(r"[^\w.-]+", "_", text)
