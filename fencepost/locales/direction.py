"""Languages that are written from the right."""

from __future__ import annotations

RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ug", "ur", "yi"})


def direction(lang: str) -> str:
    """Say `rtl` for languages written from the right, else nothing."""
    return "rtl" if lang.lower().split("-")[0] in RTL else ""
