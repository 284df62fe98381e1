"""The formats that `convert` writes: a module a format, picked from a dict."""

from __future__ import annotations

from pathlib import Path

from fencepost.begin import Settings
from fencepost.convert import Post
from fencepost.targets.base import Target, write
from fencepost.targets.epub import Epub
from fencepost.targets.html import Html
from fencepost.targets.pdf import Pdf

__all__ = ["TARGETS", "Target", "start_writers", "write"]

TARGETS: dict[str, type[Target]] = {"html": Html, "pdf": Pdf, "epub": Epub}


def start_writers(post: Post, outputs: dict[str, Path], settings: Settings) -> dict[str, Target]:
    """Start one pandoc for each output; each waits for its tree."""
    started: dict[str, Target] = {}
    try:
        for name, out in outputs.items():
            started[name] = TARGETS[name](post, out, settings, alone=len(outputs) == 1)
    except BaseException:
        for target in started.values():
            target.run.stop()
            target.close()
        raise
    return started
