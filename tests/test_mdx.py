# ruff: noqa: E501 - rows of tables
"""MDX: program leaves no trace, text stays, components become what they mean."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import build

from fencepost.markdown import unprotect
from fencepost.markdown.mdx.carrying import carry_components, carry_mdx
from fencepost.markdown.mdx.components import read_tag
from fencepost.markdown.mdx.elements import as_html
from fencepost.markdown.mdx.indents import without_indents
from fencepost.markdown.protect import Dialects, carry
from fencepost.pandoc import run as pandoc
from fencepost.pandoc import tree
from fencepost.pandoc.tree import Document, Node

MDX = Dialects(mdx=True)

TAGS = {
    # the tag                                   name       attributes                       is an end, is empty
    "<A>":                                      ("A",      {},                              False, False),
    "</A.B>":                                   ("A.B",    {},                              True,  False),
    "<A b='c' d />":                            ("A",      {"b": "c", "d": "true"},         False, True),
    '<A b={"c"} d={`e`} f={1}>':                ("A",      {"b": "c", "d": "e", "f": "1"},  False, False),
    "<A {...rest} b={{c: {d: 1}}}>":            ("A",      {"b": "{c: {d: 1}}"},            False, False),
    "<A\n  b='c'\n>":                           ("A",      {"b": "c"},                      False, False),
    "<>":                                       ("",       {},                              False, False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TAGS.items())
def test_tags_are_read(text: str, wanted: tuple[object, ...]) -> None:
    tag = read_tag(text)
    assert tag is not None
    assert (tag.name, tag.attributes, tag.is_end, tag.is_empty) == wanted


@pytest.mark.parametrize("text", ["<a>", "<A", "a < B > c", "<A b=c>", "< A>"])
def test_what_is_no_tag(text: str) -> None:
    assert read_tag(text) is None


GONE = {
    # MDX                                               what pandoc reads
    "import a from 'b'\nimport c from 'd'\n\ntext":     "\n\n\ntext",
    "export const a = {\n  b: 1\n}\n\ntext":            "\n\n\n\ntext",
    "text\nimport a from 'b'\n":                        "text\nimport a from 'b'\n",
    "important words\n\nexported goods\n":              "important words\n\nexported goods\n",
    "import duties are high\n":                         "\n",  # MDX takes it for program too, and fails
    "a {/* b\nc */} d":                                 "a \n d",
    "a {b} `{/* c */}`":                                "a {b} `{/* c */}`",
    "```js\nimport a\n\nimport b\n{/* c */}\n<A>\n```\n": "```js\nimport a\n\nimport b\n{/* c */}\n<A>\n```\n",
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), GONE.items())
def test_program_goes_and_lines_stay(text: str, wanted: str) -> None:
    assert carry_mdx(text, 1, {}) == wanted
    assert wanted.count("\n") == text.count("\n")


def read(text: str, dialects: Dialects = MDX) -> tuple[Document, unprotect.Restored]:
    carried = carry(text, dialects=dialects).text
    command = [pandoc.binary(), "-f", "gfm", "-t", "json"]
    run = subprocess.run(command, input=carried.encode(), capture_output=True, check=True, timeout=30)
    document = tree.load(run.stdout)
    return document, unprotect.restore(document)


def native(document: Document) -> str:
    command = [pandoc.binary(), "-f", "json", "-t", "native", "--wrap=none"]
    made = subprocess.run(command, input=tree.dump(document), capture_output=True, check=True, timeout=30).stdout
    return " ".join(made.decode().split())


ALERT = '[ Div ( "" , [ "{kind}" ] , [ ( "data-line" , "" ) ] ) [ Div ( "" , [ "title" ] , [] ) [ Para [ Str "{title}" ] ] , {body} ] ]'
WORDS = 'Para [ Str "a" ]'
MADE = {
    # MDX                                           what it is
    '<Callout type="warn">\na\n</Callout>':         ALERT.format(kind="warning", title="Warning", body=WORDS),
    '<Tip title="T">a</Tip>':                       ALERT.format(kind="tip", title="T", body=WORDS),
    "- <Note>a</Note>":                             "[ BulletList [ " + ALERT.format(kind="note", title="Note", body='Plain [ Str "a" ]') + " ] ]",
    "<Mine>\n\na\n\n</Mine>":                       f"[ {WORDS} ]",
    "a <B>b</B> c":                                 '[ Para [ Str "a" , Space , Str "b" , Space , Str "c" ] ]',
    '<YouTube id="x" title="T" />':                 '[ Para [ Link ( "" , [] , [] ) [ Str "T" ] ( "https://www.youtube.com/watch?v=x" , "" ) ] ]',
    '<Image src="a.png" alt="A" width={9} />':      '[ Para [ Image ( "" , [] , [ ( "width" , "9" ) ] ) [ Str "A" ] ( "a.png" , "" ) ] ]',
    '<Figure src="a.png" caption="C" />':           '[ Para [ Image ( "" , [] , [] ) [ Str "C" ] ( "a.png" , "C" ) ] ]',
    "<TOCInline />\n\na":                           f"[ {WORDS} ]",
    "<>\na\n</>":                                   f"[ {WORDS} ]",
    '<Code code="x = `1`" lang="py" title="a.py" mark={[1, "3-4"]} wrap />': '[ CodeBlock ( "" , [ "py" ] , [ ( "meta" , "title=\\"a.py\\" mark={1,3-4} wrap" ) ] ) "x = `1`" ]',
    "<Code\n  code={`a\n$b`}\n/>":                   '[ CodeBlock ( "" , [] , [] ) "a\\n$b" ]',
    'a <Badge text="New" />':                       '[ Para [ Str "a" , Space , Str "New" ] ]',
    "<A>\n\na\n\n </A>":                               f"[ {WORDS} ]",
    "</Lost>\n\na":                                 f"[ {WORDS} ]",
    '<p><Since v="3" /></p>\n\na':                f'[ RawBlock (Format "html") "<p>" , Plain [] , RawBlock (Format "html") "</p>" , {WORDS} ]',
    '<p>\n<Image src="a.png" alt="A" /></p>':      '[ RawBlock (Format "html") "<p>" , Plain [ Image ( "" , [] , [] ) [ Str "A" ] ( "a.png" , "" ) ] , RawBlock (Format "html") "</p>" ]',
    "<div>b <B>a</B></div>":                        '[ RawBlock (Format "html") "<div>" , Plain [ Str "b" , Space , Str "a" ] , RawBlock (Format "html") "</div>" ]',
    "<center>**b** c</center>":                     '[ RawBlock (Format "html") "<center>" , Plain [ Strong [ Str "b" ] , Space , Str "c" ] , RawBlock (Format "html") "</center>" ]',
    "<div className='x'>\n  *b*\n</div>":            '[ RawBlock (Format "html") "<div class=\'x\'>" , Para [ Emph [ Str "b" ] ] , RawBlock (Format "html") "</div>" ]',
    "<my-box>\n\t- b\n</my-box>":                    '[ RawBlock (Format "html") "<my-box>" , BulletList [ [ Plain [ Str "b" ] ] ] , RawBlock (Format "html") "</my-box>" ]',
    "<ul>\n  <li>*b*</li>\n</ul>":                  '[ RawBlock (Format "html") "<ul>" , RawBlock (Format "html") "<li>" , Plain [ Emph [ Str "b" ] ] , RawBlock (Format "html") "</li>" , RawBlock (Format "html") "</ul>" ]',
    "<div>\n<p>\n*b*\n</p>\n</div>":                 '[ RawBlock (Format "html") "<div>" , RawBlock (Format "html") "<p>" , Plain [ Emph [ Str "b" ] ] , RawBlock (Format "html") "</p>" , RawBlock (Format "html") "</div>" ]',
    "> <div>\n> *b*\n> </div>":                      '[ BlockQuote [ RawBlock (Format "html") "<div>" , Para [ Emph [ Str "b" ] ] , RawBlock (Format "html") "</div>" ] ]',
    "<div>\nplain\n</div>":                          '[ RawBlock (Format "html") "<div>\\nplain\\n</div>\\n" ]',
    "<pre>\n*b*\n</pre>":                            '[ RawBlock (Format "html") "<pre>\\n*b*\\n</pre>\\n" ]',
    "a{' '}\n*b* {'*c*'} `{'d'}`":                   '[ Para [ Str "a" , SoftBreak , Emph [ Str "b" ] , Space , Str "*c*" , Space , Code ( "" , [] , [] ) "{\'d\'}" ] ]',
    "a `b\n\n<B>c</B> `d":                           '[ Para [ Str "a" , Space , Str "`b" ] , Para [ Str "c" , Space , Str "`d" ] ]',
    "a {/* `b` */} c":                              '[ Para [ Str "a" , Space , Str "c" ] ]',
    "`<A>` \\<B>":                                  '[ Para [ Code ( "" , [] , [] ) "<A>" , Space , Str "<B>" ] ]',
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), MADE.items())
def test_a_component_becomes_what_it_means(text: str, wanted: str) -> None:
    assert native(read(text)[0]) == wanted


def test_the_configuration_says_what_a_component_means() -> None:
    own = Dialects(mdx=True, components=(("Mine", "alert"), ("Note", "nothing")))
    document, found = read("<Mine>\na\n</Mine>\n\n<Note>\nb\n</Note>\n\n<Other>c</Other>", own)
    assert [block["t"] for block in document["blocks"]] == ["Div", "Para"]
    assert found.components == [(9, "Other", "")]
    assert read("a\n\n<p>\n<Since />\n</p>")[1].components == [(4, "Since", "")]


PIECES = st.lists(
    st.sampled_from(["<Callout>", "</Callout>", "<A b={1}>", "</A>", "<Br />", "\n", "\n\n", " ", "- ", "> ", "`", "```\n",
                     "{/* gone */}", "{x}", "<b>", "</b>", ":::note\n", ":::\n", "<>", "</>"])
    | st.integers(0, 999).map(lambda number: f"w{number}w"),
    max_size=20,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(PIECES)
def test_no_word_is_lost_and_no_carrier_left(pieces: list[str]) -> None:
    text = "".join(pieces)
    said = json.dumps(read(text)[0], ensure_ascii=False)
    assert sorted(re.findall(r"w\d+w", said)) == sorted(re.findall(r"w\d+w", text))
    assert not re.search("[\uf5c0-\uf5ff\U000f0000-\U0010fffd]", said)


def test_a_post_in_mdx_converts_and_names_what_nobody_knows(tmp_path: Path) -> None:
    text = "import x from 'y'\n\n# T\n\n<Callout type='tip'>\nWords.\n</Callout>\n\n<Chart data={{a: 1}} />\n\nEnd {1 + 1}.\n"
    (tmp_path / "post.mdx").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.mdx", "-o", "post.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert run.stderr.startswith("post.mdx:9:1: warning[mdx-component]: nobody knows the component <Chart>")
    page = (tmp_path / "post.html").read_text(encoding="utf-8")
    assert "import x" not in page and 'class="alert alert-tip' in page and "End {1 + 1}." in page


TABS = """<Tabs>
<TabItem value="a" label="Apple">

A *red* one.

```js
x
```

</TabItem>
<TabItem value="b">

B

</TabItem>
</Tabs>
"""


def test_tabs_around_text_are_divisions_with_their_names() -> None:
    document, _ = read(TABS)
    attributes = [block["c"][0] for block in document["blocks"]]
    assert attributes == [
        ["", ["tab"], [["data-tab", "Apple"], ["data-begins", "group"]]],
        ["", ["tab"], [["data-tab", "b"]]],
    ]


INDENTED = {
    "<Tabs>\n    <Tab>\n\n        a\n\n        ```\n        b\n            c\n        ```\n    </Tab>\n</Tabs>":
        "<Tabs>\n<Tab>\n\na\n\n```\nb\n    c\n```\n</Tab>\n</Tabs>",
    "1. x\n\n   <A>\n     <B>\n       y\n     </B>\n   </A>\n": "1. x\n\n   <A>\n   <B>\n   y\n   </B>\n   </A>\n",
    "<A\n    b='c'\n>\n    - x\n      - y\n</A>\n\nz": "<A\n    b='c'\n>\n- x\n  - y\n</A>\n\nz",
    "a\n\n    no code\n\nb": "a\n\nno code\n\nb",
    "<A>\n  a\n\n      no code\n\n  - b\n\n      still b\n\n  c\n</A>\n\n    d":
        "<A>\na\n\nno code\n\n- b\n\n    still b\n\nc\n</A>\n\nd",
    "- a\n\n  - b\n\n    <A>\n    x\n    </A>\n\n    still b": "- a\n\n  - b\n\n    <A>\n    x\n    </A>\n\n    still b",
    "- a\n\n    still a\n\n[^n]: b\n\n    still b": "- a\n\n    still a\n\n[^n]: b\n\n    still b",
    "<pre>\n    kept\n</pre>\n\n    moved": "<pre>\n    kept\n</pre>\n\nmoved",
    "```\n<A>\n    kept\n```": "```\n<A>\n    kept\n```",
    "<br>\n\n<A>\nx\n</A>": "<br>\n\n<A>\nx\n</A>",
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), INDENTED.items())
def test_indents_of_jsx_are_no_code(text: str, wanted: str) -> None:
    assert without_indents(text) == wanted
    assert wanted.count("\n") == text.count("\n")


@pytest.mark.parametrize("before", ["", "- "])
def test_tabs_on_a_line_each_are_tabs(before: str) -> None:
    tabs = ["<Tabs>", '  <TabItem label="X">One</TabItem>', '  <TabItem label="Y">*Two*</TabItem>', "</Tabs>", ""]
    document, _ = read(before + ("\n" + " " * len(before)).join(tabs))
    found = [c[i]["c"] for c, i in tree.find(document["blocks"], frozenset(["Div"]))]
    assert [(attr[2], tree.text_of(blocks)) for attr, blocks in found] == [
        ([["data-tab", "X"], ["data-begins", "group"]], "One"), ([["data-tab", "Y"]], "Two"),
    ]  # fmt: skip


def test_tabs_between_words_keep_their_names() -> None:
    document, _ = read('<TabItem label="X">One</TabItem> or <TabItem label="Y">Two</TabItem>\n')
    assert " ".join(tree.text_of(document["blocks"]).split()) == "X: One or Y: Two"


ELEMENTS = {
    '<div className="row">\n<Note>\nword\n</Note>\n</div>\n':              ['<div class="row">', "note", "</div>"],
    "<section>\n<div>\n<Note>\nword\n</Note>\n</div>\n</section>\n":       ["<section>", "<div>", "note", "</div>", "</section>"],
    '<div>\n  <Figure src="a.png" alt="word" />\n</div>\n':                ["<div>", "Para", "</div>"],
    "<div>\nword\n</div>\n":                                               ["<div>\nword\n</div>"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ELEMENTS.items())
def test_a_component_right_below_an_element_is_read(text: str, wanted: list[str]) -> None:
    def said(node: Node) -> str:
        if node["t"] == "RawBlock":
            return str(node["c"][1]).strip()
        return str(node["c"][0][1][0] if node["t"] == "Div" else node["t"])

    document, _ = read(text)
    assert [said(node) for node in document["blocks"]] == wanted
    assert carry_mdx(text, 1, {}).count("\n") == text.count("\n")


def test_what_docusaurus_wraps_in_code_is_mdx() -> None:
    document, _ = read("```mdx-code-block\n<Note>\n\nx\n\n</Note>\n```\n\ny\n")
    assert [block["t"] for block in document["blocks"]] == ["Div", "Para"]


def test_components_of_vitepress_are_read_where_it_is_the_dialect() -> None:
    text = '## T <Badge type="tip" text="^1.2" />\n\n<script setup>\nimport A from "./a.vue"\n</script>\n\n<A :b="1" @c="d">w</A>\n'
    document, found = read(text, Dialects(fences="vitepress"))
    assert [tree.text_of(block["c"][-1] if block["t"] == "Header" else block["c"]) for block in document["blocks"]] == [
        "T ^1.2",
        "w",
    ]
    assert found.components == [(7, "A", "")]
    assert "RawInline" in native(read(text, Dialects(fences="hugo"))[0])


def test_tabs_of_more_than_one_fence_and_code_groups() -> None:
    fence = "```js\nx\n```\n\n"
    document, _ = read(
        f"<Tabs>\n\n<TabItem label='A'>\n\n{fence}{fence}</TabItem>\n\n</Tabs>\n\n<CodeGroup>\n\n```sh npm\na\n```\n\n```sh yarn\nb\n```\n\n</CodeGroup>\n"
    )
    assert [dict(block["c"][0][2])["data-tab"] for block in document["blocks"]] == [
        "A",
        "",
        "",
    ]  # the fences name themselves
    assert [len(block["c"][1]) for block in document["blocks"]] == [2, 1, 1]


def test_a_variable_that_is_code_is_told_of() -> None:
    document, found = read("<Code code={example} lang='js' />")
    assert document["blocks"][0]["c"][1] == "{example}" and found.components == [(1, "Code", "")]


PLACES = {
    # the post                                                              where each lost anchor is said to stand
    "a.mdx": ("import A from 'b'\n\n{/* a\nb */}\n\n<A>\n    <B>\n\n        See [x](#one).\n\n    </B>\n</A>\n\nEnd [y](#two).\n", ["9:17", "14:9"]),
    "b.md":  ('!!! note "T"\n    In [x](#one).\n\n=== "A"\n\n    - [y](#two)\n\n        !!! tip\n            [z](#three)\n\nEnd [c](#four).\n', ["2:12", "6:11", "9:17", "11:9"]),
    "c.md":  ('+++\ntitle = "T"\n+++\n\n:::note[[x](#zero)]\n[y](#one)\n:::\n', ["5:13", "6:5"]),
    "d.md":  ('{\n "title": "T"\n}\n\n[x](#one)\n', ["5:5"]),
    "e.md":  (";;;\n\"title\": \"T\"\n;;;\n\n[x](#one)\n", ["5:5"]),
    "f.md":  ("    [code](#no)\n\n!!! note\n    [x](#no)\n", ["4:9"]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), [(name, *row) for name, row in PLACES.items()])
def test_warnings_point_at_the_author_s_own_place(tmp_path: Path, name: str, text: str, wanted: list[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", name, "-o", "post.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    found = re.findall(rf"^{re.escape(name)}(?::(\d+:\d+))?: warning\[link-anchor\]", run.stderr, re.M)
    assert found == wanted, run.stderr


def test_diagnostics_point_between_components(tmp_path: Path, run: Command) -> None:
    """What stands between tags is found as pandoc reads it, not where the same words stand first."""
    text = "import X from 'x'\n\n`[a](#gone)`\n\n<Tabs>\n<TabItem label=\"x\">\n\n![p](no.png) [a](#gone)\n\n</TabItem>\n</Tabs>\n"
    (tmp_path / "p.mdx").write_text(text, encoding="utf-8")
    said = run("fencepost", "convert", "p.mdx", "-o", "p.html", cwd=tmp_path).stderr.decode()
    assert "p.mdx:8:6: warning[image-missing]" in said
    assert "p.mdx:8:18: warning[link-anchor]" in said


def test_diagnostics_point_into_tags_on_lines_of_their_own(tmp_path: Path, run: Command) -> None:
    text = "`[a](#gone)`\n\n<Card>\n[a](#gone)\n</Card>\n"
    (tmp_path / "p.mdx").write_text(text, encoding="utf-8")
    said = run("fencepost", "convert", "p.mdx", "-o", "p.html", cwd=tmp_path).stderr.decode()
    assert "p.mdx:4:5: warning[link-anchor]" in said


JSX = {
    # JSX                                                          HTML
    """<b style={{color: "#fc9105", marginTop: 4}}>x</b>""":       '<b style="color: #fc9105; margin-top: 4px;">x</b>',
    """<b style={{ fontFamily: '"A", serif', opacity: .5 }}>""":   '<b style="font-family: &quot;A&quot;, serif; opacity: .5;">',
    "<b style={{\n  zIndex: 1,\n}}>":                              '<b style="\n  z-index: 1;\n">',
    "<b style={{ WebkitHyphens: 'none', '--a': 0 }}>":             '<b style="-webkit-hyphens: none; --a: 0;">',
    '<td colSpan={2} className="a" hidden={false} />':             '<td colSpan="2" class="a" />',
    "<b onClick={() => go({a: 1})} {...more}>x</b>":               "<b>x</b>",
    "<p\n  ref={it}\n  id='a'\n>":                                 "<p\n  id='a'>\n\n",
    "<img src={hero} className='a' />":                            "<img src={hero} className='a' />",
    "<b style={{color: own}}>x</b>":                               "<b style={{color: own}}>x</b>",
    "a <b and c={d}> e":                                           "a <b and c={d}> e",
}  # fmt: skip


@pytest.mark.parametrize(("jsx", "html"), JSX.items())
def test_elements_in_jsx_become_html(jsx: str, html: str) -> None:
    assert as_html(jsx) == html


def test_a_style_in_jsx_is_one_on_the_page(tmp_path: Path) -> None:
    out = build(
        tmp_path, "html", "# A\n\nSome <b style={{color: 'red'}}>x</b>, `<b style={{a: 1}}>`.\n", "--mdx", "yes"
    )
    page = out.read_text(encoding="utf-8")
    assert 'Some <b style="color: red;">x</b>, <code>&lt;b style={{a: 1}}&gt;</code>' in page


SETUPS = [
    # a post of VitePress, and what pandoc reads
    ("<script setup>\nconst a = 1\n</script>\n\ntext", "\n\n\n\ntext"),
    ('<script\n  setup\n  lang="ts">\nconst a = 1\n</script>\n\ntext', "\n\n\n\n\n\ntext"),
    ("<script>\nconst a = 1\n</script>\n", "<script>\nconst a = 1\n</script>\n"),
    *[
        (text, text)
        for text in (
            "```vue\n<script setup>\nconst a = 1\n</script>\n```\n",
            "````md\n```vue\n<script setup>\nlet a\n</script>\n```\n````\n",
            "~~~vue\n<script setup>\nlet a\n</script>\n~~~\n",
            "    <script setup>\n    </script>\n",
            "```vue\n<script setup>\nlet a\n</script>\n",
            "<!--\n<script setup>\nlet a\n</script>\n-->\n",
        )
    ],
]


@pytest.mark.parametrize(("text", "wanted"), SETUPS)
def test_only_the_page_s_own_setup_goes(text: str, wanted: str) -> None:
    assert carry_components(text, 1, {}) == wanted


SAID = {
    # MDX                                                                       words of the whole page, in order
    "<Card title='A b' href='/x'>\n\nc\n\n</Card>":                            "A b c",
    "<Steps>\n<Step title='A'>b</Step>\n<Step title='C'>\n\nd\n\n</Step>\n</Steps>": "A b C d",
    "<LinkCard title='A' href='/x' description='B c' />":                         "A B c",
    "<Accordion title='A' description='B'>\n\nc\n\n</Accordion>":                "A B c",
    "<Callout title='A' description='B'>\n\nc\n\n</Callout>":                    "A B c",
    "<Mine title='A' note='Some words' path='p'>\n\nc\n\n</Mine>":               "A Some words c",
    "<Mine description='B c' />":                                                 "B c",
    "a <Tooltip tip='Long words'>b</Tooltip> c":                                  "a Long words: b c",
    "<Tabs items={['A', \"B\"]}>\n<Tabs.Tab>c</Tabs.Tab>\n<Tabs.Tab>d</Tabs.Tab>\n</Tabs>": "A B c d",
    "<Tabs>\n<Tab title='A'>b</Tab>\n</Tabs>\n\n<Tabs>\n<Tab title='C'>d</Tab>\n</Tabs>": "A b C d",
    "<Frame caption='A b'>\n\nc\n\n</Frame>":                                    "c A b",
    "<Quote author='A B'>\n\nc\n\n</Quote>":                                     "A B c",
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SAID.items())
def test_words_in_attributes_are_printed(tmp_path: Path, text: str, wanted: str) -> None:
    (tmp_path / "post.mdx").write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "fencepost"), "convert", "post.mdx", "--fragment", "-o", "post.html"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
    page = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", (tmp_path / "post.html").read_text(encoding="utf-8"))
    assert " ".join(page.replace(" :", ":").split()) == wanted


def test_two_groups_stay_two_and_word_processors_name_their_tabs(tmp_path: Path) -> None:
    group = "<Tabs>\n<TabItem value='a' label='The {0}'>\n\n```sh\nx\n```\n\n</TabItem>\n<TabItem value='b' label='{1}'>\n\n```sh\ny\n```\n\n</TabItem>\n</Tabs>\n"
    text = group.format("one", "two") + "\n" + group.format("three", "four")
    for name in ("post.md", "post.mdx"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        program = str(Path(sys.executable).parent / "fencepost")
        subprocess.run([program, "convert", name, "-o", "post.html"], cwd=tmp_path, check=True, timeout=60)
        page = (tmp_path / "post.html").read_text(encoding="utf-8")
        assert page.count('<div class="code-group">') == 2
        for form in ("docx", "odt"):
            subprocess.run([program, "convert", name, "-o", f"post.{form}"], cwd=tmp_path, check=True, timeout=60)
            command = [pandoc.binary(), f"post.{form}", "-t", "plain"]
            words = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60).stdout.decode()
            assert [label for label in ("The one", "two", "The three", "four") if label not in words] == []
