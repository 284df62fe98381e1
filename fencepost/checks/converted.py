"""What `convert` says of a post, without writing it: each format is made and dropped; some faults show only then."""

from __future__ import annotations

from pathlib import Path

from fencepost.diagnostics.model import FencepostError
from fencepost.formats import class_for
from fencepost.formats.base import write
from fencepost.formats.convert import check_sheets
from fencepost.post.model import Post
from fencepost.post.parse import parse
from fencepost.post.settle import settle
from fencepost.post.start import begin
from fencepost.settings.outputs import FORMATS, stem_of
from fencepost.settings.run import Settings


def look_closely(
    path: str, formats: list[str], settings: Settings, *, data: bytes | None = None, folder: Path | None = None
) -> Post:
    """Take a post through what every format does to it; what there is to say is in its diagnostics.

    A failure on the way is one of them, and ends the way.

    Raises:
        FencepostError: the post itself, its front matter or the configuration cannot be read.
    """
    post = settle(begin(path, settings, data=data, folder=folder), settings)
    try:
        check_sheets(post)
        _through_filters(post, formats, settings)
    except FencepostError as error:
        post.diagnostics.append(error.diagnostic)
    finally:
        if post.reading:
            post.reading.stop()
    return post


def _through_filters(post: Post, formats: list[str], settings: Settings) -> None:
    parsed = parse(post)
    stem = "post" if post.path == "<stdin>" else stem_of(Path(post.path))
    for name in formats:
        target = class_for(name, post)(post, post.folder / (stem + FORMATS[name][0]), settings)
        target.is_only_checked = True
        try:
            write(parsed, target).result()
        except FencepostError as error:  # of this format; another may have its own
            post.diagnostics.append(error.diagnostic)
        finally:
            target.run.stop()
            target.close()
