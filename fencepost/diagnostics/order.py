"""The order in which diagnostics are said."""

from __future__ import annotations

from fencepost.diagnostics.model import Diagnostic


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Sort what there is to say as the author's text goes, each once; what has no place comes first."""
    return sorted(dict.fromkeys(found), key=lambda diagnostic: (diagnostic.line or 0, diagnostic.column or 0))
