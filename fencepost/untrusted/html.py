"""Raw HTML that is not trusted, cleaned."""

from __future__ import annotations

import re

import nh3

RAW = frozenset(["RawBlock", "RawInline"])


SCHEMES = frozenset(["http", "https", "mailto", "tel"])


TAGS = nh3.ALLOWED_TAGS - {"map", "area"}


ATTRIBUTES = {
    "*": {"id", "title", "dir", "lang", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "abbr": {"title"},
}


def clean(html: str, sign: re.Pattern[str] | None = None) -> str:
    """Take out of HTML what may act, load or pretend; words stay. A sign stays where words may be, not in attributes.

    >>> clean('<b onclick="x()">a</b><script>b</script><a href="javascript:c">d</a>')
    '<b>a</b><a rel="nofollow noopener">d</a>'
    """
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel="nofollow noopener",
        attribute_filter=None if sign is None else lambda tag, name, value: sign.sub("", value),
    )  # fmt: skip
