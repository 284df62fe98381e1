"""Each escaper, proved by reading back: any text comes out as itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pymupdf
import pytest
import tinycss2
import typst as typst_compiler
import yaml
from conftest import need
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost.formats.convert import convert
from fencepost.frontmatter import yaml_tree
from fencepost.frontmatter.reading import quoted
from fencepost.pandoc import run as pandoc
from fencepost.post.settle import look
from fencepost.settings.command_line import metadata_line
from fencepost.settings.run import Settings
from fencepost.writers import escape

NASTY = st.text(st.sampled_from("\\{}$&#%_^~<>|`'\"-,;@*[]()!?/ \t\r\n\0\x7f\x85\xa0\u2028\ufeffaé日🚀"), max_size=30)
ANY = NASTY | st.text(max_size=30)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.value: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.value = dict(attrs)["title"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(ANY)
def test_html(text: str) -> None:
    reader = _Reader()
    reader.feed(f'<p title="{escape.html(text)}">{escape.html(text)}</p>')
    reader.close()
    assert "".join(reader.words) == reader.value == escape.printable(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=40))
def test_typst(texts: list[str]) -> None:
    source = "".join(f"#metadata({escape.typst(text)}) <text>\n" for text in texts)
    found = typst_compiler.query(source.encode(), "<text>", field="value", ignore_system_fonts=True)
    assert json.loads(found) == [escape.printable(text) for text in texts]


_NAMED = {
    "textbackslash": "\\",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciigrave": "`",
}
_TEX = re.compile(r"\\([a-z]+)\{\}|\\([{}$&#%_ ])|(\{\})|(~)|([^\\{}$&#%_^~<>|`'\"])", re.DOTALL)


def read_latex(source: str) -> str:
    """Read what the LaTeX escapers write, as TeX would; anything else, special or a ligature, is an error."""
    assert not re.search(r"--|,,|<<|>>|''|``|\?`|!`", source)
    out, place = "", 0
    for found in _TEX.finditer(source):
        assert found.start() == place, source[place : found.start()]
        name, special, _, tie, plain = found.groups(default="")
        out += _NAMED[name] if name else special + ("\xa0" if tie else "") + plain
        place = found.end()
    assert place == len(source)
    return out


@given(ANY)
def test_latex(text: str) -> None:
    wanted = escape.printable(re.sub("[\n\r\t]", " ", text)).replace("\x7f", "\ufffd")
    assert read_latex(escape.latex(text)) == wanted
    assert read_latex(escape.latex_code(text)) == wanted
    assert not re.search(r"(?<!\\) ", escape.latex_code(text))


@pytest.mark.parametrize("text", ['50% of {x} & $y_1^2$ -- "a" ~ #b \\c <d>', "[x](y) *z* @a", "été 日本 🚀"])
def test_latex_through_pandoc(text: str) -> None:
    command = [pandoc.binary(), "-f", "latex-smart", "-t", "plain", "--wrap=none"]
    read = subprocess.run(command, input=escape.latex(text), capture_output=True, text=True, check=True)
    assert read.stdout.rstrip("\n") == text


@given(ANY)
def test_css(text: str) -> None:
    """Read back by tinycss2, which follows the standard; and nothing ends the element that it stands in."""
    written = escape.css(text)
    (found,) = tinycss2.parse_component_value_list(written)
    assert (found.type, found.value) == ("string", escape.printable(text))
    assert "<" not in written


def printed(paragraphs: list[str], folder: Path) -> list[str]:
    """Set paragraphs by XeLaTeX, a page each, and read the words of its pages."""
    body = "\n\\newpage\n".join(f"x{text}x" for text in paragraphs)
    source = "\\documentclass{article}\\pagestyle{empty}\\sloppy\\parindent0pt\\usepackage{fontspec}"
    source += f"\\setmainfont{{Latin Modern Mono}}[Ligatures=TeX]\\begin{{document}}\n{body}\n\\end{{document}}\n"
    (folder / "t.tex").write_text(source, encoding="utf-8")
    command = ["xelatex", "-interaction=batchmode", "-no-shell-escape", "t.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
    assert done.returncode == 0, (folder / "t.log").read_text(encoding="utf-8", errors="replace")[-800:]
    return [page.get_text() for page in pymupdf.open(folder / "t.pdf")]


@pytest.mark.parametrize("write", [escape.latex, escape.latex_code], ids=["text", "code"])
def test_latex_through_xelatex(write: object, tmp_path: Path) -> None:
    """All that ASCII has, alone, in pairs with itself and in a row: as XeLaTeX prints it, TeX ligatures on."""
    need(shutil.which("xelatex"), "XeLaTeX")
    signs = [chr(code) for code in range(32, 127)]
    rows = ["".join(signs[at : at + 30]) for at in range(0, len(signs), 30)]
    texts = [*signs, *(sign * 2 for sign in signs), *("`" * 2 + sign + "'" * 2 for sign in "-!?<>,"), *rows, "é ü ß"]
    pages = printed([write(text) for text in texts], tmp_path)  # type: ignore[operator]
    blank = re.compile(r"\s")
    found = [blank.sub("", unicodedata.normalize("NFC", page)) for page in pages]
    assert found == [blank.sub("", f"x{text}x") for text in texts]


@given(ANY)
def test_yaml(text: str) -> None:
    """Read back by our reader and by PyYAML, as a value and as a key."""
    written = f"{quoted(text)}: {quoted(text)}\n"
    ((key, value),) = yaml_tree.entries(yaml_tree.parse(written))
    assert key.text == value.text == text
    assert yaml.safe_load(written) == {text: text}


_WORDS = st.text(
    st.sampled_from(": #{}[],&?|>%@!=-\t\x85\u2028\u2029\xa0\ufeffé日🚀abyesnullTrue0x1.5e3'"), max_size=20
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=30))
def test_yaml_through_pandoc(texts: list[str]) -> None:
    head = "".join(f"k{number}: {quoted(f'q{text}q')}\n" for number, text in enumerate(texts))
    command = [pandoc.binary(), "-f", "gfm-smart-autolink_bare_uris-emoji-tex_math_dollars", "-t", "json"]
    run = subprocess.run(command, input=f"---\n{head}---\n".encode(), capture_output=True, check=True)
    meta = json.loads(run.stdout)["meta"]
    wanted = {f"k{number}": "".join(f"q{text}q".split()) for number, text in enumerate(texts)}
    assert {key: "".join(_text_of(value).split()) for key, value in meta.items()} == wanted


def _text_of(node: object) -> str:
    if isinstance(node, list):
        return "".join(map(_text_of, node))
    if isinstance(node, dict):
        return _text_of(node.get("c", ""))
    return node if isinstance(node, str) else ""


@given(ANY.filter(lambda text: text[:1] not in "[{" and text not in ("true", "false")))
def test_what_the_command_line_says_is_what_is_read(text: str) -> None:
    ((key, value),) = yaml_tree.entries(yaml_tree.parse(metadata_line(f"title={text}")))
    assert (key.text, value.text) == ("title", text)


# whatever a system allows; what a name in Markdown needs escaped is the author's business
_NAME = st.text(st.sampled_from(" '\"#%&+;=?[]{}$()~-,`!@^*<>|\\:aé日🚀\xa0."), min_size=1, max_size=12)
_NAMES = _NAME.filter(lambda name: name.strip(" .\xa0") and not name.startswith((".", "~")))
_SIGNS = re.compile(r"([\\<>&])")


@settings(max_examples=30, deadline=None)
@given(_NAMES, _NAMES, _NAMES)
def test_file_names(post: str, picture: str, other: str) -> None:
    """A post, its picture and a neighbour with any names: outputs have the post's, and what the page names is there."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><path d="M0 0h8"/></svg>'
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{picture}.svg").write_text(drawing, encoding="utf-8")
        (folder / f"x{other}.md").write_text("# T\n", encoding="utf-8")
        address, link = (re.sub(r"%|[?#:]", _percent, text) for text in (f"{picture}.svg", f"x{other}.md"))
        text = f"# T\n\n![a](<{_SIGNS.sub(_reference, address)}>) [b](<{_SIGNS.sub(_reference, link)}>)\n"
        (folder / f"{post}.md").write_text(text, encoding="utf-8")
        outputs = {kind: folder / f"{post}.{kind}" for kind in ("html", "pdf", "epub", "docx", "odt")}
        made = look(str(folder / f"{post}.md"), Settings({"offline": True}))
        convert(made, outputs, Settings({"offline": True}))
        assert [item.message for item in made.diagnostics if item.code == "image-missing"] == []
        assert all(out.stat().st_size for out in outputs.values())
        addresses = _Addresses()
        addresses.feed(outputs["html"].read_text(encoding="utf-8"))
        assert unquote(addresses.found["img"]) == f"{picture}.svg"
        assert unquote(addresses.found["a"]) == f"x{other}.html"


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


class _Addresses(HTMLParser):
    """The address of the last image and the last link of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href") and tag in ("img", "a"):
                self.found[tag] = value or ""
