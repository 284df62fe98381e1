"""Filters of a user's own: pandoc's JSON in, pandoc's JSON out, as pandoc itself would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.pandoc import tree, versions
from fencepost.pandoc.run import Limits, Run
from fencepost.pandoc.tree import Document
from fencepost.system.assets import data_dir
from fencepost.system.tied import tied

GROUP = "fencepost.filters"  # of entry points: a panflute action by name
LUA_RUNNER = (3, 2, 1)  # the pandoc that has `pandoc.utils.run_lua_filter`


def run_filter(document: Document, place: str, writer: str, limits: Limits) -> Document:
    """Give what a filter makes of a document.

    `place` is a file (`.lua`, `.py`, or a program) or the name of an entry point of the group `fencepost.filters`;
    `writer` is pandoc's name of the output, which the filter is told.

    Raises:
        FencepostError: there is no such filter, it failed, gave no document, or took too long.
    """
    if not Path(place).is_file():
        import shutil

        if found := shutil.which(place):  # pandoc-crossref and the like
            return _loaded(_program(tree.dump(document), found, writer, limits), place)
        return _entry_point(document, place, writer)
    if Path(place).suffix == ".lua":
        return _lua(document, place, writer, limits)
    return _loaded(_program(tree.dump(document), place, writer, limits), place)


def _program(data: bytes, place: str, writer: str, limits: Limits) -> bytes:
    """Run a program that reads a document on standard input and writes one."""
    file = str(Path(place).resolve())
    command = [sys.executable, file] if file.endswith(".py") else [file]
    version = ".".join(map(str, versions.version()))
    environment = {**os.environ, "PANDOC_VERSION": version, "PANDOC_READER_OPTIONS": "{}"}
    seconds = limits.seconds_for(len(data), is_tree=True) * 10
    try:
        done = subprocess.run(
            tied([*command, writer]), input=data, capture_output=True, env=environment, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise _failed(place, f"it did not finish within {seconds:g} seconds", "raise `pandoc-timeout`") from None
    except OSError as error:
        raise _failed(place, f"it cannot be run: {error.strerror}", "make it executable") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise _failed(place, f"it failed (exit code {done.returncode})", said.splitlines()[-1][:300] if said else "")
    return done.stdout


def _lua(document: Document, place: str, writer: str, limits: Limits) -> Document:
    """Let pandoc run a Lua filter; an older one tells it that the output is `json`."""
    if versions.version() >= LUA_RUNNER:
        runner = str(data_dir() / "custom" / "run_lua_filter.lua")
        arguments = ["lua", runner, writer, place]
    else:
        arguments = ["-f", "json", "-t", "json", f"--lua-filter={place}"]
    run = Run(arguments, limits, path=place)
    return _loaded(run.finish(tree.dump(document))[0], place)


def _entry_point(document: Document, name: str, writer: str) -> Document:
    """Run the panflute action that an installed package offers by a name."""
    from importlib.metadata import entry_points

    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        known = ", ".join(sorted(point.name for point in entry_points(group=GROUP)))
        raise _failed(name, "there is no such file, and no installed filter of that name", known and f"known: {known}")
    import io

    import panflute as pf

    from fencepost.pandoc import panflute_objects  # noqa: F401 - panflute learns more raw formats

    doc = pf.load(io.StringIO(json.dumps(document)))
    doc.format = writer
    pf.run_filter(found.load(), doc=doc)
    out = io.StringIO()
    pf.dump(doc, out)
    return _loaded(out.getvalue().encode(), name)


def _loaded(data: bytes, place: str) -> Document:
    try:
        document: Any = tree.load(data)
        document["blocks"], document["meta"]
    except (ValueError, KeyError, TypeError):
        raise _failed(place, "what it gave back is not a document of pandoc's") from None
    return document  # type: ignore[no-any-return]


def _failed(place: str, problem: str, help: str = "") -> FencepostError:
    return FencepostError(Diagnostic(place, None, None, "error", "user-filter", problem, help))
