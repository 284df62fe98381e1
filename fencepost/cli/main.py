"""The `fencepost` command. Run by pandoc, it is the combined filter."""

from __future__ import annotations

import argparse
import gc
import io
import signal
import sys
from collections.abc import Callable, Sequence

from fencepost.system.exit import leave
from fencepost.system.signals import SIGNALLED, heed_signals

EXIT_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code: 0 only with every named output whole and new.

    Given its words by another Python program, it raises SystemExit with the code, and leaves the process as it was:
    signals, streams and the garbage collector.
    """
    if arguments is None:
        heed_signals()
        gc.disable()  # one short run: collecting would cost more than it frees
        _speak_utf_8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    from fencepost.cli.arguments import COMMANDS
    from fencepost.cli.pandoc_calls import is_run_by_pandoc

    if is_run_by_pandoc(words, COMMANDS):
        from fencepost.pipeline.filter import main as filter_main

        code = filter_main(arguments=words)
    else:
        code = _run(words)
    if arguments is not None:
        sys.exit(code)
    leave(code)


def _run(words: list[str]) -> int:
    from fencepost.cli.arguments import COMMANDS, build_parser
    from fencepost.diagnostics.model import FencepostError

    own, passed = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    options = build_parser(own[0] if own and own[0] in COMMANDS else None).parse_args(own)
    try:
        return _ACTIONS[options.command](options, passed)
    except FencepostError as error:
        from fencepost.markdown.input import text_again

        _say(error.diagnostic.text(text_again(error.diagnostic.path)))
        return EXIT_FAILED
    except KeyboardInterrupt:  # of the Python program that called us
        return SIGNALLED + signal.SIGINT
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_FAILED
    except OSError as error:  # a full disk, a device that is gone
        from fencepost.diagnostics.model import Diagnostic

        problem = f"cannot be read or written: {error.strerror or error}"
        _say(Diagnostic(str(error.filename or "<stdout>"), None, None, "error", "output", problem).text())
        return EXIT_FAILED


def _speak_utf_8() -> None:
    """Write UTF-8 whatever the locale; a terminal that cannot spell a character is given its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _convert(options: argparse.Namespace, passed: list[str]) -> int:
    from fencepost.cli.job import convert_all

    return convert_all(options, passed, _say)


def _book(options: argparse.Namespace, passed: list[str]) -> int:
    from fencepost.book.run import make_book

    return make_book(options, passed, _say)


def _check(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.checks.run import check_posts

    return check_posts(options, _say)


def _inspect(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.checks.inspection import inspect_json
    from fencepost.settings.run import Settings

    chosen = {"dialect": options.dialect} if options.dialect else {}
    failed = 0
    for path in options.posts:
        line, is_whole = inspect_json(path, Settings(options=chosen))
        print(line, flush=True)
        failed |= not is_whole
    return EXIT_FAILED if failed else 0


def _source_command(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.markdown.input import read_bytes
    from fencepost.markdown.protect import Dialects, carry, decode
    from fencepost.pipeline.head import pipeline_head

    shown = "<stdin>" if options.post == "-" else options.post
    text = decode(read_bytes(options.post), shown)
    carried = carry(
        text,
        options.reader,
        head=pipeline_head(text, shown),
        sign=True,
        dialects=Dialects(options.alerts, mdx=shown.endswith(".mdx")),
    )
    sys.stdout.buffer.write(carried.text.encode("utf-8", "replace"))
    return 0


def _read(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.pipeline.read import read_tree

    sys.stdout.buffer.write(read_tree(options.post, options.reader, mark=options.mark, alerts=options.alerts))
    return 0


def _definitions(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.options import Options
    from fencepost.theme import definitions

    write = getattr(definitions, f"{options.command}_definitions")
    print(write(Options(theme=options.theme)), end="")
    return 0


def _reference(options: argparse.Namespace, _passed: list[str]) -> int:
    from pathlib import Path

    from fencepost.formats.office.reference import STYLES, reference
    from fencepost.settings.outputs import format_of
    from fencepost.system.files import write_bytes
    from fencepost.theme import load_theme

    kind = format_of(Path(options.output), STYLES)
    write_bytes(Path(options.output), reference(kind, load_theme(options.theme)))
    return 0


def _datadir(_options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.system.assets import data_dir

    print(data_dir())
    return 0


_ACTIONS: dict[str, Callable[[argparse.Namespace, list[str]], int]] = {
    "convert": _convert,
    "book": _book,
    "check": _check,
    "inspect": _inspect,
    "source": _source_command,
    "read": _read,
    "css": _definitions,
    "typst": _definitions,
    "latex": _definitions,
    "reference": _reference,
    "datadir": _datadir,
}
