"""Where a post's images are: beside it, under the site's root, in a data: URI, or on the web."""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import NamedTuple

from fencepost.system.urls import parts_of

SITE_ROOTS = ("public", "static", "assets")  # where generators keep what the site serves from /
MOST_BYTES = 64 * 1024 * 1024

SIGNATURES = (
    # first bytes          suffix
    (b"\x89PNG\r\n",       ".png"),
    (b"\xff\xd8\xff",      ".jpg"),
    (b"GIF8",              ".gif"),
    (b"%PDF",              ".pdf"),
)  # fmt: skip
KNOWN = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf"])
MEDIA_TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".avif": "image/avif",
}  # fmt: skip


class ImageError(Exception):
    """Why an image cannot be had, in words for the author."""


class Picture(NamedTuple):
    """An image's bytes and the suffix its content calls for (`.png`)."""

    data: bytes
    suffix: str

    @property
    def name(self) -> str:
        """Name the file by its content."""
        import hashlib

        return hashlib.sha256(self.data).hexdigest()[:16] + self.suffix

    @property
    def data_uri(self) -> str:
        """Write the picture as a URI that holds it."""
        import base64

        kind = MEDIA_TYPES.get(self.suffix, "application/octet-stream")
        return f"data:{kind};base64,{base64.b64encode(self.data).decode()}"


def is_remote(target: str) -> bool:
    """Say whether a target is on the web."""
    return target.startswith(("http://", "https://", "//"))


def is_data(target: str) -> bool:
    """Say whether a target holds the image itself."""
    return target[:5].lower() == "data:"


def suffix_of(data: bytes, name: str) -> str | None:
    """Tell an image's kind by its first bytes; by its name only where that is none of the kinds we know."""
    for start, suffix in SIGNATURES:
        if data.startswith(start):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if b"<svg" in data[:65536] or data[:2] == b"\x1f\x8b" and name.endswith(".svgz"):
        return ".svg"
    suffix = Path(parts_of(name).path).suffix.lower()
    return None if suffix in KNOWN or not suffix else suffix


def roots_of(folder: Path, site_root: str) -> tuple[Path, ...]:
    """List the folders that a post may read from: its own, and the site's root where one is named."""
    return (folder.resolve(), *([(folder / site_root).resolve()] if site_root else []))


def is_within(place: Path, roots: tuple[Path, ...]) -> bool:
    """Say whether a path, links followed, is below one of some folders; where there are none, anything is.

    Another drive is not even looked at: to Windows `//host/share` is one, and to follow it would call that host.
    """
    return not roots or any(place.drive in ("", root.drive) and place.resolve().is_relative_to(root) for root in roots)


class Images:
    """Finds the images of one post; each is read or fetched once.

    `folder` is the post's, `site_root` what `/images/x.png` starts from (else the folders of
    `SITE_ROOTS` are looked for from the post upward), `seconds` the time one remote image may take, `megapixels` how
    many million pixels an image may have. When `confined`, no file outside these two is read.
    """

    def __init__(
        self,
        folder: Path,
        site_root: str = "",
        *,
        offline: bool = False,
        seconds: float = 10.0,
        confined: bool = False,
        megapixels: float = 100.0,
    ) -> None:
        self.folder, self.site_root, self.offline, self.seconds = folder, site_root, offline, seconds
        self.megapixels = megapixels
        self.roots = roots_of(folder, site_root) if confined else ()
        self._pictures: dict[str, Picture | ImageError] = {}
        self.left_out: dict[str, list[str]] = {}  # by drawing: the files whose pictures it shows and does not hold

    def locate(self, target: str) -> Path:
        """Find the file that a local target means; percent escapes, queries and fragments are undone.

        Raises:
            ImageError: there is no such file.
        """
        for name in dict.fromkeys([target, urllib.parse.unquote(target.split("#")[0].split("?")[0])]):
            for place in self._places(name):
                try:
                    if is_within(place, self.roots) and place.is_file():
                        return place
                except (OSError, ValueError):
                    continue
        raise ImageError(f"no file {target}" if len(target) < 200 else "no such file")

    def _places(self, name: str) -> list[Path]:
        if not name:
            return []
        if not name.startswith("/"):
            return [self.folder / name]
        inside = name.lstrip("/")
        if self.site_root:
            return [self.folder / self.site_root / inside]
        if self.roots:
            return []  # what lies above the post is not its own
        home = self.folder.resolve()
        return [parent / root / inside for parent in [home, *home.parents] for root in SITE_ROOTS]

    def picture(self, target: str) -> Picture:
        """Read an image, wherever it is.

        Raises:
            ImageError: it cannot be had.
        """
        if target not in self._pictures:
            try:
                self._pictures[target] = self._read(target)
            except ImageError as problem:
                self._pictures[target] = problem
        found = self._pictures[target]
        if isinstance(found, ImageError):
            raise found
        return found

    def _read(self, target: str) -> Picture:
        if is_data(target):
            data, name = _data_uri(target), ""
        elif is_remote(target):
            data, name = self._fetch(target), target
        else:
            file = self.locate(target)
            data, name = _file(file), file.name
        if not data:
            raise ImageError(f"{target[:80]} is empty")
        suffix = suffix_of(data, name)
        if suffix is None:
            raise ImageError(f"{target[:80]} is no image, or a damaged one")
        return Picture(self._bounded(data, suffix, target), suffix)

    def _bounded(self, data: bytes, suffix: str, target: str) -> bytes:
        """Refuse what would take too much to decode; give a drawing that only draws."""
        from fencepost.images import bounds

        try:
            if suffix == ".svg":
                from fencepost.images.svgclean import pictures_elsewhere

                if elsewhere := pictures_elsewhere(data):
                    self.left_out[target] = elsewhere
                return bounds.drawing(data, self.megapixels, MOST_BYTES)
        except ValueError as error:
            raise ImageError(f"{target[:80]} {error}") from None
        if problem := bounds.refusal(data, self.megapixels):
            raise ImageError(f"{target[:80]} {problem} (`image-megapixels`)")
        return data

    def _fetch(self, target: str) -> bytes:
        if self.offline:
            raise ImageError(f"{target} is on the web, and --offline forbids to fetch it")
        from fencepost.images.fetching import FetchError, fetch  # 20 ms, and few posts need it

        try:
            data = fetch("https:" + target if target.startswith("//") else target, self.seconds, MOST_BYTES + 1)
        except FetchError as problem:
            raise ImageError(f"{target[:200]} could not be fetched: {problem}") from None
        if len(data) > MOST_BYTES:
            raise ImageError(f"{target} is larger than {MOST_BYTES // 2**20} MB")
        return data


def _file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ImageError(f"{file.name} cannot be read: {error.strerror}") from None


def _data_uri(target: str) -> bytes:
    import base64
    import binascii

    head, comma, body = target.partition(",")
    if not comma:
        raise ImageError("the data: URI has no data")
    if not head.lower().endswith(";base64"):
        return urllib.parse.unquote_to_bytes(body)
    try:
        return base64.b64decode(urllib.parse.unquote_to_bytes(body), validate=False)
    except (binascii.Error, ValueError):
        raise ImageError("the data: URI's base64 is damaged") from None
