"""Where outputs go and how they get there: beside their place first, then renamed, so that none is ever half."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.system.files import STDOUT

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
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [name + sign for name in ("com", "lpt") for sign in "123456789\xb9\xb2\xb3"]
)
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


_OURS = frozenset(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])  # other names of standard output


def place_of(output: str) -> Path:
    """Give the place of an output that the command line names."""
    return STDOUT if output in _OURS else Path(output)


def is_reserved(path: Path) -> bool:
    """Say whether Windows takes the name of a file for a device's, whatever its suffix.

    >>> is_reserved(Path("con.html")), is_reserved(Path("out/Aux .b.pdf")), is_reserved(Path("icon.html"))
    (True, True, False)
    """
    return path.name.partition(".")[0].rstrip(" ").casefold() in _DEVICES
