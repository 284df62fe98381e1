"""The styles that pandoc's reference documents bring (titles, headings, captions, notes), in the theme's look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fencepost.theme import Theme
from fencepost.writers.escape import html

BODY, TABLE = 11.0, 9.5  # points of running text, and of what stands in tables
CELL = {"top": 40, "left": 108, "bottom": 40, "right": 108}  # twentieths of a point around what stands in a cell
# Word wants an order: keeps and numbers, borders, spaces, then all else
_BEFORE_SPACE = re.compile(r"<w:pPr>\s*(?:<w:keep\w+ />\s*)*(?:<w:numPr>.*?</w:numPr>)?", re.DOTALL)


_BAR = r'<w:pBdr><w:left |fo:border-left="1pt solid #\w+" fo:padding-left="10pt"'  # beside a quote


@dataclass(frozen=True, slots=True)
class Look:
    """A style of pandoc's: its id in Word, its name in OpenDocument, what it is to look like. Sizes are points."""

    docx: str
    odt: str
    face: str = ""
    size: float = 0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    before: float | None = None  # none leaves the space as it is
    after: float = 0
    bar: str = ""  # a line at the left
    align: str = ""


def looks(theme: Theme) -> Iterator[Look]:
    """List them."""

    def ink(name: str) -> str:
        return str(theme["colours"][name][0]).lstrip("#").upper()

    sans, mono = theme["faces"]["sans"][0], theme["faces"]["mono"][0]
    yield Look("Title", "Title", sans, 26, ink("ink"), bold=True, before=0, after=4)
    yield Look("Subtitle", "Subtitle", sans, 14, ink("soft"), before=0, after=4)
    for name in ("Author", "Date"):
        yield Look(name, name, sans, 9.5, ink("quiet"), before=0, after=2)
    sizes = (20, 16, 13, 11.5, 11, 10)
    for level, size in enumerate(sizes, 1):
        colour = ink("ink" if level < 5 else "soft")
        yield Look(f"Heading{level}", f"Heading_20_{level}", sans, size, colour, bold=True, before=size, after=size / 3)
    yield Look("Caption", "Caption", sans, 9, ink("quiet"), before=3, after=9)
    for docx, odt in (("CaptionedFigure", "FigureWithCaption"), ("Figure", "Figure")):
        yield Look(docx, odt, before=9, after=3, align="center")
    yield Look("ImageCaption", "FigureCaption", before=3, after=12, align="center")
    yield Look("", "Table_20_Heading", sans, 8.5, ink("ink"), bold=True)
    yield Look("", "Table_20_Contents", size=TABLE)
    yield Look("", "Footer", sans, 8.5, ink("quiet"))
    yield Look("BlockText", "Quotations", colour=ink("soft"), before=6, after=6, bar=ink("rule"))
    yield Look("FootnoteText", "Footnote", size=9.5)
    yield Look("VerbatimChar", "Source_Text", mono, 9.5)
    yield Look("Hyperlink", "Internet_20_link", colour=ink("link"))


def restyled(text: str, kind: str, theme: Theme, *, rtl: bool = False) -> str:
    """Give the styles of a reference document of a kind, `docx` or `odt`, in the theme's look; `rtl` turns bars."""
    text = _whole(text, kind, theme)
    for look in looks(theme):
        write, key, name = (_docx, "w:styleId", look.docx) if kind == "docx" else (_odt, "style:name", look.odt)
        tag = key.split(":")[0] + ":style"
        if not name:
            continue
        found = re.search(rf'<{tag}\s[^>]*{key}="{name}"(?:(?!</{tag}>).)*</{tag}>', text, re.DOTALL)
        if found:
            text = text[: found.start()] + write(found[0], look) + text[found.end() :]
        elif kind == "odt":  # word processors have it of their own, pandoc's document has not
            kin = 'style:family="paragraph" style:parent-style-name="Standard"'
            bare = f'<style:style style:name="{name}" {kin}></style:style>'
            text = text.replace("</office:styles>", _odt(bare, look) + "</office:styles>", 1)
    return re.sub(_BAR, lambda bar: bar[0].replace("left", "right"), text) if rtl else text


def for_all_scripts(text: str) -> str:
    """Give Chinese and Arabic letters, say, the size and weight that OpenDocument's styles give to Latin ones."""

    def whole(found: re.Match[str]) -> str:
        own = re.sub(r' style:font-(?:size|weight|style)-(?:asian|complex)="[^"]*"', "", found[1])
        more = "".join(
            f' style:{name}-{script}="{value}"'
            for name, value in re.findall(r'fo:(font-(?:size|weight|style))="([^"]*)"', own)
            for script in ("asian", "complex")
        )
        return f"<style:text-properties{own.rstrip()}{more}{found[2]}"

    return re.sub(r"<style:text-properties([^>]*?)(/?>)", whole, text)


def _whole(text: str, kind: str, theme: Theme) -> str:
    """Set the size of running text, begin titles where lines begin, and rule tables."""
    if kind == "odt":
        text = re.sub(
            r'(style:family="paragraph">.*?fo:font-size=")12pt"', rf'\g<1>{BODY:g}pt"', text, count=1, flags=re.DOTALL
        )
        titles = r'(style:name="(?:Title|Subtitle|Author|Date)"[^>]*>\s*<style:paragraph-properties[^>]*?)"center"'
        return re.sub(titles, r'\1"start"', text)
    text = re.sub(r'(<w:sz(?:Cs)? w:val=)"24" />', rf'\1"{BODY * 2:g}" />', text, count=2)
    text = text.replace('<w:jc w:val="center" />', '<w:jc w:val="start" />')
    return _ruled(text, theme)


def _ruled(text: str, theme: Theme) -> str:
    """Give Word's tables their lines, as light as the theme's, and their type."""
    rule, ink = (str(theme["colours"][name][0]).lstrip("#") for name in ("rule", "ink"))
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="{rule}"/>' for side in ("bottom", "insideH"))
    cells = "".join(f'<w:{side} w:type="dxa" w:w="{room}"/>' for side, room in CELL.items())
    found = re.search(r'<w:style [^>]*w:styleId="Table".*?</w:style>', text, re.DOTALL)
    if not found:
        return text
    name, face = found[0][: found[0].index("<w:tblPr>")], html(theme["faces"]["sans"][0])
    head = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/><w:b/><w:sz w:val="17"/>'
    line = f'<w:bottom w:val="single" w:sz="6" w:color="{ink}"/>'
    made = (
        f'{name}<w:rPr><w:sz w:val="{TABLE * 2:g}"/></w:rPr><w:tblPr><w:tblInd w:type="dxa" w:w="0"/>'
        f"<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr><w:trPr><w:cantSplit/></w:trPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{head}</w:rPr><w:tcPr><w:tcBorders>{line}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
    return text[: found.start()] + made + text[found.end() :]


def _docx(style: str, look: Look) -> str:
    face = f'w:ascii="{html(look.face)}" w:hAnsi="{html(look.face)}" w:cs="{html(look.face)}"'
    run = f"<w:rFonts {face}/>" if look.face else ""
    run += (
        "<w:b/><w:bCs/>" if look.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>' * bool(look.face)
    )  # what it is based on may be bold
    run += "<w:i/><w:iCs/>" * look.italic
    run += f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    run += f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>' if look.size else ""
    style = re.sub(r"<w:rPr>.*?</w:rPr>", "", style, flags=re.DOTALL)
    if look.before is not None:
        spacing = f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"/>'
        bar = (
            f'<w:pBdr><w:left w:val="single" w:sz="8" w:space="10" w:color="{look.bar}"/></w:pBdr>' if look.bar else ""
        )
        style = style if "<w:pPr>" in style else style.replace("</w:style>", "<w:pPr></w:pPr></w:style>")
        style = re.sub(r"<w:spacing [^>]*/>", "", style)
        align = f'<w:jc w:val="{look.align}"/>' if look.align else ""
        style = _BEFORE_SPACE.sub(lambda found: f"{found[0]}{bar}{spacing}{align}", style, count=1)
    return style.replace("</w:style>", f"<w:rPr>{run}</w:rPr></w:style>")


def _odt(style: str, look: Look) -> str:
    text = f'fo:font-family="{html(look.face)}" ' if look.face else ""
    text += f'fo:font-size="{look.size:g}pt" ' if look.size else ""
    text += f'fo:color="#{look.colour}" ' if look.colour else ""
    text += (
        f'fo:font-weight="{"bold" if look.bold else "normal"}" fo:font-style="{"italic" if look.italic else "normal"}"'
    )
    style = re.sub(r"<style:text-properties\b[^>]*/>", "", style)
    if look.before is not None:
        space = f'fo:margin-top="{look.before:.4g}pt" fo:margin-bottom="{look.after:.4g}pt"'
        space += f' fo:border-left="1pt solid #{look.bar}" fo:padding-left="10pt"' if look.bar else ""
        if "<style:paragraph-properties" not in style:
            style = style.replace("</style:style>", "<style:paragraph-properties /></style:style>")
        space += f' fo:text-align="{look.align}"' if look.align else ""
        style = re.sub(r'\sfo:margin-(?:top|bottom)="[^"]*"', "", style)
        style = style.replace("<style:paragraph-properties", f"<style:paragraph-properties {space}", 1)
    return style.replace("</style:style>", f"<style:text-properties {text} /></style:style>")
