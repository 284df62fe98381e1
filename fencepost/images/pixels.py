"""How many pixels an image has, read from what it says of itself; no picture is decoded."""

from __future__ import annotations

import struct


def size_of(data: bytes) -> tuple[int, int] | None:
    """Give width and height of a PNG, GIF, JPEG, WebP, AVIF, BMP or TIFF; None for what has none, or is none of these.

    Where an image names several sizes, as of its frames, the largest.

    >>> size_of(b"GIF89a" + bytes((2, 1, 3, 0)))
    (258, 3)
    """
    if data[4:8] == b"ftyp":
        return _avif(data)
    for start, read in _READERS:
        if data.startswith(start):
            try:
                return read(data)
            except (struct.error, IndexError):
                return None
    return None


def _largest(sizes: list[tuple[int, int]]) -> tuple[int, int] | None:
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    """Walk the blocks: a frame may be larger than the screen that the head names."""
    sizes = [struct.unpack("<HH", data[6:10])]
    at = 13 + (3 << (data[10] & 7) + 1 if len(data) > 10 and data[10] & 0x80 else 0)
    while at < len(data) and data[at] in (0x21, 0x2C):
        if data[at] == 0x2C:
            if len(data) < at + 10:
                break
            sizes.append(struct.unpack("<HH", data[at + 5 : at + 9]))
            at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
        else:
            at += 2
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return _largest([(width, height) for width, height in sizes])


def _bmp(data: bytes) -> tuple[int, int]:
    if struct.unpack("<I", data[14:18])[0] == 12:
        width, height = struct.unpack("<HH", data[18:22])
    else:
        width, height = struct.unpack("<ii", data[18:26])
    return abs(width), abs(height)


def _tiff(data: bytes) -> tuple[int, int] | None:
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(f"{order}I", data[4:8])[0]
    found = {}
    for entry in range(struct.unpack(f"{order}H", data[at : at + 2])[0]):
        tag, kind = struct.unpack(f"{order}HH", data[at + 2 + entry * 12 : at + 6 + entry * 12])
        value = data[at + 10 + entry * 12 : at + 14 + entry * 12]
        if tag in (256, 257):
            found[tag] = struct.unpack(f"{order}{'H' if kind == 3 else 'I'}", value[: 2 if kind == 3 else 4])[0]
    return (found[256], found[257]) if len(found) == 2 else None


def _avif(data: bytes) -> tuple[int, int] | None:
    """Give the largest of the sizes that its parts name."""
    sizes, at = [], data.find(b"ispe", 8)
    while at >= 0 and len(data) >= at + 16:
        sizes.append(struct.unpack(">II", data[at + 8 : at + 16]))
        at = data.find(b"ispe", at + 4)
    return _largest([(width, height) for width, height in sizes])


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header; every one names its length."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            return None
        kind = data[at + 1]
        if kind == 0xFF:  # a filler
            at += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    sizes, at = [], 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if size := _webp_part(kind, data[at - 12 :]):
            sizes.append(size)
        at += 8 + (16 if kind == b"ANMF" else length + length % 2)  # a frame's own parts are inside of it
    return _largest(sizes)


def _webp_part(kind: bytes, data: bytes) -> tuple[int, int] | None:
    """Give the size that one part names; it begins at 12."""
    if len(data) < 30 and kind != b"VP8L" or len(data) < 25:
        return None
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


_READERS = (
    (b"\x89PNG\r\n", _png),
    (b"GIF8",        _gif),
    (b"\xff\xd8",    _jpeg),
    (b"RIFF",        _webp),
    (b"BM",          _bmp),
    (b"II*\0",       _tiff),
    (b"MM\0*",       _tiff),
)  # fmt: skip
