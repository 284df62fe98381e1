"""Where the templates, defaults and filters lie: in the wheel, or in the checkout around us."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def data_dir() -> Path:
    """Find the pandoc data directory that Fencepost brings."""
    packaged = Path(__file__).parent.parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent
