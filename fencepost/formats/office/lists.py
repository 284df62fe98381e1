"""Tables in lists of an OpenDocument text: items may hold none, and word processors drop what pandoc puts there.

The lists end before a table and go on after it, with their count; what is left of an item stands in a list's header,
which has no sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)(text:list-item|text:list|table:table|text:note-body|text:p|text:h)(?=[\s/>])([^>]*)>")
_ROOMS = frozenset(["table:table", "text:note-body"])  # lists in them are none of those around
_STYLE = re.compile(r'table:style-name="([^"]+)"')


@dataclass(slots=True)
class _Open:
    """A list or an item that has begun: its name, its attributes, whether its tag is open just now."""

    name: str
    attributes: str
    is_open: bool = True


def tables_out_of_lists(xml: str) -> tuple[str, dict[str, int]]:
    """Let lists end before tables and go on after them; say, by its style, how deep in lists a table stands."""
    out, rooms, place = [], [list[_Open]()], 0
    depths: dict[str, int] = {}
    for found in _TOKEN.finditer(xml):
        out.append(xml[place : found.start()])
        place = found.end()
        end, name, attributes = found.groups()
        around = rooms[-1]
        if name in _ROOMS and end:
            rooms.pop()
        elif name in _ROOMS:
            if name == "table:table" and around and (style := _STYLE.search(attributes)):
                out.append(_closed(around))
                depths[style[1]] = sum(one.name == "text:list" for one in around)
            rooms.append([])
        elif name in ("text:p", "text:h"):
            out.append("" if end else _opened(around))
        elif end:
            one = around.pop()
            out.append(f"</{one.name}>" if one.is_open else "")
            continue
        else:
            out.append(_opened(around))
            around.append(_Open(name, attributes))
        out.append(found[0])
    return "".join([*out, xml[place:]]), depths


def _closed(lists: list[_Open]) -> str:
    """End what is open, the innermost first."""
    ended = [one for one in reversed(lists) if one.is_open]
    for one in ended:
        one.is_open = False
    return "".join(f"</{one.name}>" for one in ended)


def _opened(lists: list[_Open]) -> str:
    """Begin again what was ended: lists count on, items have no sign of their own any more."""
    out = ""
    for one in lists:
        if one.is_open:
            continue
        one.is_open = True
        if one.name == "text:list":
            attributes = re.sub(r' text:continue-numbering="\w+"', "", one.attributes)
            out += f'<text:list{attributes} text:continue-numbering="true">'
        else:
            one.name = "text:list-header"
            out += "<text:list-header>"
    return out
