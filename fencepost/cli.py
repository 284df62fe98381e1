"""The `fencepost` command. Run by pandoc, it is the combined filter."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import Field, fields
from typing import Any

from fencepost import __version__
from fencepost.options import Options, spelled

EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130
# options that make no sense on the command line of one run
NOT_ON_THE_COMMAND_LINE = frozenset(["alert_types", "components", "diagrams", "fields", "marks", "merge_notes"])


def _add_option(parser: argparse.ArgumentParser, option: Field[Any]) -> None:
    flag, name = "--" + spelled(option.name), option.name
    meaning = option.metadata["meaning"]
    kind = str(option.type)
    if kind == "bool":
        parser.add_argument(flag, dest=name, action=argparse.BooleanOptionalAction, default=None, help=meaning)
    elif kind.startswith("list"):
        parser.add_argument(flag, dest=name, action="append", default=None, metavar="FILE", help=meaning)
    else:
        shown = f"{meaning} (default: {option.default})" if option.default not in ("", None) else meaning
        number: Callable[[str], Any] = {"int": int, "float": float}.get(kind, str)
        choices = option.metadata["choices"] or None
        parser.add_argument(
            flag, dest=name, type=number, choices=choices, default=None, help=shown, metavar=None if choices else "X"
        )


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    parser = argparse.ArgumentParser(
        prog="fencepost", description="A developer's Markdown post as a web page, a printed PDF and an EPUB.",
        epilog="Inside a pipeline: fencepost source post.md | pandoc -f gfm --filter fencepost -o post.html -s",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"fencepost {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _describe_convert(commands.add_parser("convert", help="write posts as HTML, PDF and EPUB"))
    _describe_book(commands.add_parser("book", help="make one book of several posts"))
    _describe_check(commands.add_parser("check", help="find what will go wrong with posts"))
    inspect = commands.add_parser("inspect", help="print what is in a post, as JSON, a line a post")
    inspect.add_argument("posts", nargs="+", metavar="POST.md")
    inspect.add_argument("--dialect", choices=_choices("dialect"), default=None, help="the fence meta dialect")
    source = commands.add_parser("source", help="print a post so that pandoc loses nothing of it")
    read = commands.add_parser("read", help="print a post's tree as pandoc's JSON, carriers restored")
    for command in (source, read):
        command.add_argument("post", metavar="POST.md", help="`-` reads standard input")
        command.add_argument(
            "--from", dest="reader", default="gfm", metavar="READER", help="pandoc's reader (default: gfm)"
        )
        command.add_argument(
            "--alerts", default="auto", choices=_choices("alerts"), help="the dialect of alerts and containers"
        )
    read.add_argument("--mark", action="store_true", help=argparse.SUPPRESS)
    for name, what in (("css", "HTML"), ("typst", "Typst"), ("latex", "LaTeX")):
        printing = commands.add_parser(name, help=f"print the definitions that our elements need in {what}")
        printing.add_argument("--theme", default="", metavar="FILE", help="a file of tokens in place of ours")
    asked = commands.add_parser(
        "reference", help="write the reference document of Word or OpenDocument, to be restyled"
    )
    asked.add_argument("output", metavar="FILE.docx|FILE.odt")
    asked.add_argument("--theme", default="", metavar="FILE", help="a file of tokens in place of ours")
    commands.add_parser("datadir", help="print the folder of templates, defaults and filters")
    return parser


def _choices(name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = next(option.metadata["choices"] for option in fields(Options) if option.name == name)
    return found


def _describe_convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("posts", nargs="+", metavar="POST.md", help="posts; `-` reads standard input")
    parser.add_argument("--fragment", action="store_true", help="the body only, without a template (HTML)")
    _describe_run(parser)


def _describe_book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="book.yaml|POST.md", help="a book in YAML, or its posts")
    parser.add_argument("--title", metavar="TEXT", help="the title of the book")
    parser.add_argument("--author", metavar="NAME", help="its author (default: the authors of the posts)")
    parser.add_argument(
        "--order", choices=("given", "date", "series"), help="how the chapters are sorted (default: given)"
    )
    parser.add_argument(
        "--parts", choices=("none", "category"), help="parts by the posts' first category (default: none)"
    )
    parser.set_defaults(fragment=False)
    _describe_run(parser)


def _describe_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("posts", nargs="+", metavar="POST.md", help="posts; `-` reads standard input")
    parser.add_argument("--to", default="html,pdf", metavar="FORMATS", help="the formats to check for (html,pdf)")
    parser.add_argument("--fix", action="store_true", help="put right what has one right answer")
    parser.add_argument("--diff", action="store_true", help="print what --fix would do, and write nothing")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how findings are printed")
    parser.add_argument("--select", default="", metavar="CODES", help="these codes or groups only (fence, link-anchor)")
    parser.add_argument("--ignore", default="", metavar="CODES", help="not these codes or groups")
    parser.set_defaults(output=None)
    _describe_settings(parser)


def _describe_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="the output; its suffix names the format")
    parser.add_argument(
        "--to", metavar="FORMATS", help="html, pdf, epub, docx, odt, or several with commas (default: the first three)"
    )
    parser.add_argument("--out-dir", metavar="DIR", help="where outputs go (default: beside the source)")
    parser.add_argument("--strict", action="store_true", help="fail on any warning")
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")
    _describe_settings(parser)


def _describe_settings(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(fragment=False)
    parser.add_argument("-M", "--metadata", action="append", default=[], metavar="KEY=VALUE", help="set metadata")
    parser.add_argument(
        "--metadata-file", action="append", default=[], metavar="FILE", help="metadata weaker than the post's"
    )
    parser.add_argument(
        "--config", default="", metavar="FILE", help="a configuration in place of the fencepost.yaml found upward"
    )
    for option in fields(Options):
        if option.name not in NOT_ON_THE_COMMAND_LINE:
            _add_option(parser, option)


COMMANDS = frozenset(
    ["convert", "book", "check", "inspect", "source", "read", "css", "typst", "latex", "reference", "datadir"]
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code: 0 only with every named output whole and new."""
    gc.disable()  # one short run: collecting would cost more than it frees
    words = list(sys.argv[1:] if arguments is None else arguments)
    from fencepost.pipeline_name import is_run_by_pandoc

    if is_run_by_pandoc(words, COMMANDS):
        from fencepost.pipeline import main as filter_main

        sys.exit(filter_main(arguments=words))
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    from fencepost.diagnostics import FencepostError

    own, passed = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    options = build_parser().parse_args(own)
    try:
        return _ACTIONS[options.command](options, passed)
    except FencepostError as error:
        from fencepost.begin import text_again

        _say(error.diagnostic.text(text_again(error.diagnostic.path)))
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_FAILED


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _convert(options: argparse.Namespace, passed: list[str]) -> int:
    from fencepost.job import convert_all

    return convert_all(options, passed, _say)


def _book(options: argparse.Namespace, passed: list[str]) -> int:
    from fencepost.book.run import make_book

    return make_book(options, passed, _say)


def _check(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.check.run import check_posts

    return check_posts(options, _say)


def _inspect(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.begin import Settings
    from fencepost.inspect import inspect_json

    chosen = {"dialect": options.dialect} if options.dialect else {}
    failed = 0
    for path in options.posts:
        line, is_whole = inspect_json(path, Settings(options=chosen))
        print(line, flush=True)
        failed |= not is_whole
    return EXIT_FAILED if failed else 0


def _source_command(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.begin import read_bytes
    from fencepost.pipeline_head import pipeline_head
    from fencepost.source import Dialects, carry, decode

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
    from fencepost.reading import read_tree

    sys.stdout.buffer.write(read_tree(options.post, options.reader, mark=options.mark, alerts=options.alerts))
    return 0


def _definitions(options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost import definitions

    write = getattr(definitions, f"{options.command}_definitions")
    print(write(Options(theme=options.theme)), end="")
    return 0


def _reference(options: argparse.Namespace, _passed: list[str]) -> int:
    from pathlib import Path

    from fencepost.outputs import format_of, write_bytes
    from fencepost.reference import STYLES, reference
    from fencepost.theme import load_theme

    kind = format_of(Path(options.output), STYLES)
    write_bytes(Path(options.output), reference(kind, load_theme(options.theme)))
    return 0


def _datadir(_options: argparse.Namespace, _passed: list[str]) -> int:
    from fencepost.data import data_dir

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
