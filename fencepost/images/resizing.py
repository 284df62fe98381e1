"""Pictures made smaller, for books that must be small: by Pillow, which is an extra."""

from __future__ import annotations

import io
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.images import Picture

# suffix  Pillow's format and how it is written
SAVED: dict[str, tuple[str, dict[str, Any]]] = {
    ".png":  ("PNG",  {"optimize": True}),
    ".jpg":  ("JPEG", {"quality": 85, "optimize": True, "progressive": True}),
    ".jpeg": ("JPEG", {"quality": 85, "optimize": True, "progressive": True}),
    ".webp": ("WEBP", {"quality": 85, "method": 6}),
}  # fmt: skip


def check_pillow(path: str) -> None:
    """Refuse a run that asks for smaller pictures where nothing can make them.

    Raises:
        FencepostError: Pillow is not installed.
    """
    from importlib.util import find_spec

    if find_spec("PIL") is None:
        problem = "epub-image-size needs Pillow, which is not installed"
        raise FencepostError(
            Diagnostic(path, None, None, "error", "images", problem, "pip install 'fencepost[images]'")
        )


def within(picture: Picture, pixels: int) -> Picture:
    """Make a picture of at most so many pixels on its longer side; drawings, GIFs and smaller ones stay as they are.

    One that Pillow cannot read stays too: a damaged image is reported elsewhere.
    """
    if picture.suffix not in SAVED:
        return picture
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(picture.data)) as opened:
            if max(opened.size) <= pixels or getattr(opened, "n_frames", 1) > 1:
                return picture
            image = ImageOps.exif_transpose(opened) or opened
            image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
            return Picture(_saved(image, picture.suffix, opened.info.get("icc_profile")), picture.suffix)
    except (OSError, ValueError, Image.DecompressionBombError):
        return picture


def _saved(image: Any, suffix: str, profile: bytes | None) -> bytes:
    kind, options = SAVED[suffix]
    out = io.BytesIO()
    image.save(out, kind, icc_profile=profile, **options)
    return out.getvalue()
