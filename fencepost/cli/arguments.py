"""What can be said on the command line: a table of commands, and a function that describes the options of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import Field, fields
from typing import Any, NamedTuple

from fencepost.options import Options, spelled
from fencepost.version import __version__

# options that make no sense on the command line of one run
NOT_ON_THE_COMMAND_LINE = frozenset(
    ["alert_types", "components", "diagrams", "fields", "filters", "magic_comments", "marks", "merge_notes"]
)


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


def build_parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """Describe the commands, with the options of the chosen one (None: of all)."""
    parser = argparse.ArgumentParser(
        prog="fencepost", description="A developer's Markdown post as a web page, a printed PDF and an EPUB.",
        epilog="Inside a pipeline: fencepost source post.md | pandoc -f gfm --filter fencepost -o post.html -s",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"fencepost {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (help, describe) in COMMANDS.items():
        command = commands.add_parser(name, help=help)
        if chosen in (None, name):
            describe(command)
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


def _describe_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("posts", nargs="+", metavar="POST.md")
    parser.add_argument("--dialect", choices=_choices("dialect"), default=None, help="the fence meta dialect")


def _describe_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("post", metavar="POST.md", help="`-` reads standard input")
    parser.add_argument("--from", dest="reader", default="gfm", metavar="READER", help="pandoc's reader (default: gfm)")
    parser.add_argument(
        "--alerts", default="auto", choices=_choices("alerts"), help="the dialect of alerts and containers"
    )


def _describe_read(parser: argparse.ArgumentParser) -> None:
    _describe_source(parser)
    parser.add_argument("--mark", action="store_true", help=argparse.SUPPRESS)


def _describe_definitions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", default="", metavar="FILE", help="a file of tokens in place of ours")


def _describe_reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("output", metavar="FILE.docx|FILE.odt")
    _describe_definitions(parser)


def _describe_nothing(parser: argparse.ArgumentParser) -> None:
    """Add no option."""


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


class Command(NamedTuple):
    """What a command is for, and how its options are described."""

    help: str
    describe: Callable[[argparse.ArgumentParser], None]


_DEFINES = "print the definitions that our elements need in "
COMMANDS = {
    "convert":   Command("write posts as HTML, PDF and EPUB", _describe_convert),
    "book":      Command("make one book of several posts", _describe_book),
    "check":     Command("find what will go wrong with posts", _describe_check),
    "inspect":   Command("print what is in a post, as JSON, a line a post", _describe_inspect),
    "source":    Command("print a post so that pandoc loses nothing of it", _describe_source),
    "read":      Command("print a post's tree as pandoc's JSON, carriers restored", _describe_read),
    "css":       Command(_DEFINES + "HTML", _describe_definitions),
    "typst":     Command(_DEFINES + "Typst", _describe_definitions),
    "latex":     Command(_DEFINES + "LaTeX", _describe_definitions),
    "reference": Command("write the reference document of Word or OpenDocument, to be restyled", _describe_reference),
    "datadir":   Command("print the folder of templates, defaults and filters", _describe_nothing),
}  # fmt: skip
