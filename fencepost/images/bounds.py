"""What a picture may cost whoever decodes it: its size is read before, and a drawing is made harmless.

65 bytes may claim 2³¹ pixels, and a program that believes them ends without a word.
"""

from __future__ import annotations

import zlib

from fencepost.images.pixels import size_of

MILLION = 1_000_000


def refusal(data: bytes, megapixels: float) -> str:
    """Say why a picture is too large to be decoded; empty where it is not. No picture is decoded for it."""
    size = size_of(data)
    if size is None or size[0] * size[1] <= megapixels * MILLION:
        return ""
    return f"claims {size[0]} × {size[1]} pixels, more than {megapixels:g} million"


def plain_svg(data: bytes, most: int) -> bytes:
    """Give a drawing without its compression.

    Raises:
        ValueError: it is larger than `most` bytes, damaged, or holds a picture that is too large.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        unpacker = zlib.decompressobj(31)
        plain = unpacker.decompress(data, most + 1)
    except zlib.error:
        raise ValueError("is damaged") from None
    if len(plain) > most:
        raise ValueError(f"is larger than {most // 2**20} MB")
    return plain


def drawing(data: bytes, megapixels: float, most: int) -> bytes:
    """Give a drawing that only draws, of pictures that may be decoded.

    Raises:
        ValueError: there is something in it that may not be; the words say what.
    """
    from fencepost.images.svgclean import harmless

    def checked(raster: bytes) -> None:
        if problem := refusal(raster, megapixels):
            raise ValueError(f"holds a picture that {problem}")

    return harmless(plain_svg(data, most), checked)
