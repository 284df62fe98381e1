"""The reference document of Word and OpenDocument: pandoc's own, with the theme's faces and colours and our styles."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from fencepost.office.restyled import restyled
from fencepost.office.sheets import FOOT, on_sheet
from fencepost.pandoc import binary
from fencepost.pdf.paper import Paper, parse_paper
from fencepost.theme import Theme
from fencepost.writers.code.office import TOKENS
from fencepost.writers.escape import html
from fencepost.writers.styles import odt_name

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
A4 = parse_paper("a4")
HANGING = 20.4  # points: four columns of code, by which lines that go on below are set in
LIST_INDENT = 18  # points: where the sign of an item of pandoc's lists begins
END = {"docx": "</w:styles>", "odt": "</office:styles>"}


class Edge(NamedTuple):
    """A line at a side of a paragraph: its colour, its width in points, the room between it and the text."""

    colour: str
    width: float
    room: float


@dataclass(frozen=True, slots=True)
class Style:
    """A named style. Colours are `RRGGBB`, sizes and spaces points; `edges` are lines at its sides.

    `indent` is where lines begin from the margin, the first one `hanging` before them.
    """

    name: str
    based: str = ""  # on another of ours
    is_text: bool = False  # of a run of characters, not of a paragraph
    face: str = ""
    size: float = 0
    colour: str = ""
    ground: str = ""
    edges: Mapping[str, Edge] = field(default_factory=dict)
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    hanging: float = 0
    keep: bool = False  # with the next paragraph
    is_language: bool = True  # what a spelling checker reads
    align: str = ""
    is_item: bool = False  # of a list; in OpenDocument an edge would push its words out of their place


def _ink(theme: Theme, group: str, name: str) -> str:
    return str(theme[group][name][0]).lstrip("#").upper()


def styles(theme: Theme) -> Iterator[Style]:
    """List our styles, in the theme's colours and faces."""
    sans, quiet = theme["faces"]["sans"][0], _ink(theme, "colours", "quiet")
    for kind in theme["alerts"]:
        own = _ink(theme, "alerts", kind)
        name, bar = f"Alert {kind.capitalize()}", {"left": Edge(own, 2.25, 8)}
        yield Style(f"{name} Title", face=sans, size=9.5, colour=own, edges=bar, bold=True, before=12, after=2,
                    indent=12, keep=True)  # fmt: skip
        yield Style(name, edges=bar, after=4, indent=12)
        # the items of a list stand further in, by what the word processor says: the bar stays where it was
        yield Style(f"{name} Item", edges={"left": Edge(own, 2.25, LIST_INDENT - 4)}, after=3, is_item=True)
    yield from _code_styles(theme)
    yield Style("Code Caption", face=sans, size=8.5, colour=quiet, after=10)
    yield Style("Code Number", is_text=True, colour=quiet)
    yield Style("Description", colour=_ink(theme, "colours", "soft"), italic=True, before=4, after=14)
    yield Style("Page Number", face=sans, size=8.5, colour=quiet, align="center")
    for token, name in TOKENS.items():
        italic, bold = token == "c", token == "h"
        yield Style(f"Code {name}", is_text=True, colour=_ink(theme, "code", token), italic=italic, bold=bold)
    for tint in theme["tints"]:
        name = "Code Mark" if tint == "default" else f"Code Mark {tint.capitalize()}"
        yield Style(name, is_text=True, ground=_ink(theme, "tints", tint))


def _code_styles(theme: Theme) -> Iterator[Style]:
    """List the styles of code: a title, and lines in a box, whose first and last have an edge of their own."""
    ground, rule = _ink(theme, "colours", "code"), _ink(theme, "colours", "rule")
    edge, side, bar = Edge(rule, 0.5, 4), Edge(rule, 0.5, 7), Edge(_ink(theme, "colours", "markbar"), 2.25, 5.25)
    line = Style("Code Line", face=theme["faces"]["mono"][0], size=8.5, ground=ground, is_language=False,
                 indent=7.5 + HANGING, hanging=HANGING, edges={"left": side, "right": side})  # fmt: skip
    # under a title, an edge in the ground's own colour is the room above the first line
    around = {"left": side, "right": side, "top": Edge(rule, 0.5, 3), "bottom": Edge(ground, 4, 3)}
    yield replace(line, name="Code Title", colour=_ink(theme, "colours", "soft"), ground=_ink(theme, "colours", "bar"),
                  edges=around, before=10, keep=True)  # fmt: skip
    marked = _ink(theme, "colours", "mark")
    for own in (line, replace(line, name="Code Line Marked", ground=marked, edges={"left": bar, "right": side})):
        base = "" if own is line else "Code Line"
        yield replace(own, based=base)
        first, last = {**own.edges, "top": edge}, {**own.edges, "bottom": edge}
        yield replace(own, name=f"{own.name} First", based=own.name, edges=first, before=10, keep=True)
        yield replace(own, name=f"{own.name} Last", based=own.name, edges=last, after=10)
        yield replace(own, name=f"{own.name} Only", based=own.name, edges=first | last, before=10, after=10)


def reference(kind: str, theme: Theme, paper: Paper = A4) -> bytes:
    """Make the reference document of a kind, `docx` or `odt`; the same theme and paper give the same bytes."""
    command = [binary(), "--print-default-data-file", f"reference.{kind}"]
    plain = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    write = {"docx": _docx, "odt": _odt}[kind]
    own = "".join(write(style) for style in styles(theme))
    with zipfile.ZipFile(io.BytesIO(plain)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    text = restyled(_faces(parts[STYLES[kind]].decode("utf-8"), kind, theme), kind, theme)
    parts[STYLES[kind]] = text.replace(END[kind], own + END[kind], 1).encode("utf-8")
    for name in (name for name in parts if name.endswith((".xml", ".rels"))):
        parts[name] = on_sheet(name, parts[name].decode("utf-8"), paper).encode("utf-8")
    if kind == "docx":
        parts["word/footer1.xml"] = FOOT
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
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
    based = style.based.replace(" ", "") or ("DefaultParagraphFont" if style.is_text else "Normal")
    face = html(style.face)
    run = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"/>' if face else ""
    run += "<w:b/>" * style.bold + "<w:i/>" * style.italic + "<w:noProof/>" * (not style.is_language)
    run += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    run += f'<w:sz w:val="{round(style.size * 2)}"/>' if style.size else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.ground}"/>' if style.ground else ""
    kind, paragraph, run = (
        ("character", "", run + shade) if style.is_text else ("paragraph", _docx_place(style, shade), run)
    )
    return (
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/><w:qFormat/>{f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""}'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _docx_place(style: Style, shade: str) -> str:
    """Write what a paragraph has beside its type, in the order that Word asks for."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{edge.width * 8:.0f}" w:space="{edge.room:.0f}" w:color="{edge.colour}"/>'
        for side, edge in sorted(
            style.edges.items(), key=lambda item: ("top", "left", "bottom", "right").index(item[0])
        )
    )
    right = f' w:right="{(edge.width + edge.room) * 20:.0f}"' if (edge := style.edges.get("right")) else ""
    hanging = f' w:hanging="{style.hanging * 20:.0f}"' if style.hanging else ""
    return "".join(
        [
            "<w:keepNext/>" * style.keep,
            f"<w:pBdr>{edges}</w:pBdr>" if edges else "",
            shade,
            f'<w:spacing w:before="{style.before * 20:g}" w:after="{style.after * 20:g}"/>',
            f'<w:ind w:left="{style.indent * 20:.0f}"{right}{hanging}/>' if style.indent else "",
            f'<w:jc w:val="{style.align}"/>' if style.align else "",
        ]
    )


def _odt(style: Style) -> str:
    text = f'fo:font-family="{html(style.face)}" ' if style.face else ""
    text += f'fo:font-size="{style.size:g}pt" ' if style.size else ""
    text += f'fo:color="#{style.colour}" ' if style.colour else ""
    text += 'fo:font-weight="bold" ' * style.bold + 'fo:font-style="italic" ' * style.italic
    text += 'fo:language="zxx" fo:country="none" ' * (not style.is_language)
    ground = f'fo:background-color="#{style.ground}" ' if style.ground else ""
    family, place, text = (
        ("text", "", text + ground) if style.is_text else ("paragraph", _odt_place(style, ground), text)
    )
    base = odt_name(style.based) if style.based else "" if style.is_text else "Standard"
    parent = f' style:parent-style-name="{base}"' if base else ""
    names = f'style:name="{odt_name(style.name)}" style:display-name="{style.name}"'
    return f'<style:style {names} style:family="{family}"{parent}>{place}<style:text-properties {text}/></style:style>'


def _odt_place(style: Style, ground: str) -> str:
    """Write what a paragraph has beside its type; a margin ends at the edge, as Word's does at the text."""
    inward = {side: edge.width + edge.room for side, edge in style.edges.items()}
    edges = "".join(
        f'fo:border-{side}="{edge.width:g}pt solid #{edge.colour}" fo:padding-{side}="{edge.room:g}pt" '
        for side, edge in ({} if style.is_item else style.edges).items()
    )
    margin = f'fo:margin-left="{max(0, style.indent - inward.get("left", 0)):g}pt" ' if style.indent else ""
    hanging = f'fo:text-indent="-{style.hanging:g}pt" ' if style.hanging else ""
    keep = 'fo:keep-with-next="always" ' * style.keep
    align = f'fo:text-align="{style.align}" ' if style.align else ""
    return (
        f'<style:paragraph-properties fo:margin-top="{style.before:g}pt" fo:margin-bottom="{style.after:g}pt" '
        f"{margin}{hanging}{edges}{ground}{keep}{align}/>"
    )
