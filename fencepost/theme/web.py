"""The look of HTML and EPUB: style sheets written from the theme, and the scripts of a page."""

from __future__ import annotations

import json
import re
from colorsys import hls_to_rgb, rgb_to_hls

from fencepost.system.assets import data_dir
from fencepost.theme import GROUPS, Theme, css_faces, css_measures, css_properties, css_weights
from fencepost.writers.escape import css

BETWEEN = 0.179  # the luminance with the same contrast, 4.58:1, on white and on black
EMOJI = "Noto Emoji"
FURNITURE = "font:8pt var(--fp-sans);color:var(--fp-quiet)"
READABLE = 4.5  # the contrast that WCAG 2 asks of text
WORDS = ("copy", "copied", "colours", "auto", "light", "dark")
SCRIPTS = (
    "copy.js",
    "colours.js",
    "contents.js",
    "notes.js",
)  # each does one thing; without it the page has all but that


def _template(name: str) -> str:
    return (data_dir() / "templates" / name).read_text(encoding="utf-8")


def _tints(theme: Theme) -> str:
    return "".join(f".tint-{name}{{--tint:var(--fp-tint-{name})}}\n" for name in theme["tints"])


def minified(css: str) -> str:
    """Take comments and indentation out of a style sheet; line breaks stay."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", css).strip() + "\n"


def stylesheet(theme: Theme, *, page: bool, wrap: bool = False) -> str:
    """Write the style sheet: what Fencepost's own elements need, and with `page` the look of the whole page.

    With `wrap`, long lines of code go on below instead of scrolling.
    """
    names = ["post.css", "fencepost.css", "web.css", "print.css"] if page else ["fencepost.css"]
    names += ["wrap.css"] if wrap else []
    style = minified("".join(_template(name) for name in names)) + _tints(theme)
    return css_properties(theme, page=page) + (style if page else _SYSTEM_DARK.sub("", style))


# what follows the system's choice: a page that is not ours may have dark text on a light ground whatever that is
_SYSTEM_DARK = re.compile(r"@media\s+screen\s+and\s*\(prefers-color-scheme:\s*dark\)\s*\{(?:[^{}]|\{[^{}]*\})*\}\n?")


def paged_stylesheet(theme: Theme, title: str, size: str, width: float) -> str:
    """Write the style sheet of our page on paper, for engines that print web pages; `size` is the sheet's, in CSS.

    `width` is the sheet's in millimetres. Running heads hold the title, and sections where the engine can.
    """
    edge = max(13.0, (width - _millimetres(theme["print"]["measure"])) / 2)
    margins = (
        f"@page{{size:{size};margin:27mm {edge:g}mm 30mm;"
        f"@top-left{{content:{css(title)};{FURNITURE}}}"
        f"@top-right{{content:string(section);{FURNITURE}}}"
        f"@bottom-center{{content:counter(page);{FURNITURE}}}}}\n"
        "@page:first{@top-left{content:none}@top-right{content:none}}\n"
    )
    names = ("post.css", "fencepost.css", "web.css", "paged.css")
    colours = {prefix + name: pair[0] for group, prefix in GROUPS.items() for name, pair in theme[group].items()}
    # (WeasyPrint knows hundreds alone)
    weights = {name: f"{round(int(weight), -2)}" for name, weight in css_weights(theme).items()}
    fixed = css_faces(theme) | weights | colours
    fixed |= {name: value for medium in ("web", "print", "book") for name, value in css_measures(theme, medium).items()}
    fixed |= {name: f'{names},"{EMOJI}"' for name, names in css_faces(theme).items()}
    root = "".join(f"{name}:{value};" for name, value in fixed.items())
    return (
        _font_faces(theme) + f":root{{{root}}}\n" + minified("".join(map(_template, names))) + margins + _tints(theme)
    )


def _font_faces(theme: Theme) -> str:
    """Let the engine find the bundled fonts, whether this machine has them installed or not."""
    from fencepost.fonts.files import faces, file_of

    emoji = file_of(EMOJI, "normal")
    found = [*faces(theme), *([(EMOJI, "normal", emoji)] if emoji else [])]
    return "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:100 900;src:url("{file.as_uri()}")}}\n'
        for family, style, file in found
    )


def _millimetres(length: str) -> float:
    unit = length.lstrip("0123456789.")
    return float(length.removesuffix(unit)) * {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72}[unit]


def head_script() -> str:
    """Write the script that runs before the page is drawn: a reader's own choice of light or dark holds at once."""
    return f"\n<script>{_template('head.js').strip()}</script>"


def script(words: dict[str, str]) -> str:
    """Write the scripts that run when the page is there, their words in the post's language."""
    known = json.dumps({name: words[name] for name in WORDS}, ensure_ascii=False).replace("<", "\\u003c")
    lines = [f"const words = {known};", *"".join(_template(name) for name in SCRIPTS).splitlines()]
    lines = ["(() => {", *lines, "})();"]
    return "\n".join(line.split(" // ")[0].strip() for line in lines if not line.startswith("//")) + "\n"


def luminance(colour: str) -> float:
    """Measure a colour `#rrggbb` as WCAG does.

    >>> luminance("#ffffff")
    1.0
    """
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return round(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2], 6)


def contrast(one: str, other: str) -> float:
    """Measure the contrast of two colours as WCAG does, from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def midtone(colour: str) -> str:
    """Find the shade of a colour that is legible on white and on black: an EPUB's page may be either.

    >>> min(contrast(midtone("#0969da"), ground) for ground in ("#ffffff", "#000000")) > 4.5
    True
    """
    hue, _, saturation = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in hls_to_rgb(hue, middle, saturation))
        low, high = (middle, high) if luminance(shade) < BETWEEN else (low, middle)
    return shade


def legible(colour: str, ground: str) -> str:
    """Find the shade of a colour that is nearest to it and legible (4.5:1) on a ground: itself where it is.

    >>> legible("#7a3cc0", "#ffffff"), contrast(legible("#7a3cc0", "#15161a"), "#15161a") >= 4.5
    ('#7a3cc0', True)
    """
    hue, lightness, saturation = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    step = 0.01 if luminance(ground) < BETWEEN else -0.01
    while contrast(colour, ground) < READABLE and 0 <= lightness + step <= 1:
        lightness += step
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in hls_to_rgb(hue, lightness, saturation))
    return colour


def _sides(theme: Theme) -> tuple[dict[str, str], dict[str, str]]:
    """Give every property its light and dark value; alerts and links, which stand on the bare page, one for both."""
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for group, prefix in GROUPS.items():
        for name, pair in theme[group].items():
            bare = group == "alerts" or (group, name) == ("colours", "link")
            for side, colour in zip(sides, [midtone(pair[0])] * 2 if bare else pair, strict=True):
                side[prefix + name] = colour
    for side in sides:
        side["--fp-bare"] = midtone(theme["colours"]["quiet"][0])  # lines on the bare page
    return sides


def epub_stylesheet(theme: Theme) -> str:
    """Write the style sheet of an EPUB: each colour first as itself, for readers that know no custom properties."""
    light, dark = _sides(theme)
    values = light | css_faces(theme) | css_weights(theme) | css_measures(theme, "book")

    def twice(match: re.Match[str]) -> str:
        literal = re.sub(r"var\((--fp-[\w-]+)\)", lambda found: values[found[1]], match[0])
        return literal + match[0]

    css = minified(_template("epub.css")).replace("/*tints*/", "")
    css += "".join(f".tint-{name}{{background:var(--fp-tint-{name});}}\n" for name in theme["tints"])
    css = re.sub(r"[\w-]+:[^;{}]*var\(--fp-[^;{}]*;", twice, css)
    changed = "".join(f"{name}:{colour};" for name, colour in dark.items() if light[name] != colour)
    root = "".join(f"{name}:{value};" for name, value in values.items())
    return f":root{{{root}}}\n{css}@media (prefers-color-scheme:dark){{:root{{{changed}}}}}\n"
