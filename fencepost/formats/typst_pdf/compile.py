"""The printed post: Typst, its fonts, its time limit, and what it says when it fails, in words."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.fonts import load_fonts, print_faces
from fencepost.formats.typst_pdf.standards import FALLING_BACK
from fencepost.system.assets import data_dir
from fencepost.system.cache import kept, key_of
from fencepost.theme import Theme, typst_tokens
from fencepost.version import __version__
from fencepost.writers.escape import typst as literal


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, Typst's warnings, and why it refused the standard that was wanted (empty where it did not)."""

    data: bytes
    warnings: list[str]
    refusal: str = ""


class StandardError(FencepostError):
    """The document does not meet the standard of PDF that it must; `said` are Typst's words."""

    def __init__(self, source: str, said: str) -> None:
        super().__init__(Diagnostic(source, None, None, "error", "pdf-standard", said))
        self.said = said


HAS_TABS = {"tabs": "yes"}  # tells the template that `fonts/tabs.ttf` is at hand
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
    ("maximum function call depth",      _NESTING,                                               "nest fewer than 28"),
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
    *,
    root: Path | None = None,
    font_paths: Sequence[Path] = (),
    timestamp: int | None = None,
    timeout: float = 120.0,
    system_fonts: bool = False,
    standard: str = "ua-1",
    inputs: dict[str, str] | None = None,
    source: str = "",
) -> Printed:
    """Compile Typst source to a PDF.

    Paths in the source start at `root` and cannot leave it.
    A document that does not meet PDF/UA-1 is compiled without a standard; `none` asks for none.
    `inputs` are what the source finds as `sys.inputs`; `source` is the post's name for the diagnostic.

    Raises:
        StandardError: the document does not meet another standard.
        FencepostError: Typst refused the document, or took longer than `timeout` seconds.
    """
    options: dict[str, Any] = {
        "root": str(root) if root else None,
        "font_paths": load_fonts(tuple(font_paths), system_fonts),
        "timestamp": timestamp_of() if timestamp is None else timestamp,
        "sys_inputs": {**HAS_TABS, **(inputs or {})},
    }
    work = partial(_compile, text.encode(), standard, options)
    (pdf, warnings), refusal = _limited(work, timeout, source)
    return Printed(pdf, [warning.message for warning in warnings], refusal)


def _compile(text: bytes, standard: str, options: dict[str, Any]) -> tuple[Any, str]:
    """Compile by the standard, else by none; what Typst has set once, it keeps for the next try."""
    import typst

    refusal = ""
    known: Any = standard
    if standard != "none":
        try:
            return typst.compile_with_warnings(text, **options, pdf_standards=[known]), ""
        except typst.TypstError as error:
            if standard not in FALLING_BACK or not error.message.startswith("PDF/"):
                raise
            refusal = error.message
    return typst.compile_with_warnings(text, **options), refusal


def query(
    text: str, selector: str, *, root: Path, inputs: dict[str, str], system_fonts: bool, timeout: float, source: str
) -> list[Any]:
    """Give the values of the metadata that a selector finds in a document that has just been compiled.

    Raises:
        FencepostError: it took longer than `timeout` seconds.
    """
    import typst

    fonts = load_fonts((root,), system_fonts)
    work = partial(
        typst.query,
        text.encode(),
        selector,
        field="value",
        root=str(root),
        font_paths=fonts,
        sys_inputs={**HAS_TABS, **inputs},
    )
    found: list[Any] = json.loads(_limited(work, timeout, source))
    return found


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
                   "raise `typst-timeout`, or look for a very large image or table")
    )  # fmt: skip


def in_words(error: BaseException, source: str) -> FencepostError:
    """Say what Typst found wrong, for somebody who wrote Markdown."""
    message = str(getattr(error, "message", None) or error or type(error).__name__)
    if message.startswith("PDF/"):
        return StandardError(source, message)
    hints = "; ".join(getattr(error, "hints", None) or [])
    for said, told, helps in FAILURES:
        if said in message:
            return FencepostError(Diagnostic(source, None, None, "error", "pdf", f"{told} ({message})", helps or hints))
    place = re.search(r":(\d+):(\d+)\n.*?\n\d+ │ ([^\n]{0,120})", getattr(error, "diagnostic", "") or "", re.DOTALL)
    near = f"near `{place[3].strip()}`" if place else ""
    return FencepostError(
        Diagnostic(source, None, None, "error", "pdf", f"Typst cannot set this post: {message}", hints or near)
    )


# A picture in its own size, or smaller: what it says of its size is no measure of what may be drawn.
_PICTURE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#context {
  let own = measure(image(%s))
  let (wide, high) = (calc.max(own.width, 0.01pt), calc.max(own.height, 0.01pt))
  let share = calc.min(1, %s / wide, %s / high, calc.sqrt(%s / (wide / 1pt) / (high / 1pt)))
  image(%s, width: wide * share, height: high * share)
}"""
_LONGEST, _LARGEST = "8000pt", "2250000"  # a side of what is drawn; points of its area: 16 million pixels at 192 dots


def draw_picture(file: Path, dots: float, timeout: float) -> bytes:
    """Draw a picture as PNG of so many dots an inch, with the fonts that lie beside it.

    Raises:
        FencepostError: it is damaged, or takes longer than `timeout` seconds.
    """
    import typst

    name = literal(file.name)
    page = _PICTURE % (name, _LONGEST, _LONGEST, _LARGEST, name)
    options: dict[str, Any] = {"font_paths": load_fonts((file.parent,), False), "format": "png", "ppi": dots}
    work = partial(typst.compile, page.encode(), root=str(file.parent), **options)
    drawn: bytes = _limited(work, timeout, file.name)
    return drawn


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
