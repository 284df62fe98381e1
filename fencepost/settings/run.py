"""What one run was asked to do, whatever the post."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fencepost.options import Options
from fencepost.pandoc.run import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line said: options by name, metadata as YAML, what goes to pandoc as it stands.

    `weaker` are options that a post's own front matter overrides: those of the book it is in. Where there is `kept`,
    outputs are put in there by their format, and no file is written.
    """

    options: dict[str, Any] = field(default_factory=dict)
    config: str = ""
    metadata: str = ""
    metadata_files: tuple[str, ...] = ()
    fragment: bool = False
    pandoc: tuple[str, ...] = ()
    weaker: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, bytes] | None = None


def limits_of(options: Options) -> Limits:
    """Give what one run of pandoc may use."""
    return Limits(options.pandoc_timeout, options.pandoc_heap)
