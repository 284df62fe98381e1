"""From a settled post to its tree: wait for pandoc, then restore and run the passes that all formats share."""

from __future__ import annotations

from fencepost.diagnostics.model import FencepostError
from fencepost.post.model import Parsed, Post
from fencepost.post.settle import with_own_head
from fencepost.post.start import Reading


def parse(post: Post) -> Parsed:
    """Wait for pandoc's reading, put the public form in place of the carriers, and do what every format needs.

    Raises:
        FencepostError: pandoc failed or reached a limit.
    """
    from fencepost.post import shared_passes  # what the filters need is imported while pandoc reads

    shared_passes.warm_up(post.carried.source, post.options.dialect)
    if post.reading is None:
        post.reading = Reading(post.carried, post.options, post.path)
    data, warnings = _answer(post, post.reading)
    return shared_passes.restored(post, data, warnings)


def _answer(post: Post, reading: Reading) -> tuple[bytes, list[str]]:
    """Take pandoc's answer; front matter that only pandoc cannot read is given to it as we read it."""
    try:
        answer: tuple[bytes, list[str]] = reading.task.result()
    except FencepostError as error:
        if error.diagnostic.code != "pandoc" or not post.carried.head:
            raise
        again = Reading(with_own_head(post, post.carried.source), post.options, post.path)
        answer = again.task.result()
    return answer
