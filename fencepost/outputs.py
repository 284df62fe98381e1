"""Where outputs go and how they get there: beside their place first, then renamed, so that none is ever half."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from fencepost.diagnostics import Diagnostic, FencepostError

# target    suffix     pandoc's writer
FORMATS = {
    "html": (".html", "html5"),
    "pdf":  (".pdf",  "typst"),
    "epub": (".epub", "epub3"),
    "docx": (".docx", "docx"),
    "odt":  (".odt",  "odt"),
}  # fmt: skip
USUAL = ("html", "pdf", "epub")  # what is written where nothing is said
WRITERS = {name: writer for name, (_, writer) in FORMATS.items()} | {"latex": "latex"}  # and those on the way to a PDF
BY_SUFFIX = {suffix: name for name, (suffix, _) in FORMATS.items()} | {".htm": "html", ".xhtml": "html"}
STDOUT = Path("-")
SOURCES = (".md", ".markdown", ".mdx")


def stem_of(path: Path) -> str:
    """Name a post: by its file, an `index.md` by its folder."""
    if path.stem.lower() == "index":
        return path.resolve().parent.name or "index"
    return path.stem


def format_of(path: Path, formats: Collection[str] = FORMATS) -> str:
    """Tell the format of an output by its suffix; it must be one of some formats.

    Raises:
        FencepostError: it is none of ours.
    """
    found = BY_SUFFIX.get(path.suffix.lower())
    if path == STDOUT:
        raise FencepostError(Diagnostic("-", None, None, "error", "format", "which format?", "name it: --to html -o -"))
    if found is None or found not in formats:
        known = ", ".join(FORMATS[name][0] for name in formats)
        problem = f"no format has the suffix {path.suffix or '(none)'}"
        raise FencepostError(Diagnostic(str(path), None, None, "error", "format", problem, f"known are {known}"))
    return found


_unfinished: set[Path] = set()  # files beside outputs, begun and neither renamed nor removed


def remove_unfinished() -> None:
    """Remove what was begun beside outputs: the run is ended from without, and its threads with it."""
    for file in list(_unfinished):
        file.unlink(missing_ok=True)


def temporary_beside(path: Path) -> Path:
    """Make an empty file in the folder of an output, under a name of its own.

    Raises:
        FencepostError: the folder cannot be written to.
    """
    import tempfile  # 5 ms, which pandoc need not wait for

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from None
    return Path(name)


def write_whole(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a file beside the output, then put it in its place; on any failure the old output stays.

    Raises:
        FencepostError: the output cannot be written.
    """
    if path == STDOUT:
        _write_out(fill)
        return
    beside = temporary_beside(path)
    _unfinished.add(beside)
    try:
        fill(beside)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        beside.unlink(missing_ok=True)
        _unfinished.discard(beside)


def _write_out(fill: Callable[[Path], None]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fencepost-") as folder:
        whole = Path(folder) / "output"
        fill(whole)
        sys.stdout.buffer.write(whole.read_bytes())
        sys.stdout.buffer.flush()


def write_bytes(path: Path, data: bytes) -> None:
    """Write an output that is at hand as bytes."""

    def fill(beside: Path) -> None:
        beside.write_bytes(data)

    write_whole(path, fill)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> FencepostError:
    reason = error.strerror or type(error).__name__
    return FencepostError(Diagnostic(str(path), None, None, "error", "output", f"cannot write it: {reason}"))
