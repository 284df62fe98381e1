"""One run of `fencepost convert`: which posts, which outputs, what is said, which exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from dataclasses import fields
from pathlib import Path

from fencepost.begin import Begun, Settings, begin, text_again
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.ignoring import heeded
from fencepost.options import Options, merge
from fencepost.outputs import FORMATS, SOURCES, USUAL, format_of, is_reserved, place_of, stem_of

PLATFORM = sys.platform
Say = Callable[[str], None]
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
        from fencepost.versions import say_untested

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
    from fencepost.convert import convert, settle  # imported while pandoc is at work already

    post = settle(begun, settings)
    try:
        convert(post, outputs, settings)
    finally:
        if not post.options.untrusted:  # a stranger does not say what is not said
            post.diagnostics = heeded(post.diagnostics, post.carried.source)
        for diagnostic in [] if options.quiet else in_order(post.diagnostics):
            say(diagnostic.text(post.carried.source))
    return bool(options.strict) and any(diagnostic.severity == "warning" for diagnostic in post.diagnostics)


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Sort what there is to say as the author's text goes, each once; what has no place comes first."""
    return sorted(dict.fromkeys(found), key=lambda diagnostic: (diagnostic.line or 0, diagnostic.column or 0))


def settings_of(options: argparse.Namespace, passed: list[str]) -> Settings:
    """Collect what the command line chose."""
    names = [option.name for option in fields(Options) if hasattr(options, option.name)]
    chosen = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if chosen.get("site_root"):  # from where the command runs, wherever the post is
        chosen["site_root"] = str(Path(chosen["site_root"]).resolve())
    lines = [metadata_line(item) for item in options.metadata]
    return Settings(
        chosen, options.config, "".join(lines), tuple(options.metadata_file), options.fragment, tuple(passed)
    )


def metadata_line(item: str) -> str:
    """Write `key=value` as a line of YAML; a value that is YAML itself (`[a, b]`, `true`) keeps its meaning."""
    from fencepost.frontmatter.reading import quoted

    key, equals, value = item.replace(":", "=", 1).partition("=") if "=" not in item else item.partition("=")
    is_flow = value[:1] in ("[", "{") or value in ("true", "false", "")
    return f"{quoted(key)}: {(value or 'true') if is_flow or not equals else quoted(value)}\n"


def plan(posts: list[str], options: argparse.Namespace) -> dict[str, Outputs]:
    """Say where every output of every post goes.

    Raises:
        FencepostError: a format is unknown, two outputs would be one file, or an output would replace a post.
    """
    formats = formats_of(options)
    if options.output and len(posts) > 1:
        raise _error(options.output, "output", "several posts cannot be one output", "use --to and --out-dir")
    wanted = {path: _outputs(path, formats, options) for path in posts}
    taken: dict[str, str] = {_place(Path(path)): "is a post" for path in posts if path != "-"}
    for path, outputs in wanted.items():
        for out in outputs.values():
            if PLATFORM == "win32" and is_reserved(out):
                raise _error(path, "output", f"{out.name} is a device to Windows", "name another with -o")
            if problem := taken.get(_place(out)):
                raise _error(path, "output", f"its output {out} {problem}", "name another with -o or --out-dir")
            taken[_place(out)] = f"is also the output of {path}"
    return wanted


def _place(path: Path) -> str:
    """Name the place of a file: of names that differ in case, Windows and macOS make one; macOS of accents too."""
    place = str(path.resolve())
    if PLATFORM == "darwin":
        from unicodedata import normalize

        place = normalize("NFC", place)
    return place.casefold() if PLATFORM in ("win32", "darwin") else place


def formats_of(options: argparse.Namespace, known: Collection[str] = FORMATS) -> list[str]:
    """List the formats that the command line asks for, of those that are known.

    Raises:
        FencepostError: it asks for one that is not, or for several in one file.
    """
    if options.output and not options.to:
        return [format_of(Path(options.output), known)]
    names = [name.strip() for name in (options.to or ",".join(USUAL)).split(",") if name.strip()]
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None or not names:
        raise _error("--to", "format", f"there is no format {unknown}", f"known are {', '.join(known)}")
    if options.output and len(names) > 1:
        raise _error(options.output, "output", "several formats cannot be one file", "use --out-dir")
    return list(dict.fromkeys(names))


def _outputs(path: str, formats: list[str], options: argparse.Namespace) -> Outputs:
    if options.output:
        return {formats[0]: place_of(options.output)}
    post = Path(path)
    if path != "-" and post.suffix.lower() not in SOURCES and post.suffix.lower() in (".html", ".pdf", ".epub"):
        raise _error(path, "input", "this is an output, not a post", f"posts are {', '.join(SOURCES)}")
    folder = Path(options.out_dir) if options.out_dir else (post.parent if path != "-" else Path.cwd())
    stem = "post" if path == "-" else stem_of(post)
    return {name: folder / (stem + FORMATS[name][0]) for name in formats}


def _error(path: str, code: str, problem: str, help: str) -> FencepostError:
    return FencepostError(Diagnostic(path, None, None, "error", code, problem, help))
