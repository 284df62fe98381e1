"""The pipeline, written once: source → read → filters → write. One parse serves every format."""

from __future__ import annotations

from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.post.model import Post
from fencepost.post.parse import parse
from fencepost.settings.run import Settings


def convert(post: Post, outputs: dict[str, Path], settings: Settings) -> None:
    """Convert one post to files, a path for each format (`html`, `pdf`, `epub`).

    What there is to say goes to the post's diagnostics.

    Raises:
        FencepostError: something stopped the run; outputs that were not finished are as they were.
    """
    from fencepost import formats

    check_sheets(post)
    try:
        with formats.ending() as writers:
            for name, out in outputs.items():
                writers.append(formats.start_writer(name, post, out, settings, alone=len(outputs) == 1))
            parsed = parse(post)
            tasks = [formats.write(parsed, writer) for writer in writers]
            for task in tasks:
                task.join()
    except BaseException:
        if post.reading:
            post.reading.stop()
        raise
    for task in tasks:
        task.result()


def check_sheets(post: Post) -> None:
    """Refuse a style sheet that is not there before anything is written: a page would only look wrong."""
    missing = next((name for name in post.options.css if "://" not in name and not Path(name).is_file()), None)
    if missing is not None:
        if post.reading:
            post.reading.stop()
        raise FencepostError(Diagnostic(missing, None, None, "error", "css", "there is no such style sheet"))


def convert_whole(
    path: str, data: bytes | None, folder: Path | None, outputs: dict[str, Path], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Convert a post from its bytes to its outputs; gives what there is to say, in the order of the text.

    Raises:
        FencepostError: something stopped the conversion.
    """
    from fencepost.diagnostics.order import in_order
    from fencepost.markdown.suppress import heeded
    from fencepost.post.settle import settle
    from fencepost.post.start import begin

    post = settle(begin(path, settings, data=data, folder=folder), settings)
    convert(post, outputs, settings)
    is_trusted = not post.options.untrusted  # a stranger does not say what is not said
    return tuple(in_order(heeded(post.diagnostics, post.carried.source) if is_trusted else post.diagnostics))
