"""Draw the pictures of README and manual: `make gallery` writes pages of every format to docs/pictures.

The post is the showcase. Chromium draws web page and EPUB with the bundled fonts, poppler the PDF, LibreOffice the
documents of word processors where it is there. A picture has 256 colours, which keeps it small.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import readers
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import Image

from fencepost.fonts import font_dirs
from fencepost.theme import load_theme

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
OFFICE = {
    # picture       format   page
    "office-word":   ("docx", 3),
    "office-writer": ("odt",  5),
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


def fonts(folder: Path, given: Sequence[Path]) -> Path:
    """Write a configuration that adds folders of fonts to this machine's."""
    places = "".join(f"<dir>{place}</dir>" for place in given)
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{places}'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    return file


def keep(name: str, picture: bytes) -> None:
    """Write a picture in 256 colours: half are those that it has most of, so that grounds stay as they are."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    often = sorted(image.getcolors(image.width * image.height), reverse=True)[:128]
    palette = [channel for _, colour in often for channel in colour]
    palette += image.quantize(256 - len(often), Image.Quantize.MAXCOVERAGE).getpalette()[: 3 * (256 - len(often))]
    shown = Image.new("P", (1, 1))
    shown.putpalette(palette)
    few = image.quantize(palette=shown, dither=Image.Dither.NONE)
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
    keep(name, page_of(convert(folder, "pdf", theme), number))


def page_of(document: Path, number: int) -> bytes:
    """Draw a page of a PDF, as PNG."""
    command = ["pdftoppm", "-r", str(DOTS), "-png", "-f", str(number), "-l", str(number), document]
    return subprocess.run(command, check=True, capture_output=True).stdout


def still_fonts(folder: Path) -> None:
    """Write the theme's faces without their axes: LibreOffice's PDFs know variable fonts in one weight only."""
    theme = load_theme()
    families = {theme["faces"][use][0] for use in ("text", "sans", "mono")}
    files = (file for place in font_dirs() for file in place.rglob("*[[]*wght*.ttf"))
    for file in files:
        with TTFont(file, lazy=True) as found:
            family, slant = found["name"].getBestFamilyName(), found["post"].italicAngle
            axes = {axis.axisTag: axis.defaultValue for axis in found["fvar"].axes}
        if family not in families:
            continue
        for weight, bold in ((400, ""), (700, "Bold ")):
            made = instantiateVariableFont(TTFont(file), {**axes, "wght": weight}, updateFontNames=False)
            style = f"{bold}{'Italic' if slant else ''}".strip() or "Regular"
            for number in (16, 17, 21, 22, 25):
                made["name"].removeNames(nameID=number)
            for number, text in ((1, family), (2, style), (4, f"{family} {style}"), (6, f"{family}-{style}")):
                made["name"].setName(text.replace(" ", "") if number == 6 else text, number, 3, 1, 0x409)
            made["OS/2"].usWeightClass, made["head"].macStyle = weight, (weight == 700) + 2 * (slant != 0)
            made["OS/2"].fsSelection = (weight == 700) << 5 | (slant != 0) | (style == "Regular") << 6
            made.save(folder / f"{family}-{style}.ttf".replace(" ", ""))


def office(folder: Path) -> None:
    """Draw pages of Word and OpenDocument as LibreOffice shows them."""
    program = shutil.which("soffice")
    if not program:
        print("no LibreOffice: the pictures of office documents stay as they are")
        return
    place = folder / "office"
    place.mkdir()
    still_fonts(place)
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts(place, [place]))}
    for name, (target, number) in OFFICE.items():
        command = [program, f"-env:UserInstallation={(folder / 'office-profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(place), str(convert(folder, target, ""))]
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
        keep(name, page_of(place / "ours.pdf", number))


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
        os.environ["FONTCONFIG_FILE"] = str(fonts(folder, font_dirs()))
        for picture in WEB:
            web(folder, picture)
        for picture in PRINT:
            print_page(folder, picture)
        office(folder)
        if readers.missing():
            sys.exit("the EPUB's pictures need `npm ci --prefix tests/tools`")
        book(folder)


if __name__ == "__main__":
    main()
