"""Each escaper, proved by reading back: any text comes out as itself."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser

import pytest
import typst as typst_compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from fencepost import pandoc
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
    "textasciigrave": "`",
}
_TEX = re.compile(r"\\([a-z]+)\{\}|\\([{}$&#%_ ])|(\{\})|(~)|([^\\{}$&#%_^~<>|`'])", re.DOTALL)


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
