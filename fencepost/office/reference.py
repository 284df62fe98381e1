"""The reference document of Word and OpenDocument: pandoc's own, with the theme's faces and colours and our styles."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from fencepost.office.restyled import restyled
from fencepost.pandoc import binary
from fencepost.theme import Theme
from fencepost.writers.code.office import TOKENS
from fencepost.writers.escape import html
from fencepost.writers.styles import odt_name

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
END = {"docx": "</w:styles>", "odt": "</office:styles>"}


@dataclass(frozen=True, slots=True)
class Style:
    """A named style. Colours are `RRGGBB`, sizes and spaces points; `bar` is a line at the left."""

    name: str
    is_text: bool = False  # of a run of characters, not of a paragraph
    face: str = ""
    size: float = 0
    colour: str = ""
    ground: str = ""
    bar: str = ""
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    keep: bool = False  # with the next paragraph


def styles(theme: Theme) -> Iterator[Style]:
    """List our styles, in the theme's colours and faces."""

    def ink(group: str, name: str) -> str:
        return str(theme[group][name][0]).lstrip("#").upper()

    sans, mono = theme["faces"]["sans"][0], theme["faces"]["mono"][0]
    for kind in theme["alerts"]:
        own = ink("alerts", kind)
        yield Style(f"Alert {kind.capitalize()} Title", face=sans, size=9.5, colour=own, bar=own, bold=True, before=10,
                    indent=10, keep=True)  # fmt: skip
        yield Style(f"Alert {kind.capitalize()}", bar=own, after=3, indent=10)
    ground = ink("colours", "code")
    line = {"face": mono, "size": 8.5, "ground": ground, "indent": 6}
    soft, bar = ink("colours", "soft"), ink("colours", "bar")
    yield Style("Code Title", face=mono, size=8.5, colour=soft, ground=bar, bar=bar, before=10,
                indent=6, keep=True)  # fmt: skip
    # a bar that nobody sees: lines with and without a mark begin at one place
    yield Style("Code Line", **line, bar=ground)
    yield Style("Code Line Last", **line, bar=ground, after=10)
    marked = {**line, "ground": ink("colours", "mark")}
    yield Style("Code Line Marked", **marked, bar=ink("colours", "markbar"))
    yield Style("Code Caption", face=sans, size=8.5, colour=ink("colours", "quiet"), after=10)
    yield Style("Code Number", is_text=True, colour=ink("colours", "quiet"))
    yield Style("Description", colour=soft, italic=True, before=4, after=14)
    for token, name in TOKENS.items():
        yield Style(f"Code {name}", is_text=True, colour=ink("code", token), italic=token == "c", bold=token == "h")
    for tint in theme["tints"]:
        name = "Code Mark" if tint == "default" else f"Code Mark {tint.capitalize()}"
        yield Style(name, is_text=True, ground=ink("tints", tint))


def reference(kind: str, theme: Theme) -> bytes:
    """Make the reference document of a kind, `docx` or `odt`; the same theme gives the same bytes."""
    command = [binary(), "--print-default-data-file", f"reference.{kind}"]
    plain = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    write = {"docx": _docx, "odt": _odt}[kind]
    own = "".join(write(style) for style in styles(theme))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            if name == STYLES[kind]:
                text = restyled(_faces(data.decode("utf-8"), kind, theme), kind, theme)
                data = text.replace(END[kind], own + END[kind], 1).encode("utf-8")
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, how)
    return out.getvalue()


def _faces(text: str, kind: str, theme: Theme) -> str:
    """Set running text, headings and inline code in the theme's faces."""
    serif, sans, mono = (html(theme["faces"][use][0]) for use in ("text", "sans", "mono"))
    if kind == "odt":
        return text.replace('style:font-name="Times New Roman"', f'fo:font-family="{serif}"')
    text = re.sub(r'w:(ascii|hAnsi|cs|eastAsia)Theme="minor\w*"', rf'w:\1="{serif}"', text)
    text = re.sub(r'w:(ascii|hAnsi|cs|eastAsia)Theme="major\w*"', rf'w:\1="{sans}"', text)
    return text.replace('w:ascii="Consolas" w:hAnsi="Consolas"', f'w:ascii="{mono}" w:hAnsi="{mono}"')


def _docx(style: Style) -> str:
    identifier = style.name.replace(" ", "")
    based = "DefaultParagraphFont" if style.is_text else "Normal"
    run = (
        f'<w:rFonts w:ascii="{html(style.face)}" w:hAnsi="{html(style.face)}" w:cs="{html(style.face)}"/>'
        if style.face
        else ""
    )
    run += "<w:b/>" * style.bold + "<w:i/>" * style.italic
    run += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    run += f'<w:sz w:val="{round(style.size * 2)}"/>' if style.size else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.ground}"/>' if style.ground else ""
    if style.is_text:
        kind, paragraph, run = "character", "", run + shade
    else:
        bar = (
            f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="{style.bar}"/></w:pBdr>'
            if style.bar
            else ""
        )
        spacing = f'<w:spacing w:before="{style.before * 20:g}" w:after="{style.after * 20:g}"/>'
        indent = f'<w:ind w:left="{style.indent * 20:g}"/>' if style.indent else ""
        kind, paragraph = "paragraph", "<w:keepNext/>" * style.keep + bar + shade + spacing + indent
    return (
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/><w:qFormat/>{f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""}'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _odt(style: Style) -> str:
    text = f'fo:font-family="{html(style.face)}" ' if style.face else ""
    text += f'fo:font-size="{style.size:g}pt" ' if style.size else ""
    text += f'fo:color="#{style.colour}" ' if style.colour else ""
    text += 'fo:font-weight="bold" ' * style.bold + 'fo:font-style="italic" ' * style.italic
    ground = f'fo:background-color="#{style.ground}" ' if style.ground else ""
    if style.is_text:
        family, paragraph, text = "text", "", text + ground
    else:
        bar = f'fo:border-left="2.2pt solid #{style.bar}" fo:padding-left="6pt" ' if style.bar else ""
        keep = 'fo:keep-with-next="always" ' * style.keep
        family = "paragraph"
        paragraph = (
            f'<style:paragraph-properties fo:margin-top="{style.before:g}pt" fo:margin-bottom="{style.after:g}pt" '
            f'fo:margin-left="{style.indent:g}pt" {bar}{ground}{keep}/>'
        )
    parent = "" if style.is_text else ' style:parent-style-name="Standard"'
    names = f'style:name="{odt_name(style.name)}" style:display-name="{style.name}"'
    return (
        f'<style:style {names} style:family="{family}"{parent}>{paragraph}<style:text-properties {text}/></style:style>'
    )
