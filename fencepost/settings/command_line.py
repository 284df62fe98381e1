"""What the command line chose: settings, metadata, formats."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection
from dataclasses import fields
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.options import Options
from fencepost.settings.outputs import FORMATS, USUAL, format_of
from fencepost.settings.run import Settings

Say = Callable[[str], None]


def settings_of(options: argparse.Namespace, passed: list[str]) -> Settings:
    """Collect what the command line chose."""
    names = [option.name for option in fields(Options) if hasattr(options, option.name)]
    chosen = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if chosen.get("site_root"):  # from where the command runs, wherever the post is
        chosen["site_root"] = str(Path(chosen["site_root"]).resolve())
    lines = [metadata_line(item) for item in options.metadata]
    filters, left = filters_of(passed)
    if filters:
        chosen["filters"] = filters
    return Settings(chosen, options.config, "".join(lines), tuple(options.metadata_file), options.fragment, tuple(left))


FILTER_FLAGS = ("--filter", "-F", "--lua-filter", "-L")


def filters_of(passed: list[str]) -> tuple[list[dict[str, str]], list[str]]:
    """Part what goes to pandoc into filters and the rest: a filter has to run before ours, which make code HTML.

    >>> filters_of(["--filter", "a.py", "--lua-filter=b.lua", "--shift-heading-level-by=1"])
    ([{'path': 'a.py'}, {'path': 'b.lua'}], ['--shift-heading-level-by=1'])
    """
    found, left, words = [], [], iter(passed)
    for word in words:
        flag, equals, value = word.partition("=")
        if flag in FILTER_FLAGS:
            found.append({"path": value if equals else next(words, "")})
        elif word[:2] in ("-F", "-L") and len(word) > 2:
            found.append({"path": word[2:]})
        else:
            left.append(word)
    return found, left


def metadata_line(item: str) -> str:
    """Write `key=value` as a line of YAML; a value that is YAML itself (`[a, b]`, `true`) keeps its meaning."""
    from fencepost.frontmatter.reading import quoted

    key, equals, value = item.replace(":", "=", 1).partition("=") if "=" not in item else item.partition("=")
    is_flow = value[:1] in ("[", "{") or value in ("true", "false", "")
    return f"{quoted(key)}: {(value or 'true') if is_flow or not equals else quoted(value)}\n"


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
        raise refusal("--to", "format", f"there is no format {unknown}", f"known are {', '.join(known)}")
    if options.output and len(names) > 1:
        raise refusal(options.output, "output", "several formats cannot be one file", "use --out-dir")
    return list(dict.fromkeys(names))


def refusal(path: str, code: str, problem: str, help: str) -> FencepostError:
    return FencepostError(Diagnostic(path, None, None, "error", code, problem, help))
