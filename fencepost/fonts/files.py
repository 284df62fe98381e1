"""The files of the bundled fonts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fencepost.fonts import font_dirs
from fencepost.settings.theme import Theme

USES = ("text", "sans", "mono")


STYLES = ("normal", "italic")


@cache
def file_of(family: str, style: str) -> Path | None:
    """Find the bundled file of a face; None where there is none.

    >>> path = file_of("Inter", "italic")
    >>> path.name if path else None
    'Inter-Italic[opsz,wght].ttf'
    """
    stem = family.replace(" ", "")
    places = (file for folder in font_dirs() for file in folder.rglob(f"{stem}*.[ot]tf"))
    wanted = f"{stem}-Italic" if style == "italic" else stem
    return next(
        (file for file in sorted(places) if re.split(r"[\[.]", file.name)[0] in (wanted, f"{wanted}-Regular")), None
    )


def faces(theme: Theme, files: dict[str, Path] | None = None) -> list[tuple[str, str, Path]]:
    """List the faces that can be embedded: family, style, file; of each use the theme's first that is at hand.

    `files` are those that are not bundled, by family; such a face has one style.
    """
    found: list[tuple[str, str, Path]] = []
    given = files or {}
    for use in USES:
        family = next((name for name in theme["faces"][use] if name in given or file_of(name, "normal")), None)
        if family in given:
            found.append((family, "normal", given[family]))
            continue
        found += [(family, style, file) for style in STYLES if family and (file := file_of(family, style))]
    return list(dict.fromkeys(found))
