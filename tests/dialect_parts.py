"""What fences of other tools' dialects are made of: kinds of words in info strings, languages, code, comments."""

# ruff: noqa: E501 - tables
from __future__ import annotations

JS = """const alpha = 1;
const beta = alpha + alpha;
function gamma(alpha) {
  return alpha * beta;
}
console.log("alpha", gamma(2));"""
PY = """import os
def load(path):
    with open(path) as fh:
        return fh.read()
# done"""
SH = '#!/bin/bash\nnpm install\necho "hi"'
DIFF = "+ const a = 1\n- const b = 2\n  const c = 3"
PATCH = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b"
CODES = (JS, JS, PY, SH, "a\nb\nc", "x", "\n\na", "npm i\n\nnpm t")
RANGES = "1|2|3|4-5|1-3|3-1|6|9|1,3|1, 4-6|2-|a|1..3|2...4| 2 |1,,2"

PARTS: dict[str, list[str]] = {  # kinds of words in an info string, one of which is drawn each time; `~` is a list of lines
    "rehype-pretty-code": [
        *["{~}", "{~}", "{~}#a", "{~}#b", "{~}#v1", "lines={~}", "({~})", "-{~}", "x{~}", "{~}x", "{~}{~}", "/alpha/"],
        *["/al/2", "/alpha/1-2#v", "/beta/#id", '"alpha"', '"a"2', "/o/1,3#b", "/a/0", "/path/#v", "/=/", "/[ab]/"],
        *['title="a.js"', 'title="a b"', 'title=""', 'title="x {2}"', "title='x'", 'subtitle="z"', 'caption="C"'],
        *["showLineNumbers", "showLineNumbers{5}", "showLineNumbers{0}", "showLineNumbers=3", 'frame="none"', "foo"],
    ],
    "expressive-code": [
        *["{~}", "mark={~}", "ins={~}", "del={~}", "add={~}", "rem={~}", "Mark={~}", "foo={~}", "ins = {~}"],
        *['{"A":~}', 'ins={"Lab el":~}', 'del={"1.":~}', "collapse={2-3}", "collapse={1-2,4-5}", "collapse={2-9}"],
        *['"alpha"', "'alpha'", 'ins="beta"', 'del="return"', 'mark="(2)"', '"path"', "ins='it\\'s'", '"a/b"', '" "'],
        *["/alpha/", "/al(pha)/", "ins=/(a)(l)/", "/a|b/", r"del=/\w+/", "/(alpha|beta)/", "/r.t/", "/(x)?a/", "/.*/"],
        *[r"/\(.*?\)/", "/ye[sp]/", "/$/", "/(?=a)/", "/alpha/g", "/(.*?)/", "wrap", "wrap=false", "preserveIndent"],
        *['title="a.js"', "title='b'", "title=c.js", 'title="x \\"y\\""', 'title = "d"', 'Title="e"', 'subtitle="z"'],
        *["showLineNumbers", "showLineNumbers=false", "startLineNumber=5", 'startLineNumber="7"', "showlinenumbers"],
        *['frame="none"', 'frame="terminal"', "frame=editor", "frame=auto", 'lang="js"', "useDiffSyntax", "foo=bar"],
        *["hangingIndent=2", "/w/#v", 'theme="x"', "{1}#a", "=", "{", '"', "showLineNumbers{5}"],
    ],
    "docusaurus": [
        *["{~}", "{~}", "{~}", "{1,4-6}", "{3-1}", "{-2}", "{1--3}", "{1-2-3}", "{01}", "{0}", "{-}", "{2-9}"],
        *['title="a.js"', "title='b'", "title=c", 'title="a\'b"', 'title="{2}"', 'subtitle="x"', 'title="x'],
        *["showLineNumbers", "showLineNumbers=5", "showLineNumbers{5}", "showLineNumbersX", "showLineNumbers=0"],
        *["showLineNumbers=5.7", "noshowLineNumbers", "showLineNumbers=-3", "live", "noInline", "/alpha/", '"x"'],
    ],
    "vitepress": [
        *["{~}", "{~}", "{1,4-6}", "{2 a}", "{.foo}", "{#id}", "{a=b}", "{0}", "{5-4}", "{1}", "[a.js]", "[a b]"],
        *["[a.js] active", "[]", "active", "[x{2}]", "[a][b]", ":line-numbers", ":line-numbers=5", ":no-line-numbers"],
        *[":line-numbers {2}", ":line-numbers=x", ":Line-numbers", "twoslash", "foo=2"],
    ],
    "pymdownx": [
        *['title="a.py"', "title='b'", 'title=""', 'title="a" title="b"', 'hl_lines="1 3"', 'hl_lines="2-4"'],
        *['hl_lines="1-2 5-6"', 'hl_lines="4-2"', 'hl_lines="9"', "hl_lines='2'", 'linenums="1"', 'linenums="10"'],
        *['linenums="10 2"', 'linenums="3 1 2"', 'linenums="2  2\t4"', 'linenums="3 0 2"', ".mine", "#run", 'id="q"', 'linenums="0"', 'title="<b>"', 'hl_lines="1  3"'],
    ],
    "pandoc": [
        *[".python", ".python", ".mine", ".numberLines", ".number-lines", ".number", ".NumberLines", ".py.x", "-"],
        *["#run", "#a-b", "#1", "#a.b:c", 'startFrom="5"', "startFrom=7", 'startFrom="x"', 'startFrom="0"'],
        *["startfrom=3", 'startFrom="-2"', 'title="x.py"', "title='a b'", 'filename="y"', 'caption="A loop"'],
        *["key=val", "key='a b'", 'key=""', 'key="é &amp; ö"', "data-x=1", "id=zz", 'class="one two"', "key=1 key=2"],
        *["wörd=x", ".ümlaut", "a.b=c", "width=50%", 'x:y="z"'],
    ],
    "hugo": [
        *["hl_lines=[1]", 'hl_lines=[1,"3-5"]', 'hl_lines="2-4"', "hl_lines=2", 'hl_lines="1 3-4"', 'hl_lines=["1","3"]'],
        *["linenos=table", "linenos=inline", "linenos=true", "linenos=false", "linenostart=199", 'linenostart="7"'],
        *['hl_lines=["2-"]', 'hl_lines="4-2"', 'hl_lines="1,3"', "hl_lines=[2-4]", 'linenos="table"'],
        *['title="x"', 'class="my"', "style=monokai", "tabWidth=2", "hl_lines=[0]"],
        *['class="a b"', 'key="val"', "data-x=1", ".own", "#name", 'id="run"', 'caption="C"', "anchorLineNos=true"],
        *["lineNos=inline", 'hl_Lines="2"', "LineNoStart=5", 'lineAnchors="x"', 'Key="v"'],
    ],
}  # fmt: skip
LANGS = {
    "rehype-pretty-code": "js js js python text bash ts md diff html css json yaml nosuch JS c++ jsx go rust",
    "expressive-code": "js js js js ts python sh bash diff diff css html yaml md json zsh powershell console JS nosuch",
    "docusaurus": "js js js jsx tsx ts html python bash css md tex matlab lua haskell sql wasm vb vbnet batch ocaml PHP",
    "vitepress": "js js ts py html JS js-vue vue-html sh md nosuch txt c++",
    "pymdownx": "py py python js c++ bash yaml text",
    "pandoc": "python haskell JS c++ bash nosuch html",
    "hugo": "go go go js python bash GO text",
}
NAMES = (
    "// src/app.js|// app.js\n|# main.py|/* style.css */|<!-- index.html -->|// File: a.ts|// https://x.org/a.js|# .env|"
    "// see the docs|// a.js: text|---\ntitle: x\n---|---\n# a.md\n---|//a.js|// ~/.bashrc|// a b.js|\n// c.ts|"
    '"use x"\n// b.ts|\n\n\n\n// d.ts|// Example file: x.tsx|/* a.ts|// package.json|// src/[id].astro|#!/usr/bin/env node'
)
MAGIC = (
    "// highlight-next-line|# highlight-next-line|/* highlight-next-line */|<!-- highlight-next-line -->|"
    "{/* highlight-next-line */}|-- highlight-next-line|% highlight-next-line|;; highlight-next-line|"
    "' highlight-next-line|REM highlight-next-line|! highlight-next-line|(* highlight-next-line *)|"
    "  // highlight-next-line|//highlight-next-line|// highlight-start|// highlight-end|# highlight-start|# highlight-end|"
    "/* highlight-start */|/* highlight-end */|{/* highlight-start */}|{/* highlight-end */}|let x // highlight-next-line"
)
ORDERS = "++|--|focus|hl|highlight|warning|error|word:x|hl:2|focus:3|++:2"
MORE = {  # what is added to them in whole documents
    "rehype-pretty-code": [
        *["{~}", "{~}", "{~}", "{~}", "{~}", "{~}", "{~}#a", "{~}#b", "{~}#v1", "lines={~}", "({~})", "-{~}", "x{~}"],
        *["_{~}", "{~}x", "highlight={~}", "{~}{~}", "/alpha/", "/al/2", "/alpha/1-2#v", "/beta/#id", '"alpha"'],
        *['"a"2', "/o/1,3#b", "/./", "/const/", "/a/0", "/a/99", "/path/#v", "/=/", "/[ab]/", "/ path/", "/a b/"],
        *["//", '""', "/a", '"a', "/λ/", "/😀/", "/é/", 'title="a.js"', 'title="a b"', 'title=""', 'title="x {2}"'],
        *['title="/alpha/"', r'title="a \"q\" b"', 'title="a &amp; b"', "title='x'", 'title = "y"', 'subtitle="z"'],
        *['title="it\'s"', 'title="a" title="b"', 'title="é λ 😀"', 'title="&quot;x&quot;"', r'title="a\\b"'],
        *['title="`x`"', 'caption="C"', r'caption="a \_ b"', 'caption=""', 'caption="x" caption="y"'],
        *['caption="{3}"', "showLineNumbers", "showLineNumbers{5}", "showLineNumbers{0}", "showLineNumbers=3"],
        *["showLineNumbers {3}", "showLineNumbers{99}", "showLineNumbers{-1}", "showLineNumbersX"],
        *['frame="terminal"', "ins={2}", "/alpha/ins", "foo", "=", "#id", "{.x}", "{#id}", r"\{2\}", "&#123;2&#125;"],
        *["&lbrace;1&rbrace;", "*a*", "[x]", "<b>", r"/a\/b/", r'"a\\"'],
    ],
    "expressive-code": [
        *["{~}{~}", "ins={~} ins={~}", '"é"', '"λ"', "'a b'", 'title="a &amp; b"', r'title="a\\b"', r'"\"alpha\""'],
        *[r"title='it\'s'", 'title="`x`"', r"/\w+\(/", "/[^a]/", "/(?<=c)onst/", "/(?<n>al)pha/", r"/\bbeta\b/"],
        *["/a{2}/", r"/^\s+/", r"/\//", r"/a\/b/", r"/\d/", "/[/]/", r"ins=/\+/", 'del="*"', '"{2}"', '{"a b":~}'],
        *[r'{"x\"y":~}', "{'q':~}", 'ins={"":~}', '{"a":}', '{ "A" : ~ }', '{"é":~}', "wrap=true", 'wrap="true"'],
        *["wrap preserveIndent=false", 'hangingIndent="4"', "hangingIndent={2}", "collapse={1}"],
        *["collapse={1-3, 5-6}", 'collapse="2-3"', "collapse={3-1}", "collapse={a-b}", 'frame="code"', "frame=none"],
        *['frame="editor"', 'frame="shell"', 'frame=""', 'Frame="none"', "title=a b", 'title="a" title="b"'],
        *['title="/x/y"', 'title="."', "showLineNumbers=false showLineNumbers", "startLineNumber=-3"],
        *["startLineNumber=0", "startLineNumber=1.5", "startLineNumber=abc", "useDiffSyntax=false"],
        *['useDiffSyntax lang="py"', "lang=ts", "\u00a0{1}\u00a0", "\t{2}", "&#123;2&#125;", '"&lt;"', r'"\\"', r"/\\/", "/(/"],
        *["/[/", "/*/", "/a/ /b/", "mark=/alpha/ del=/al/", 'ins="alpha" del="alpha"', '"alpha" "beta"'],
        *['mark="a" mark="b"', "a=b=c", '"a"b', "{1}b"],
    ],
    "docusaurus": [
        *['title="a &amp; b"', r'title="a\"b"', 'title="é"', 'title=""', "title=''", 'title="a" title="b"'],
        *['title=\'a"b\'', 'title = "x"', "{~}{~}", "{ 2 }", "{2}showLineNumbers", "\u00a0{1}\u00a0", "\t{2}", "&#123;2&#125;"],
        *["showLineNumbers=false", "showLineNumbers=true", 'showLineNumbers="5"', "showLineNumbers=1e3"],
        *["showLineNumbers= 5", "xshowLineNumbers", 'title="showLineNumbers"', "metastring", "{1-}", "{,}", "{--}"],
        *["{1,,3}", "{1-3,2-9}", "{3-1,5}"],
    ],
    "vitepress": [
        *["{~}{~}", "{1,3}", "[a&amp;b]", r"[a\_b]", "[é]", '{"a":1}', 'title="x"', "\t{2}", "{{2}}", "{}", "{ 2 }"],
        *["{2,}", "{2} {3}", "{:2}", ":line-numbers=0", ":line-numbers=12", ":line-numbers:no-line-numbers"],
        *["{1}:line-numbers", "::line-numbers", "[x] {2}", "{2}[x]", "[x](y)", "active=1", "inactive", "-vue"],
    ],
}  # fmt: skip
MORE_LANGS = {
    "rehype-pretty-code": "js js python text bash ts md diff html css json yaml nosuch JS c++ jsx dot go rust",
    "expressive-code": "jsx tsx vue astro svelte toml mdx jsonc c++ go rust php ruby java swift text txt plaintext xml ini bat cmd nu shellsession shell ps1 fish dockerfile sql ansi",
    "docusaurus": "c cpp rust go java php ruby perl json yaml toml ini scss sass less vue svelte kotlin swift r julia clojure lisp erlang elixir basic fsharp sml fortran cobol visual-basic vba plaintext text diff markdown mdx xml powershell shell makefile dockerfile graphql asm",
    "vitepress": "js ts py sh nosuch txt JS js-vue vue-html c++ text plain ansi",
}
MORE_CODES = (
    '\n\nlet a\n\n',
    '\tif x:\n\t\ty\tz',
    "λ = '😀'\nalpha é = 1\nzw\u200bsp",
    'a\xa0b  \n  c  ',
    'x\n\n\n\ny',
    '<b>&amp;</b>\n&lt;',
    'alpha alpha\nalphaalpha aaa',
    '/a/b /alpha/ "q" \'p\'',
    '  indented\n    more\n back',
    '- a\n* b\n+ c\n> d',
    '~~~\n---\n===',
    '{2} {{x}} ${y}',
    'a\\b \\{ \\\\',
    '+ a\n+b\n-c\n d\n\n e',
    '$ make\n$ x',
    '// a.js\n\nlet b = 1',
    "x" * 300,
)  # fmt: skip
MORE_RANGES = "1|2|3|4-5|1-3|3-1|6|9|1,3|1, 4-6|2-|a|1..3|2...4| 2 |1,,2|-1|0|2–4|1-3-5|01|2 - 4|1.5|99999999999999999999|1,3,5-6,2|5-2,1|1…3|3…1|1 3|1;2|{2}|,|-|"
MORE_MAGIC = (
    "|// highlight-next-line // x|// highlight-next-line  |/*highlight-next-line*/|/* highlight-next-line"
    "|// Highlight-next-line|// highlight-next-lines|\t// highlight-next-line|*> highlight-next-line"
    "|rem highlight-next-line|REMhighlight-next-line|’ highlight-next-line|_ ' highlight-next-line"
    "|{ /* highlight-next-line */ }|--highlight-start|-- highlight-end|% highlight-start|% highlight-end"
    "|<!--highlight-start-->|<!-- highlight-end -->|// highlight-next-line highlight-start"
    "|###### highlight-next-line|// error-next-line|// This will error|/** highlight-next-line */"
    "|; highlight-next-line"
)
CONTEXTS = {  # where a fence stands: what is before it, before its first line, and before each further line
    "plain":     ([], "", ""),
    "indented":  ([], " ", " "),
    "indented2": ([], "  ", "  "),
    "indented3": ([], "   ", "   "),
    "paragraph": (["words here"], "", ""),
    "heading":   (["## H"], "", ""),
    "comment":   (["<!-- c -->", ""], "", ""),
    "list":      (["- x", ""], "  ", "  "),
    "tight":     ([], "- ", "  "),
    "ordered":   (["1. x", ""], "   ", "   "),
    "nested":    (["- a", "  - b", ""], "    ", "    "),
    "task":      (["- [ ] t", ""], "  ", "  "),
    "quote":     ([], "> ", "> "),
    "in quote":  (["> - x", "> "], ">   ", ">   "),
    "in list":   (["- y", ""], "  > ", "  > "),
    "alert":     (["> [!NOTE]"], "> ", "> "),
    "note":      (["w[^@]", "", "[^@]: n", ""], "    ", "    "),
}  # fmt: skip
