# ruff: noqa: E501 - rows of tables
"""A document without our dialect leaves a pipeline exactly as pandoc alone would write it, in every output.

Equal trees make equal outputs, so trees are compared: what the filter gives for every writer, behind the source stage,
behind the Lua reader's, and alone.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fencepost.markdown.protect import Dialects, carry
from fencepost.pandoc import run
from fencepost.pipeline.filter import filtered
from fencepost.pipeline.read import read_tree
from fencepost.system.assets import data_dir

WRITERS = [
    "html", "html4", "epub", "epub2", "latex", "beamer", "revealjs", "slidy", "s5", "dzslides", "chunkedhtml", "docx",
    "odt", "typst", "rst", "org", "asciidoc", "man", "plain", "gfm", "commonmark", "commonmark_x", "markdown", "jira", "ms",
    "texinfo", "icml", "opml", "mediawiki", "docbook", "jats", "tei", "context", "pptx", "rtf", "json", "native",
]  # fmt: skip
READERS = ["gfm", "commonmark_x", "markdown"]
POSTS = {
    "words":        "# A\n\nWords *of* **some** `code`, a\\\nbreak -- and so on.\n\n---\n\nEnd.\n",
    "notes":        "# One\n\nText.[^1] More.[^two]\n\n# Two\n\nEnd.\n\n[^1]: Note.\n\n[^two]: Of two\n\n    paragraphs.\n",
    "code":         "```python\nx = 1\n```\n\n~~~\ny\n~~~\n\n    indented\n\n- a\n\n  ```js\n  b\n  ```\n",
    "lists":        "- a\n- b\n  1. c\n  2. d\n\n- [ ] e\n- [x] f\n\n3) g\n",
    "tables":       "| a | b |\n|---|--:|\n| 1 | `|` |\n\nEnd.\n",
    "quotes":       "> a\n> > b\n\n> - c\n>\n> d\n",
    "formulas":     "In $a_1 + b$ and\n\n$$\na = b\n$$\n\nend, 5$ and 6$.\n",
    "HTML":         "<div class=\"x\">\n\n*a*\n\n</div>\n\n<!-- b -->\n\nc <kbd>d</kbd> <span>e</span>\n",
    "links":        "[a](b \"c\"), <https://d.example>, [e][f], [g]: h ![i](j.png) k\n\n[f]: g\n",
    "front matter": "---\ntitle: A *b*\nauthor: C\nabstract: |\n  d\n\n  e\ncustom: [1, {f: g}]\nmath: true\nbody: x\n---\n\nWords.\n",
    "a date":       "---\ntitle: T\ndate: \\today\n---\n\nWords.\n",
    "divisions":    "::: note\nText.\n:::\n\n::: {.warning #x}\n# H\n\n- a\n:::\n",
    "attributes":   "```{.html caption=\"A caption that goes on\nover two lines\"}\n<b>x</b>\n```\n\n# H {#h .c}\n\n[a]{.b}\n",
    "citations":    "---\nreferences:\n- {id: a, type: book, title: B}\n---\n\nOne [@a, p. 2].[^1]\n\n[^1]: See @a.\n",
    "odd lines":    "!!! a\n\n??? b\n\n/// c\n\n=== d\n\n[^ x]\n\n\\[!NOTE]\n\n--x\n",
    "a script":     "<script>\nlet a = \"[^1]: ```\"\n</script>\n\nb\n",
}  # fmt: skip
OURS = {("divisions", "gfm"), ("attributes", "gfm"), ("attributes", "commonmark_x")}  # what these readers cannot read


@cache
def alone(name: str, reader: str) -> bytes:
    """Give pandoc's own tree."""
    return tree_of(POSTS[name], reader)


def tree_of(text: str, reader: str) -> bytes:
    command = [run.binary(), "-f", reader, "-t", "json"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60).stdout


def same(one: bytes, other: bytes) -> bool:
    def read(data: bytes) -> Any:
        document = json.loads(data)
        for name in ("fencepost-source", "fencepost-warned"):
            document["meta"].pop(name, None)
        return document

    return bool(read(one) == read(other))


CASES = [(name, reader) for name in POSTS for reader in READERS if (name, reader) not in OURS]


@pytest.mark.parametrize(("name", "reader"), CASES)
def test_the_filter_changes_nothing(name: str, reader: str) -> None:
    data = alone(name, reader)
    assert [writer for writer in WRITERS if filtered(data, writer)[0] != data] == []


@pytest.mark.parametrize(("name", "reader"), CASES)
def test_the_source_stage_changes_nothing(name: str, reader: str, tmp_path: Path) -> None:
    from fencepost.pipeline.head import pipeline_head

    text = POSTS[name]
    head = pipeline_head(text)
    data = tree_of(carry(text, reader, head=head, sign=True, dialects=Dialects()).text, reader)
    wanted = alone(name, reader)
    assert [writer for writer in WRITERS if not same(filtered(data, writer)[0], wanted)] == []


@pytest.mark.parametrize(("name", "reader"), CASES)
def test_the_lua_reader_changes_nothing(name: str, reader: str, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POSTS[name], encoding="utf-8")
    data = read_tree(str(tmp_path / "post.md"), reader, mark=True)
    wanted = alone(name, reader)
    assert [writer for writer in WRITERS if not same(filtered(data, writer)[0], wanted)] == []


NOTES = "# One\n\nText.[^1]\n\n# Two\n\nEnd.[^1]\n\n```js {1}\nx\n```\n\n[^1]: Note.\n"


def through(text: str, reader: str, writer: str) -> Any:
    data = tree_of(carry(text, reader, sign=True, dialects=Dialects()).text, reader)
    return json.loads(filtered(data, writer)[0])


def test_the_definitions_of_slides_are_in_the_preamble() -> None:
    document = through(NOTES, "gfm", "beamer")
    assert document["blocks"][0]["t"] == "Header"
    assert "fpcode" in document["meta"]["header-includes"]["c"][0]["c"][0]["c"][1]


@pytest.mark.parametrize("writer", ["revealjs", "slidy", "s5", "dzslides", "chunkedhtml"])
def test_notes_that_are_cited_again_stay_pandoc_s_in_what_is_cut_into_pieces(writer: str) -> None:
    blocks = json.dumps(through(NOTES, "gfm", writer)["blocks"])
    assert '"t": "Note"' in blocks and "doc-endnotes" not in blocks and '"Superscript"' in blocks


def test_a_page_of_somebody_s_own_keeps_its_scheme() -> None:
    style = json.dumps(through("> [!NOTE]\n> a\n\n" + NOTES, "gfm", "html")["meta"]["header-includes"])
    assert "color-scheme" not in style and "--fp-ink" in style and "body{" not in style


CITED = {
    "One.[^1] Cited [@a]. Two.[^1]\n\n[^1]: Mine.\n": "One.[1] Cited.[2] Two.¹",
    "Cited [@a]. One.[^1] Two.[^1]\n\n[^1]: Mine.\n": "Cited.[1] One.[2] Two.²",
    "Cited [@a]. One.[^1] [@a] Two.[^2] Three.[^2] Four.[^1]\n\n[^1]: Mine.\n\n[^2]: His.\n": "Cited.[1] One.[2][3] Two.[4] Three.⁴ Four.²",
}
REFERENCES = "---\nreferences:\n- {id: a, type: book, title: Book A}\n---\n\n"
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>n</title><id>n</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout suffix="."><text variable="title"/></layout></citation></style>"""


@pytest.mark.parametrize(("text", "wanted"), CITED.items())
@pytest.mark.parametrize("is_lua", [False, True])
def test_notes_of_citeproc_are_counted(tmp_path: Path, text: str, wanted: str, *, is_lua: bool) -> None:
    (tmp_path / "note.csl").write_text(STYLE, encoding="utf-8")
    (tmp_path / "post.md").write_text(REFERENCES + text, encoding="utf-8")
    if is_lua:
        read = ["-f", "json"]
        data = read_tree(str(tmp_path / "post.md"), "markdown", mark=True)
    else:
        read = ["-f", "markdown"]
        data = carry(REFERENCES + text, "markdown", sign=True, dialects=Dialects()).text.encode()
    command = [run.binary(), *read, "-t", "json", "--citeproc", "--csl", "note.csl"]
    cited = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60, cwd=tmp_path).stdout
    out = filtered(cited, "plain")[0]
    plain = [run.binary(), "-f", "json", "-t", "plain", "--wrap=none"]
    page = subprocess.run(plain, input=out, capture_output=True, check=True, timeout=60).stdout.decode()
    assert page.splitlines()[0] == wanted


def test_citations_that_are_not_resolved_yet_are_told_of() -> None:
    text = "---\ncsl: note.csl\n---\n\nCited [@a]. One.[^1] Two.[^1]\n\n[^1]: Mine.\n"
    data = tree_of(carry(text, "markdown", sign=True, dialects=Dialects()).text, "markdown")
    assert [said.code for said in filtered(data, "html")[1]] == ["citeproc-order"]


WRITTEN = [
    *(("-t", writer, "-s") for writer in ("html", "latex", "beamer", "typst", "revealjs", "slidy", "s5", "rst", "plain")),
    *(("-t", writer) for writer in ("gfm", "markdown", "docx", "odt", "epub3", "asciidoc", "org", "man")),
    *(("-t", writer, f"--reference-location={place}") for writer in ("html", "markdown", "plain") for place in ("block", "section", "document")),
]  # fmt: skip
ORDINARY = "# One\n\nText.[^1] More.[^two]\n\n> Quote.[^q]\n\n# Two\n\nEnd.\n\n[^1]: Note.\n\n[^two]: Of two\n\n    paragraphs.\n\n[^q]: *q*\n"
LUA = str(data_dir() / "custom" / "fencepost.lua")
FIXED = ["-M", "title=T", "-M", "lang=en", "-M", "identifier=i", "-M", "date=2020-01-01"]


def written(
    folder: Path, arguments: tuple[str, ...], reader: str, files: list[str], environment: dict[str, str], *filters: str
) -> bytes:
    command = [run.binary(), "-f", reader, *files, *arguments, *filters, *FIXED, "-o", "-"]
    made = subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder, env=environment)
    return made.stdout


@pytest.fixture
def two(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(ORDINARY, encoding="utf-8")
        (tmp_path / "s").mkdir(exist_ok=True)
        carried = carry(ORDINARY, "gfm", sign=True, dialects=Dialects()).text
        (tmp_path / "s" / name).write_text(carried, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("arguments", WRITTEN, ids=" ".join)
def test_ordinary_notes_are_written_as_pandoc_writes_them(
    two: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    fixed = environment | {"SOURCE_DATE_EPOCH": "1"}
    wanted = written(two, arguments, "gfm", ["a.md"], fixed)
    ours = ("--filter", "fencepost")
    assert written(two, arguments, "gfm", ["a.md"], fixed, *ours) == wanted
    assert written(two / "s", arguments, "gfm", ["a.md"], fixed, *ours) == wanted
    assert written(two, arguments, LUA, ["a.md"], fixed, *ours) == wanted


@pytest.mark.parametrize("writer", ["html", "latex", "revealjs", "markdown", "docx"])
def test_posts_with_a_scope_each_keep_their_notes(two: Path, writer: str, environment: dict[str, str]) -> None:
    fixed, arguments = environment | {"SOURCE_DATE_EPOCH": "1"}, ("-t", writer, "--file-scope")
    wanted = written(two, arguments, "gfm", ["a.md", "b.md"], fixed)
    for folder, reader in ((two, "gfm"), (two / "s", "gfm"), (two, LUA)):
        assert written(folder, arguments, reader, ["a.md", "b.md"], fixed, "--filter", "fencepost") == wanted


def test_pages_of_their_own_keep_their_notes(two: Path, environment: dict[str, str]) -> None:
    def pages(folder: Path, reader: str, *filters: str) -> dict[str, bytes]:
        out = two / f"out{len(list(two.glob('out*')))}"
        command = [run.binary(), "-f", reader, "a.md", "-t", "chunkedhtml", *FIXED, *filters, "-o", str(out)]
        subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder, env=environment)
        return {file.name: file.read_bytes() for file in out.iterdir()}

    wanted = pages(two, "gfm")
    assert len(wanted) > 2
    for folder, reader in ((two, "gfm"), (two / "s", "gfm"), (two, LUA)):
        assert pages(folder, reader, "--filter", "fencepost") == wanted


def test_a_note_that_is_cited_again_is_its_own_post_s() -> None:
    posts = [
        "A.[^1] B.[^2]\n\n[^1]: First.\n[^2]: In[^3] it.\n[^3]: Deep.\n",
        "C.[^1] D.[^1]\n\n[^1]: Other.\n",
        "No note.\n",
    ]
    texts = [carry(post, "gfm", sign=True, dialects=Dialects()).text for post in posts]
    trees = [json.loads(tree_of(text, "gfm")) for text in texts]
    for order, number, repeat in ((trees, 3, "³"), (trees[::-1], 1, "¹")):  # as `--file-scope` joins them
        joined = {**trees[0], "blocks": [block for part in order for block in part["blocks"]]}
        out = filtered(json.dumps(joined, ensure_ascii=False).encode(), "plain")[0]
        plain = [run.binary(), "-f", "json", "-t", "plain", "--wrap=none"]
        page = subprocess.run(plain, input=out, capture_output=True, check=True, timeout=60).stdout.decode()
        assert f"C.[{number}] D.{repeat}" in page and f"[{number}] Other." in page
