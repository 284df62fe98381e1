"""The side of the page that an element of raw HTML asks for."""

from __future__ import annotations

import re

_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)


def side_of(attributes: dict[str, str]) -> str:
    """Say to which side an element's content goes, by `align` or its style; empty where nothing is said."""
    found = _ALIGN.search(attributes.get("style", ""))
    side = attributes.get("align", found[1] if found else "").lower()
    return {"middle": "center"}.get(side, side) if side in ("left", "center", "middle", "right") else ""
