"""One run of `fencepost convert`: which posts, which outputs, what is said, which exit code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fencepost.diagnostics.model import FencepostError
from fencepost.diagnostics.order import in_order
from fencepost.markdown.input import text_again
from fencepost.markdown.suppress import heeded
from fencepost.options import merge
from fencepost.post.start import Begun, begin
from fencepost.settings.command_line import Say, formats_of, refusal, settings_of
from fencepost.settings.outputs import FORMATS, SOURCES, is_reserved, place_of, stem_of
from fencepost.settings.run import Settings

PLATFORM = sys.platform
Outputs = dict[str, Path]  # format → path


def convert_all(options: argparse.Namespace, passed: list[str], say: Say) -> int:
    """Convert every post that the command line names; one that fails does not keep the others from their turn.

    Raises:
        FencepostError: the outputs cannot all be made, and none was begun.
    """
    settings = settings_of(options, passed)
    wanted = plan(options.posts, options)
    failed = False
    for path, outputs in wanted.items():
        try:
            failed |= _attempt(path, outputs, settings, options, say)
        except FencepostError as error:
            say(error.diagnostic.text(text_again(error.diagnostic.path)))
            failed = True
    if not options.quiet:
        from fencepost.pandoc.versions import say_untested

        say_untested(say)
    return int(failed)


def _attempt(path: str, outputs: Outputs, settings: Settings, options: argparse.Namespace, say: Say) -> bool:
    """Convert one post; one that is not trusted, in a process of its own."""

    def work() -> bool:
        return _convert_one(begin(path, settings), outputs, settings, options, say)

    if not options.untrusted:
        return work()
    from fencepost.untrusted.supervised import supervised

    return supervised(work, merge(settings.options), path, outputs.values())


def _convert_one(begun: Begun, outputs: Outputs, settings: Settings, options: argparse.Namespace, say: Say) -> bool:
    """Convert one post and say what there was to say; returns whether it counts as failed."""
    from fencepost.formats.convert import convert
    from fencepost.post.settle import settle  # imported while pandoc is at work already

    post = settle(begun, settings)
    try:
        convert(post, outputs, settings)
    finally:
        if not post.options.untrusted:  # a stranger does not say what is not said
            post.diagnostics = heeded(post.diagnostics, post.carried.source)
        for diagnostic in [] if options.quiet else in_order(post.diagnostics):
            say(diagnostic.text(post.carried.source))
    return bool(options.strict) and any(diagnostic.severity == "warning" for diagnostic in post.diagnostics)


def plan(posts: list[str], options: argparse.Namespace) -> dict[str, Outputs]:
    """Say where every output of every post goes.

    Raises:
        FencepostError: a format is unknown, two outputs would be one file, or an output would replace a post.
    """
    formats = formats_of(options)
    if options.output and len(posts) > 1:
        raise refusal(options.output, "output", "several posts cannot be one output", "use --to and --out-dir")
    wanted = {path: _outputs(path, formats, options) for path in posts}
    taken: dict[str, str] = {_place(Path(path)): "is a post" for path in posts if path != "-"}
    for path, outputs in wanted.items():
        for out in outputs.values():
            if PLATFORM == "win32" and is_reserved(out):
                raise refusal(path, "output", f"{out.name} is a device to Windows", "name another with -o")
            if problem := taken.get(_place(out)):
                raise refusal(path, "output", f"its output {out} {problem}", "name another with -o or --out-dir")
            taken[_place(out)] = f"is also the output of {path}"
    return wanted


def _place(path: Path) -> str:
    """Name the place of a file: of names that differ in case, Windows and macOS make one; macOS of accents too."""
    place = str(path.resolve())
    if PLATFORM == "darwin":
        from unicodedata import normalize

        place = normalize("NFC", place)
    return place.casefold() if PLATFORM in ("win32", "darwin") else place


def _outputs(path: str, formats: list[str], options: argparse.Namespace) -> Outputs:
    if options.output:
        return {formats[0]: place_of(options.output)}
    post = Path(path)
    if path != "-" and post.suffix.lower() not in SOURCES and post.suffix.lower() in (".html", ".pdf", ".epub"):
        raise refusal(path, "input", "this is an output, not a post", f"posts are {', '.join(SOURCES)}")
    folder = Path(options.out_dir) if options.out_dir else (post.parent if path != "-" else Path.cwd())
    stem = "post" if path == "-" else stem_of(post)
    return {name: folder / (stem + FORMATS[name][0]) for name in formats}
