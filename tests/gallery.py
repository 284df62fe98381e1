"""Draw the pictures of README and manual: `make gallery` writes pages of every format to docs/pictures.

The post is the showcase. Chromium draws web page and EPUB with the bundled fonts, poppler the PDF. A picture has 256
colours, which keeps it small.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import readers
from PIL import Image

from fencepost.fonts import font_dirs

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
POST = ROOT / "examples" / "showcase" / "index.md"
LEDGER = ROOT / "examples" / "themes" / "ledger.json"
DARK, LIGHT = "--blink-settings=preferredColorScheme=0", "--blink-settings=preferredColorScheme=1"
OPEN = "document.querySelector('.footnote-ref button').click()"

WEB = {
    # picture      theme   width  height  from  side   a script in the page
    "web-light":  ("",      1440,  1000,     0, LIGHT, ""),
    "web-dark":   ("",       900,  1000,  2980, DARK,  ""),
    "web-narrow": ("",       390,   844,  3300, LIGHT, ""),
    "web-note":   ("",       900,   400,   700, LIGHT, OPEN),
    "web-ledger": ("ledger", 900,  1000,     0, LIGHT, ""),
}  # fmt: skip
PRINT = {
    # picture         theme   page
    "print-page-1":  ("",       1),
    "print-page-3":  ("",       3),
    "print-ledger":  ("ledger", 3),
}  # fmt: skip
BOOK = {"book-light": ("epubjs", "light"), "book-dark": ("foliate", "dark")}
DOTS = 70  # an inch of paper


def chromium() -> str:
    """Find Chromium, and let it see the bundled fonts."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("FENCEPOST_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("the gallery needs Chromium (or its path in FENCEPOST_CHROMIUM)")
    return str(found)


def fonts(folder: Path) -> Path:
    """Write a configuration that adds the bundled fonts to this machine's."""
    places = "".join(f"<dir>{place}</dir>" for place in font_dirs())
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{places}'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    return file


def keep(name: str, picture: bytes) -> None:
    """Write a picture, small."""
    few = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    out = PICTURES / f"{name}.png"
    few.save(out, optimize=True)
    print(f"{out.relative_to(ROOT)}: {out.stat().st_size / 1000:.0f} kB")


def convert(folder: Path, target: str, theme: str) -> Path:
    """Convert the showcase by a theme, with contents on the web."""
    out = folder / f"{theme or 'ours'}.{target}"
    if not out.exists():
        command = [Path(sys.executable).with_name("fencepost"), "convert", POST, "-o", out, "--quiet"]
        command += ["--toc", "--embed"] if target == "html" else []
        subprocess.run([*command, *(["--theme", LEDGER] if theme else [])], check=True)
    return out


def web(folder: Path, name: str) -> None:
    """Draw a part of the page, in a frame of the wanted width: a window has a least one."""
    theme, width, height, start, side, script = WEB[name]
    page = convert(folder, "html", theme)
    if script:
        text = page.read_text(encoding="utf-8")
        page = page.with_name(f"{name}-page.html")
        page.write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    frame = (
        f'<iframe src="{page.name}" style="width:{width}px;height:{start + height}px;margin-top:-{start}px;border:0">'
    )
    holder = folder / "holder.html"
    holder.write_text(f'<!doctype html><body style="margin:0;overflow:hidden">{frame}</iframe>', encoding="utf-8")
    shot = folder / "shot.png"
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", side,
        "--disable-background-networking", f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000",
        f"--window-size={max(width, 500)},{height}", f"--screenshot={shot}", holder.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    drawn = io.BytesIO()
    Image.open(shot).crop((0, 0, width, height)).save(drawn, "PNG")
    keep(name, drawn.getvalue())


def print_page(folder: Path, name: str) -> None:
    """Draw a page of the PDF."""
    theme, number = PRINT[name]
    command = ["pdftoppm", "-r", str(DOTS), "-png", "-f", str(number), "-l", str(number), convert(folder, "pdf", theme)]
    keep(name, subprocess.run(command, check=True, capture_output=True).stdout)


def book(folder: Path) -> None:
    """Draw the chapter of the EPUB as two reading systems do."""
    source = convert(folder, "epub", "")
    number = next(index for index, chapter in enumerate(readers.chapters(source)) if "ch001" in chapter)
    with readers.served(source) as server:
        for name, (reader, side) in BOOK.items():
            shot = folder / f"{name}.png"
            readers.shown(chromium(), server, f"{reader}-{number}", side, shot)
            keep(name, shot.read_bytes())


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["FONTCONFIG_FILE"] = str(fonts(folder))
        for picture in WEB:
            web(folder, picture)
        for picture in PRINT:
            print_page(folder, picture)
        if readers.missing():
            sys.exit("the EPUB's pictures need `npm ci --prefix tests/tools`")
        book(folder)


if __name__ == "__main__":
    main()
