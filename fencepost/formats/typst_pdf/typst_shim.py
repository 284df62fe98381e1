"""`typst compile IN OUT`, as pandoc calls its PDF engine, done by the Python package and our fonts.

The package has no command of its own, and a console script named `typst` would shadow a real one:
`bin/typst` in the data directory is what `--pdf-engine` and `defaults/pdf.yaml` name.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

from fencepost.diagnostics.model import FencepostError
from fencepost.formats.typst_pdf.compile import compile_pdf
from fencepost.system.files import write_bytes

_MEDIA = re.compile(r'"(/[^"\n]*/media-[0-9a-f]+/)')  # where pandoc puts a post's images, outside any root


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="typst", description="Compile Typst to PDF with the fonts that Fencepost brings."
    )
    parser.add_argument("command", choices=("compile", "c"))
    parser.add_argument("input")
    parser.add_argument("output", nargs="?")
    parser.add_argument("--root", type=Path)
    parser.add_argument("--font-path", type=Path, action="append", default=[])
    parser.add_argument("--ignore-system-fonts", action="store_true")
    parser.add_argument("--pdf-standard")
    parser.add_argument("--timeout", type=float, default=120.0)
    return parser


def _with_media(text: str, folder: Path) -> tuple[str, list[Path]]:
    """Copy the images that pandoc has put outside any root beside the input, and let the text refer to the copies.

    The root stays the input's folder: a post's own raw Typst reads nothing else.
    """
    made: list[Path] = []
    temporary = Path(tempfile.gettempdir()).resolve()
    found = [media for media in dict.fromkeys(_MEDIA.findall(text)) if temporary in Path(media).resolve().parents]
    for count, media in enumerate(found):
        copy = folder / f"media-{count}-{Path(media).name}"
        shutil.copytree(media, copy, dirs_exist_ok=True)
        made.append(copy)
        text = text.replace(f'"{media}', f'"/{copy.name}/')
    return text, made


def main(argv: list[str]) -> int:
    """Compile one file; give the exit code."""
    given = _parser().parse_args(argv)
    made: list[Path] = []
    try:
        text = sys.stdin.read() if given.input == "-" else Path(given.input).read_text(encoding="utf-8")
        folder = Path(given.input).resolve().parent
        if given.root is None:
            text, made = _with_media(text, folder)
        printed = compile_pdf(
            text,
            root=given.root or folder,
            font_paths=given.font_path,
            timeout=given.timeout,
            system_fonts=not given.ignore_system_fonts,
            standard=given.pdf_standard or "none",
            source=given.input,
        )
        write_bytes(Path(given.output) if given.output else Path(given.input).with_suffix(".pdf"), printed.data)
    except FencepostError as error:
        print(error.diagnostic.text(), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"typst: {given.input}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        for copy in made:
            shutil.rmtree(copy, ignore_errors=True)
    for warning in [*printed.warnings, *([printed.refusal] if printed.refusal else [])]:
        print(f"typst: warning: {warning}", file=sys.stderr)
    return 0
