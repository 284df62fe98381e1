"""The printed post: Typst, its fonts, its time limit, and what it says when it fails, in words."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from fencepost import __version__
from fencepost.cache import kept, key_of
from fencepost.data import data_dir
from fencepost.diagnostics import Diagnostic, FencepostError
from fencepost.fonts import load_fonts, print_faces
from fencepost.theme import Theme, typst_tokens
from fencepost.writers.escape import typst as literal

# PDF/UA-1 costs no time, and most posts meet it; one that skips a heading level is printed all the same.
STANDARDS = ("ua-1", None)

_IMAGE = "save it as PNG, JPEG, GIF, WebP or SVG"
_NESTING = "lists, quotes or alerts are nested too deeply to be printed"
FAILURES = (
    # what Typst says                    what the author is told                                 what helps
    ("file not found",                   "an image or file that the page needs is not there",    ""),
    ("failed to load file",              "an image or file that the page needs cannot be read",  ""),
    ("unknown image format",             "an image has a format that cannot be printed",         _IMAGE),
    ("failed to decode image",           "an image is damaged",                                  _IMAGE),
    ("failed to parse SVG",              "an SVG image is damaged",                              ""),
    ("maximum show rule depth exceeded", _NESTING,                                               "nest fewer than 28"),
    ("maximum parsing depth exceeded",   _NESTING,                                               "nest fewer than 28"),
    ("maximum layout depth exceeded",    _NESTING,                                               "nest fewer than 28"),
)  # fmt: skip


def timestamp_of(iso_date: str | None = None) -> int:
    """Give the second that a PDF says it was made: SOURCE_DATE_EPOCH, else the post's date, else 1 January 2000.

    Never the clock: the same post gives the same bytes.
    """
    from datetime import datetime, timezone

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return int(epoch)
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", iso_date or "")
    year, month, day = map(int, found.groups()) if found else (2000, 1, 1)
    return max(0, int(datetime(year, month, day, tzinfo=timezone.utc).timestamp()))


def compile_pdf(
    text: str,
    out: Path,
    *,
    root: Path | None = None,
    font_paths: Sequence[Path] = (),
    timestamp: int | None = None,
    timeout: float = 120.0,
    system_fonts: bool = False,
    standards: Sequence[str | None] = STANDARDS,
    source: str = "",
) -> list[str]:
    """Compile Typst source to a PDF at `out`, whole or not at all, and give Typst's warnings.

    Paths in the source start at `root` and cannot leave it.
    Of `standards` the first that the document meets is taken.
    `source` is the post's name for the diagnostic.

    Raises:
        FencepostError: Typst refused the document, took longer than `timeout` seconds, or `out` cannot be written.
    """
    options: dict[str, Any] = {
        "root": str(root) if root else None,
        "font_paths": load_fonts(tuple(font_paths), system_fonts),
        "timestamp": timestamp_of() if timestamp is None else timestamp,
    }
    work = partial(_compile, text.encode(), list(standards), options)
    pdf, warnings = _limited(work, timeout, source)
    _write(pdf, out, source)
    return [warning.message for warning in warnings]


def _compile(text: bytes, standards: list[Any], options: dict[str, Any]) -> Any:
    """Compile by the first standard that the document meets; what Typst has set once, it keeps for the next try."""
    import typst

    standard, *others = standards
    try:
        return typst.compile_with_warnings(text, **options, pdf_standards=[standard] if standard else [])
    except typst.TypstError as error:
        if others and standard and error.message.startswith("PDF/"):
            return _compile(text, others, options)
        raise


def _limited(work: Any, timeout: float, source: str) -> Any:
    """Run Typst for so long and no longer.

    In a thread: the package lets go of the interpreter lock while it works, and a child process would cost 30 ms.
    Past the limit the thread is left behind; it holds nothing and ends with the process.
    """
    found: list[Any] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - PyO3 panics derive from BaseException
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True, name="typst")
    thread.start()
    thread.join(timeout)
    if found:
        return found[0]
    if failed:
        raise in_words(failed[0], source) from None
    raise FencepostError(
        Diagnostic(source, None, None, "error", "pdf-timeout", f"printing took longer than {timeout:g} seconds",
                   "raise `typst_timeout`, or look for a very large image or table")
    )  # fmt: skip


def in_words(error: BaseException, source: str) -> FencepostError:
    """Say what Typst found wrong, for somebody who wrote Markdown."""
    message = str(getattr(error, "message", None) or error or type(error).__name__)
    hints = "; ".join(getattr(error, "hints", None) or [])
    for said, told, helps in FAILURES:
        if said in message:
            return FencepostError(Diagnostic(source, None, None, "error", "pdf", f"{told} ({message})", helps or hints))
    place = re.search(r":(\d+):(\d+)\n.*?\n\d+ │ ([^\n]{0,120})", getattr(error, "diagnostic", "") or "", re.DOTALL)
    near = f"near `{place[3].strip()}`" if place else ""
    return FencepostError(
        Diagnostic(source, None, None, "error", "pdf", f"Typst cannot set this post: {message}", hints or near)
    )


def _write(data: bytes, out: Path, source: str) -> None:
    """Write beside the place and rename, so that an old file stays whole until the new one is."""
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}-", delete=False) as beside:
            beside.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(beside.name).chmod(0o666 & ~mask)
        Path(beside.name).replace(out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FencepostError(
            Diagnostic(source, None, None, "error", "output", f"cannot write {out}: {reason}")
        ) from None


def render_cover(
    theme: Theme,
    *,
    title: str,
    author: str = "",
    subtitle: str = "",
    categories: Sequence[str] = (),
    date: str = "",
    lang: str = "en",
    emoji: str = "mono",
    timeout: float = 30.0,
) -> bytes:
    """Draw the cover of an EPUB: a PNG of 1600 by 2560. One for the same words is drawn once."""
    values = {"title": title, "author": author, "subtitle": subtitle, "date": date, "lang": lang}
    cover = "".join(f"{name}: {literal(value)}, " for name, value in values.items())
    kinds = "".join(f"{literal(name)}, " for name in categories)
    words = f"#let fp-cover = ({cover}categories: ({kinds}))\n"
    page = words + (data_dir() / "templates" / "cover.typ").read_text(encoding="utf-8")

    def draw() -> bytes:
        import typst

        text = typst_tokens({**theme, "faces": print_faces(theme, emoji)}) + page
        options: dict[str, Any] = {"font_paths": load_fonts((), emoji != "mono"), "format": "png", "ppi": 288.0}
        drawn: bytes = _limited(lambda: typst.compile(text.encode(), **options), timeout, "cover")
        return drawn

    return kept("covers", key_of(__version__, repr(theme), emoji, page) + ".png", draw)
