"""The reference document of Word and OpenDocument: pandoc's own, with the theme's faces and colours and our styles."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile

from fencepost.formats.office.restyled import for_all_scripts, restyled
from fencepost.formats.office.sheets import FOOT, on_sheet
from fencepost.formats.office.styles import ALERT_INDENT, ALERT_ROOM, BAR, Edge, Style, ink, mirrored, styles
from fencepost.pandoc.run import binary
from fencepost.settings.paper import Paper, parse_paper
from fencepost.theme import Theme
from fencepost.writers.escape import html
from fencepost.writers.styles import odt_name

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
A4 = parse_paper("a4")
END = {"docx": "</w:styles>", "odt": "</office:styles>"}


# lines as OpenDocument says them → as Word does: beside paragraphs, under words
BORDERS = {"solid": "single", "double": "double", "dashed": "dashed", "dotted": "dotted"}
UNDERLINES = {
    "solid": "single", "double": "double", "dash": "dash", "dotted": "dotted", "wave": "wave", "long-dash": "dashLong",
    "dot-dash": "dotDash",
}  # fmt: skip


def reference(kind: str, theme: Theme, paper: Paper = A4, *, rtl: bool = False) -> bytes:
    """Make the reference document of a kind, `docx` or `odt`; the same theme and paper give the same bytes.

    With `rtl`, bars stand at the right, where lines begin.
    """
    command = [binary(), "--print-default-data-file", f"reference.{kind}"]
    plain = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    write = {"docx": _docx, "odt": _odt}[kind]
    ours = (mirrored(style) for style in styles(theme)) if rtl else styles(theme)
    own = "".join(map(write, ours)) + (_docx_boxes(theme) if kind == "docx" else "")
    with zipfile.ZipFile(io.BytesIO(plain)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    text = restyled(_faces(parts[STYLES[kind]].decode("utf-8"), kind, theme), kind, theme, rtl=rtl)
    text = text.replace(END[kind], own + END[kind], 1)
    parts[STYLES[kind]] = (for_all_scripts(text) if kind == "odt" else text).encode("utf-8")
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
    run += "<w:b/><w:bCs/>" * style.bold + "<w:i/><w:iCs/>" * style.italic + "<w:strike/>" * style.is_struck
    run += "<w:noProof/>" * (not style.is_language)
    run += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = round(style.size * 2)
    run += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if style.size else ""
    run += f'<w:u w:val="{UNDERLINES[style.under]}" w:color="{style.under_colour}"/>' if style.under else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.ground}"/>' if style.ground else ""
    kind, paragraph, run = (
        ("character", "", run + shade) if style.is_text else ("paragraph", _docx_place(style, shade), run)
    )
    return (
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/><w:qFormat/>{f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""}'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _docx_boxes(theme: Theme) -> str:
    """Write the styles of tables that alerts stand in: a bar at the left, where paragraphs have theirs."""
    outside = ALERT_INDENT - ALERT_ROOM - BAR / 2  # Word draws a table's edge about its place
    return "".join(
        f'<w:style w:type="table" w:customStyle="1" w:styleId="Alert{kind}Box"><w:name w:val="Alert {kind} Box"/>'
        f'<w:qFormat/><w:tblPr><w:tblInd w:w="{outside * 20:.0f}" w:type="dxa"/>'
        f"<w:tblBorders><w:left {_docx_edge(Edge(ink(theme, 'alerts', kind.lower()), BAR, 0))}/></w:tblBorders>"
        f'<w:tblCellMar><w:left w:w="{(ALERT_INDENT - outside) * 20:.0f}" w:type="dxa"/>'
        f'<w:right w:w="{outside * 20:.0f}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        for kind in map(str.capitalize, theme["alerts"])
    )


def _docx_edge(edge: Edge) -> str:
    """Write a line: of a double one, Word measures each of the two and the gap."""
    width = round(edge.width * 8 / (3 if edge.line == "double" else 1))
    return f'w:val="{BORDERS[edge.line]}" w:sz="{width}" w:space="{edge.room:.0f}" w:color="{edge.colour}"'


def _docx_place(style: Style, shade: str) -> str:
    """Write what a paragraph has beside its type, in the order that Word asks for."""
    edges = "".join(
        f"<w:{side} {_docx_edge(edge)}/>"
        for side, edge in sorted(
            style.edges.items(), key=lambda item: ("top", "left", "bottom", "right").index(item[0])
        )
    )
    right = f' w:right="{(edge.width + edge.room) * 20:.0f}"' if (edge := style.edges.get("right")) else ""
    hanging = f' w:hanging="{style.hanging * 20:.0f}"' if style.hanging else ""
    return "".join(
        [
            "<w:keepNext/>" if style.keep else '<w:keepNext w:val="0"/>' * bool(style.based),
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
    text += f'{_odt_under(style.under)} style:text-underline-color="#{style.under_colour}" ' if style.under else ""
    text += 'style:text-line-through-style="solid" ' * style.is_struck
    ground = f'fo:background-color="#{style.ground}" ' if style.ground else ""
    family, place, text = (
        ("text", "", text + ground) if style.is_text else ("paragraph", _odt_place(style, ground), text)
    )
    base = odt_name(style.based) if style.based else "" if style.is_text else "Standard"
    parent = f' style:parent-style-name="{base}"' if base else ""
    names = f'style:name="{odt_name(style.name)}" style:display-name="{style.name}"'
    return f'<style:style {names} style:family="{family}"{parent}>{place}<style:text-properties {text}/></style:style>'


def _odt_under(line: str) -> str:
    if line == "double":
        return 'style:text-underline-style="solid" style:text-underline-type="double"'
    return f'style:text-underline-style="{line}"'


def _odt_place(style: Style, ground: str) -> str:
    """Write what a paragraph has beside its type; a margin ends at the edge, as Word's does at the text."""
    inward = {side: edge.width + edge.room for side, edge in style.edges.items()}
    edges = "".join(
        f'fo:border-{side}="{edge.width:g}pt {edge.line} #{edge.colour}" fo:padding-{side}="{edge.room:g}pt" '
        for side, edge in ({} if style.is_item else style.edges).items()
    )
    side = "right" if style.is_mirrored else "left"
    margin = f'fo:margin-{side}="{max(0, style.indent - inward.get(side, 0)):g}pt" ' if style.indent else ""
    hanging = f'fo:text-indent="-{style.hanging:g}pt" ' if style.hanging else ""
    keep = 'fo:keep-with-next="always" ' if style.keep else 'fo:keep-with-next="auto" ' * bool(style.based)
    align = f'fo:text-align="{style.align}" ' if style.align else ""
    align += 'fo:text-align="left" style:writing-mode="lr-tb" ' * (not style.is_language)
    return (
        f'<style:paragraph-properties fo:margin-top="{style.before:g}pt" fo:margin-bottom="{style.after:g}pt" '
        f"{margin}{hanging}{edges}{ground}{keep}{align}/>"
    )
