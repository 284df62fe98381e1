"""A look is one file: no template holds a colour, a face, a weight or a measure that a designer would change."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT

TEMPLATES = ROOT / "templates"
SHEETS = ("post.css", "fencepost.css", "web.css", "wrap.css", "print.css", "paged.css", "epub.css")
PRINTS = ("fencepost.typ", "post.typ", "book.typ")
COVER = "cover.typ"  # a picture of a size of its own: its measures are no page's, the rest is the theme's
FITTING = 0.5  # em: below half a letter is how a sign sits beside a word or in its box, and follows from their shapes

_NAMES = r"(?<!fp-)\b(?:white|black|gr[ae]y|red|green|blue|yellow|silver)\b(?![-(])"
COLOUR = re.compile(rf"#[0-9a-fA-F]{{3,8}}\b|\b(?:rgba?|hsla?|luma|oklch|cmyk)\((?!mark\))|{_NAMES}")
LENGTH = re.compile(r"(?<![\w.#-])-?(\d*\.?\d+)(rem|em|px|pt|mm|cm|in)\b")
EMS = {"rem": 1.0, "em": 1.0, "px": 1 / 16, "pt": 1 / 10.4, "mm": 2.83 / 10.4, "cm": 28.3 / 10.4, "in": 7.0}
EXACT = re.compile(r"font|line-height|letter-spacing|border|outline|background|box-shadow")

SHEETS_MAY = {
    # in a rule for                     why its measures are no theme's
    ":focus-visible":                  "a focus ring that is seen is what WCAG asks of every theme",
    "ul.task-list":                    "a box as large as the text, hung beside it",
    ".alert-icon":                     "a drawn sign",
    "summary::after":                  "a drawn sign",
    '[data-frame="terminal"]':         "the lights of a terminal, drawn, and room for them",
    ":has(+ .fp-copy)":                "room for a button",
    ".fp-bare":                        "room for a button",
    ".fp-colours":                     "a button at the window's edge, large enough for a finger",
    "li:popover-open":                 "a window over the page: its place, width and shadow",
    ":target":                         "a ground that reaches round the note",
    ".table-wrapper":                  "shadows over what scrolls; how far past the text a wide table may reach",
    "td":                              "what a column needs to be read",
    "table:has(th:nth-child(6))":      "of many columns, each is narrow",
    ".annotations":                    "as wide as a number",
    ".footnote-ref":                   "how high a mark stands",
    ".footnote-number":                "as wide as a number",
    ".toc":                            "where the contents stand in the window",
    "figure.figure img":               "no higher than a page",
    "html":                            "what a rem is on paper",
}  # fmt: skip
PRINTS_MAY = {
    # in a line with                    why its measures are no theme's
    "fp-digit-drawings(colour) =":     "numbers of lines, drawn as high as the code's",
    'cap: "round"':                   "a drawn sign",
    "curve.":                          "a drawn sign",
    "fp-turn =":                       "a drawn sign",
    "fp-sign-of":                      "a drawn sign",
    "fp-lights":                       "a drawn sign",
    '"solid"':                         "strokes by which marks are told apart without colours",
    '"dashed"':                        "strokes by which marks are told apart without colours",
    '"dotted"':                        "strokes by which marks are told apart without colours",
    "top-edge":                        "how high the face's letters are",
    "fp-number(number)":               "numbers of lines, drawn as high as the code's",
    "height: 1em":                     "numbers of lines, drawn as high as the code's",
    "look.leading":                    "the height of a line",
    "calc.max(2, digits)":             "as wide as the drawn digits",
    "1em * (fp-print.code":            "a proportion of the theme's",
    "fp-drawing(fp-icons":             "a drawn sign",
    "1.5em":                           "the column of a note's number",
    "2.4em":                           "the column of a link's number",
    ").at(unit)":                      "units",
    "fp-press":                        "the least margin of a printing house",
    "page.height":                     "no higher than a page",
    "own <":                           "which pictures are small",
    "210mm":                           "the paper",
    "297mm":                           "the paper",
    "fp-inside":                       "what a printing house asks for at the spine",
    "fp-top + 30pt":                   "what is at the head of a page",
    "letters.len()":                   "a guess of how wide letters are",
    "body-indent":                     "the room of a bullet",
    "fp-no-bullet":                    "the room of a bullet",
    "fp-is-task":                      "the room of a bullet",
    "fp-tick":                         "the room of a bullet",
    "fp-tab-cell =":                   "the cells of the font of tabs",
    "sign != none":                    "a drawn sign in the margin of the code",
}  # fmt: skip
WEIGHT = re.compile(r"\b(?:weight|delta): [1-9]")
LOOK = re.compile(  # arguments that are the look, with a value of their own; `text(` takes its size first
    r"\b(?:tracking|leading|spacing): -?(?!0pt)[\d.]+|\bfont: \"(?!New Computer Modern Math)"
    r"|\b(?:above|below|size|stroke|thickness|gap|clearance|gutter|radius): (?!0pt)[\d.]+(?:pt|em|mm)"
    r"|\btext\([\d.]+(?:pt|em|mm)"
)


def declarations(css: str) -> Iterator[tuple[str, str, str]]:
    """List what a style sheet says, as selector, property and value, without the theme's own properties."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(
        r"@media \(max-width[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css
    )  # in a narrow window edges and sizes give way
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        for declaration in body.split(";"):
            name, colon, value = declaration.partition(":")
            if colon and not selector.strip().startswith("@"):
                yield " ".join(selector.split()), name.strip(), re.sub(r"var\(--[\w-]+\)", "", value).strip()


def lengths(value: str, least: float) -> list[str]:
    """Find the lengths in a value that are more than `least` ems; `1em` is as large as the text, and no measure."""
    found = LENGTH.finditer(value)
    return [it[0] for it in found if float(it[1]) * EMS[it[2]] > least and it[0].lstrip("-") not in ("1em", "1rem")]


def faults(sheet: str) -> list[str]:
    """List what a style sheet says that belongs into the theme."""
    out = []
    for selector, name, value in declarations(sheet):
        says = f"{selector} {{ {name}: {value} }}"
        if COLOUR.search(value):
            out.append(says)
        if re.fullmatch("font|font-weight", name) and re.search(r"\b[1-9]00\b|\b[1-9]50\b|\bbold", value):
            out.append(says)
        if re.fullmatch("font|font-family", name) and re.search(r"[\"']|serif|monospace", value):
            out.append(says)
        if any(part in selector for part in SHEETS_MAY):
            continue
        if lengths(value, 0.0 if EXACT.match(name) else FITTING) or re.fullmatch(r"line-height", name) and "." in value:
            out.append(says)
    return out


def print_faults(template: str, *, measures: bool = True) -> list[str]:
    """List the lines of a Typst template that hold what belongs into the theme."""
    lines = [line.split(" // ")[0] for line in template.splitlines() if not line.startswith("//")]
    out = [line for line in lines if COLOUR.search(re.sub(r'#"|regex\(.*|#[a-z]', "", line)) or WEIGHT.search(line)]
    if measures:
        plain = (line for line in lines if not any(part in line for part in PRINTS_MAY))
        out += [line for line in plain if LOOK.search(line) or lengths(line, FITTING)]
    return out


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_have_the_themes_look(name: str) -> None:
    assert faults((TEMPLATES / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", [*PRINTS, COVER])
def test_print_has_the_themes_look(name: str) -> None:
    assert print_faults((TEMPLATES / name).read_text(encoding="utf-8"), measures=name != COVER) == []


def test_every_exception_is_one() -> None:
    css = " ".join(selector for name in SHEETS for selector, *_ in declarations((TEMPLATES / name).read_text()))
    typ = "".join((TEMPLATES / name).read_text() for name in PRINTS)
    assert [part for part in SHEETS_MAY if part not in css] + [part for part in PRINTS_MAY if part not in typ] == []


@pytest.mark.parametrize(
    "css",
    [
        "p { color: #123456 }", "p { background: white }", "p { border: 2px solid var(--fp-rule) }",
        "b { font-weight: 700 }",
        "p { font: 500 var(--fp-web-small)/1.4 var(--fp-sans) }", "p { margin: 0 0 1.2em }", "p { border-radius: 3px }",
        "p { font-family: Georgia, serif }", "p { letter-spacing: .02em }", "@media screen { p { padding: 2rem } }",
    ],
)  # fmt: skip
def test_a_literal_in_a_style_sheet_is_found(css: str) -> None:
    assert faults(css)


@pytest.mark.parametrize(
    "typ",
    ["#set text(fill: rgb(1, 2, 3))", "#block(fill: white)[]", "#text(9pt)[]", "#text(weight: 640)[]",
     "#block(above: 1.4em)[]", "#line(stroke: 0.5pt)", '#set text(font: "Inter")', "#set par(leading: 0.4em)",
     "#set page(margin: 20mm)", "#box(radius: 2pt)[]"],
)  # fmt: skip
def test_a_literal_in_print_is_found(typ: str) -> None:
    assert print_faults(typ)
