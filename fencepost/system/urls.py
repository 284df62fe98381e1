"""Addresses as authors write them: with spaces, letters of any script, wrong ports, brackets that nothing closes.

Python's `urllib` raises for some of these, at different places. Here alone it is asked.
"""

from __future__ import annotations

import re
import urllib.parse

_NO_PARTS = urllib.parse.SplitResult("", "", "", "", "")
_PLAIN = re.compile(r"[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]*")  # RFC 3986: what a URL is written with
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH = "/%:@!$&'()*+,;=~"


def parts_of(address: str) -> urllib.parse.SplitResult:
    """Take an address apart; of what is none (`http://[`), all parts are empty."""
    try:
        return urllib.parse.urlsplit(address)
    except ValueError:
        return _NO_PARTS


def is_one(address: str) -> bool:
    """Say whether a text can be an address, whole or relative: `http://[` cannot."""
    try:
        urllib.parse.urlsplit(address)
    except ValueError:
        return False
    return True


def joined(base: str, address: str) -> str:
    """Read an address from another; where one of them is none, it stays as it is."""
    try:
        return urllib.parse.urljoin(base, address)
    except ValueError:
        return address


def encoded(address: str) -> str:
    """Write an address of the web as a URL: UTF-8 in per cent signs, the host in IDNA's letters.

    >>> encoded("https://example.org/a b.png"), encoded("//bücher.example:80/ü?q=ü#100%")
    ('https://example.org/a%20b.png', '//xn--bcher-kva.example:80/%C3%BC?q=%C3%BC#100%25')

    Raises:
        ValueError: it is none: a port that is no number, a bracket that nothing closes, no host.
    """
    scheme, netloc, path, query, fragment = parts = urllib.parse.urlsplit(address)
    _ = parts.port  # raises where it is no number, or too large
    if not parts.hostname:
        raise ValueError("it names no host")
    if not netloc.isascii():
        user, at, rest = netloc.rpartition("@")
        host, colon, port = rest.partition(":")
        netloc = f"{user}{at}{host.encode('idna').decode()}{colon}{port}"
    if re.search(r"[\s\"<>\\^`{|}]", netloc):
        raise ValueError("no host has such a name")
    more = _PATH + "?"
    written = [_quoted(part, safe) for part, safe in ((path, _PATH), (query, more), (fragment, more))]
    return urllib.parse.urlunsplit((scheme, netloc, *written))


def _quoted(text: str, safe: str) -> str:
    text = text.encode("utf-8", "replace").decode()  # halves of a surrogate pair
    return urllib.parse.quote(_STRAY.sub("%25", text), safe)


def tidy(address: str) -> str:
    """Write an address as a URL where it is not and can be; else leave it as it is, to the character."""
    if _PLAIN.fullmatch(address):
        return address
    try:
        return encoded(address)
    except ValueError:
        return address
