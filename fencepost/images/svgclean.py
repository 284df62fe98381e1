"""An SVG that only draws: no script, no handler, nothing fetched from elsewhere. What is drawn stays as it was written.

A reader of XML refuses what is not well-formed: so tags and attributes can be told by their signs, and no byte of a
drawing that has nothing of the kind is changed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

Checked = Callable[[bytes], None]  # told of each raster that a drawing carries; may refuse it

DEEPEST = 4  # drawings within drawings
DROPPED = frozenset([
    "script", "handler", "listener", "iframe", "frame", "object", "embed", "applet", "audio", "video", "link", "base",
    "meta", "form", "input", "button",
])  # fmt: skip
ADDRESSES = frozenset(["href", "src", "srcset", "data", "poster", "action", "formaction", "background"])
RASTERS = ("png", "jpeg", "gif", "webp")
_SUSPECT = re.compile(
    rb"<[\w.-]*:?(?:script|handler|listener|iframe|frame|object|embed|applet|audio|video|link|base|meta|form)\b"
    rb"|[\s\"'/]on\w+\s*=|(?:href|src|srcset|data|poster|action|background)\s*=\s*[\"'](?!#)|data:"
    rb"|@import|url\(\s*(?:[\"']|&quot;)?\s*(?!#)|<!ENTITY|<\?(?!xml\s)|xml:base|attributeName\s*=\s*[\"'][^\"']*(?:href|on)"
    rb"|encoding\s*=\s*[\"'](?!utf-?8|us-ascii)",
    re.IGNORECASE,
)
# (what is opened and never closed goes on to the end: nothing is looked for twice)
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*(?:\[.*?(?:\]\s*>|\Z)|>|\Z)"
    r"|<[/A-Za-z_:](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_NAME = re.compile(r"</?(?:[\w.-]+:)?([\w.-]+)")
_ATTRIBUTE = re.compile(r"(?<!\s)\s+(?:([\w.-]+):)?([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)\s+(?:\"([^\"<&%]*)\"|'([^'<&%]*)')\s*>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_IMPORT = re.compile(r"@import\b[^;{}<]*;?", re.IGNORECASE)
_URL = re.compile(r"url\(([^)]*)(?:\)|\Z)", re.IGNORECASE)
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[^,;]*)*),", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LEADS_TO = ("http:", "https:", "mailto:")  # where a link in a drawing may lead


def harmless(svg: bytes, checked: Checked, depth: int = 0) -> bytes:
    """Give a drawing without what runs and what is fetched; a raster that it carries is handed to `checked`.

    Raises:
        ValueError: drawings are within drawings too deeply, or its encoding is not known.
    """
    if not _SUSPECT.search(svg) and svg[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return svg
    if depth > DEEPEST:
        raise ValueError("drawings are within drawings too deeply")
    text = _without_entities(_decoded(svg))
    return "".join(_cleaned(text, checked, depth)).encode()


_PICTURE = re.compile(
    rb"<(?:[\w.-]+:)?(?:image|use|feimage|img)\s[^<>]{0,2000}?(?:href|src)\s*=\s*"
    rb"(?:\"([^\"#][^\"]*)\"|'([^'#][^']*)')",
    re.IGNORECASE,
)


def pictures_elsewhere(svg: bytes) -> list[str]:
    """List the files and addresses whose pictures a drawing shows and does not hold: `harmless` leaves them out."""
    found = ((one or two).decode("utf-8", "replace").strip() for one, two in _PICTURE.findall(svg))
    return list(dict.fromkeys(unescape(address) for address in found if not address.lower().startswith("data:")))


def _decoded(svg: bytes) -> str:
    """Read a drawing in the encoding that it names."""
    if svg[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return svg.decode("utf-16", "replace")
    named = _ENCODING.match(svg.lstrip())
    try:
        text = svg.decode(named[1].decode() if named else "utf-8-sig", "replace")
    except LookupError:
        raise ValueError("its encoding is not known") from None
    return re.sub(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][\w.-]+[\"']", r"\1", text, count=1) if named else text


def _without_entities(text: str) -> str:
    """Write the words that a drawing names in its head, as Illustrator's do, where it uses them."""
    head = text.find("<!DOCTYPE")
    found = _TOKEN.match(text, head) if head >= 0 else None
    if not found or "[" not in found[0]:
        return text
    words = {name: one or two for name, one, two in _ENTITY.findall(found[0])}
    start, rest = text[: found.start()], text[found.end() :]
    if sum(rest.count(f"&{name};") * len(word) for name, word in words.items()) > 10 * len(text) + 100_000:
        raise ValueError("its entities make it too large")
    return start + re.sub(r"&([\w.-]+);", lambda used: words.get(used[1], used[0]), rest)


def _cleaned(text: str, checked: Checked, depth: int) -> Iterator[str]:
    """Give a drawing's parts, one by one, without those that do something."""
    at, inside, level, in_style = 0, "", 0, False  # the element that is left out, and how many of its name are open
    for token in _TOKEN.finditer(text):
        if not inside:
            words = text[at : token.start()]
            yield _style(words, checked, depth) if in_style else words
        at = token.end()
        written = token[0]
        name = found[1].lower() if (found := _NAME.match(written)) else ""
        if inside:
            if name == inside and not written.endswith("/>"):
                level += -1 if written.startswith("</") else 1
                inside = inside if level else ""
        elif not name:
            yield _aside(written, checked, depth) if in_style or written[1] == "?" else written
        elif name in DROPPED or _moves_an_address(name, written):
            if not written.endswith("/>") and not written.startswith("</"):
                inside, level = name, 1
        else:
            in_style = name == "style" and not written.startswith("</") and not written.endswith("/>")
            yield _tag(name, written, checked, depth)
    if not inside:
        yield text[at:]


def _aside(written: str, checked: Checked, depth: int) -> str:
    """Give what is neither tag nor text: of instructions only the XML declaration; in a style sheet its words."""
    if written.startswith("<?"):
        return written if re.match(r"<\?xml\s", written) else ""
    return _style(written, checked, depth) if written.startswith("<![CDATA[") else written


def _moves_an_address(name: str, written: str) -> bool:
    """Say whether an element of an animation changes where something leads, or what it does."""
    if name not in ("animate", "set", "animatetransform", "animatemotion"):
        return False
    for _, attribute, one, two in _ATTRIBUTE.findall(written):
        if attribute.lower() == "attributename":
            moved = unescape(one or two).strip().rpartition(":")[2].lower()
            return moved in ADDRESSES or moved.startswith("on")
    return False


def _tag(name: str, written: str, checked: Checked, depth: int) -> str:
    """Write a start tag without handlers and addresses that are fetched."""

    def kept(found: re.Match[str]) -> str:
        prefix, attribute, value = found[1] or "", found[2].lower(), found[3] if found[3] is not None else found[4]
        if attribute.startswith("on") or prefix == "xml" and attribute == "base":
            return ""
        if attribute in ADDRESSES:
            address = _address(name, unescape(value), checked, depth)
            return "" if address is None else found[0].replace(value, address) if address != value else found[0]
        return found[0] if "url(" not in value.lower() else found[0].replace(value, _style(value, checked, depth))

    return _ATTRIBUTE.sub(kept, written)


def _address(name: str, address: str, checked: Checked, depth: int) -> str | None:
    """Give an address that a drawing may have, escaped; None for one that it may not."""
    bare = re.sub(r"[\x00-\x20]+", "", address)
    if bare.startswith("#"):
        return bare.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;")
    if name == "a":
        is_link = bare.lower().startswith(_LEADS_TO) or not _SCHEME.match(bare)
        escaped = bare.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;")
        return escaped if is_link else None
    return _data(bare, checked, depth)


def _data(address: str, checked: Checked, depth: int) -> str | None:
    """Give a picture that a drawing carries, judged by its content; None for what is none."""
    head = _DATA.match(address)
    if not head:
        return None
    body = unquote_to_bytes(address[head.end() :])
    if head[2].lower().endswith(";base64"):
        try:
            body = base64.b64decode(body, validate=False)
        except (binascii.Error, ValueError):
            return None
    if b"<svg" in body[:65536]:
        inner = base64.b64encode(harmless(body, checked, depth + 1)).decode()
        return f"data:image/svg+xml;base64,{inner}"
    kind = head[1].lower().removeprefix("image/")
    if kind.replace("jpg", "jpeg") not in RASTERS:
        return address if _is_font(head[1]) else None
    checked(body)
    return address


def _is_font(kind: str) -> bool:
    return kind.lower().startswith(("font/", "application/font", "application/x-font", "application/vnd.ms-font"))


def _style(css: str, checked: Checked, depth: int) -> str:
    """Write a style without what it fetches; fonts and pictures that it carries stay."""

    def kept(found: re.Match[str]) -> str:
        address = unescape(found[1]).strip().strip("\"'").strip()
        if address.startswith("#"):
            return found[0]
        if address[:5].lower() != "data:":
            return "none"
        if address[:40].lower().startswith(("data:application/octet-stream", "data:;")):  # fonts of older exports
            return found[0] if b"<svg" not in address.encode() else "none"
        made = _data(address, checked, depth)
        return "none" if made is None else found[0] if made == address else f"url({made})"

    return _URL.sub(kept, _IMPORT.sub("", css))
