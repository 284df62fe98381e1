"""Where the comment that ends a line begins, by tables of languages and their signs, as Shiki's grammars see it.

That a sign stands in a string is seen by its quotes. Pages hold scripts and styles, and Markdown holds fences: a line
has the language of where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fencepost.fence.coloured import PAGES, TEXTS, ends_coloured

_SLASHES = (
    "1c 1c-query actionscript-3 angular-ts apex ara ballerina bicep bsl c c# c++ cadence cairo cdc cjs codeql cpp cql "
    "cs csharp cts cue cypher d dart dream-maker f# fs fsharp fsl gdshader genie gjs gleam glimmer-js glimmer-ts glsl "
    "go groovy gts hack haxe hcl hlsl jade java javascript jison js json json5 jsonc jsonl jsonnet jssm jsx "
    "kotlin kql kt kts kusto less lit mjs move mts nar narrat objc objective-c objective-cpp pascal php postcss "
    "powerquery prisma proto protobuf pug ql qml rel riscv rs rust sass scala scss sdbl shader shaderlab sol solidity "
    "ssh-config stata styl stylus swift system-verilog templ terraform tf tfvars ts ts-tags tsp tsx typ typescript "
    "typespec typst v vala verilog wgsl zenscript zig"
)
_HASHES = (
    "applescript asm awk ballerina bash be berry cmake coffee coffeescript console crystal dotenv elixir ex fish "
    "gdscript gemfile gnuplot gql graphql hcl hxml imba ini jl jsonnet julia make makefile mips mipsasm mojo nginx "
    "nim nix nu nushell perl perl6 php pl polar powershell properties ps ps1 puppet py python qmldir r raku rb riscv "
    "ruby sh shell shellscript shellsession sparql ssh-config talon talonscript tasl terraform tf tfvars toml turtle "
    "vy vyper yaml yml zsh"
)
_BLOCKS = (
    "actionscript-3 angular-ts apex ara asm bicep c c# c++ cadence cdc cjs closure-templates codeql cpp cs csharp css "
    "cts cue d dart dream-maker fsl gdshader genie gjs glimmer-js glimmer-ts glsl go groovy gts hack haxe hcl hlsl "
    "jade java javascript jison js json json5 jsonc jsonl jsonnet jssm jsx kotlin kt kts lit lua marko mjs move "
    "mts nix objc objective-c objective-cpp php plsql postcss powerquery prisma prolog proto protobuf pug puppet ql "
    "qml qss rel riscv rs rust scala scss sol solidity soy sql stata styl stylus swift system-verilog templ "
    "terraform tf tfvars ts ts-tags tsp tsx typ typescript typespec typst v vala verilog vim viml vimscript wgsl "
    "zenscript "
)
_LISPS = (
    "asm beancount clarity clj clojure common-lisp elisp emacs-lisp fennel gdresource hy ini lisp logo properties "
    "racket reg scheme"
)
COMMENTS = {
    # begins   ends     the languages that it is a comment in
    "//":     ("",      _SLASHES),
    "#":      ("",      _HASHES),
    "/*":     ("*/",    _BLOCKS),
    "--":     ("",      "ada applescript elm haskell hs lua luau plsql purescript sql vhdl"),
    "<!--":   ("-->",   PAGES),
    ";;":     ("",      "wasm"),
    ";":      ("",      _LISPS),
    "%":      ("",      "erl erlang latex matlab prolog tex"),
    "'":      ("",      "vb vba cmd"),
    '"':      ("",      "vim viml vimscript"),
}  # fmt: skip
_SIGNS = {
    lang: tuple((sign, end) for sign, (end, langs) in COMMENTS.items() if lang in langs.split())
    for _, names in COMMENTS.values()
    for lang in names.split()
}
STRICT = frozenset(["handlebars", "hbs", "twig", "xml", "xsl"])  # no `--` inside of a comment
WITH_JSX = frozenset(["jsx", "tsx"])
EMBEDDING = {"astro": "ts", "html": "js", "svelte": "ts", "vue": "ts", "vue-html": "ts"}  # and what its scripts are
_MARKDOWN = frozenset(["md", "markdown"])
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w+#-]*)")
_REGION = re.compile(r"<(/?)(script|style)\b[^>]*>|\A---\Z", re.I)
STARTS = re.compile(r"//|[\"'#]|;{1,2}|%{1,2}|--|\*(?=.)|<!--(?=.+-->\Z)|/\*(?=.+\*/\Z)", re.DOTALL)
_WITH_APOSTROPHES = "rs rust haskell hs clj clojure lisp common-lisp elisp scheme racket tex latex matlab"
_APOSTROPHES = frozenset(_WITH_APOSTROPHES.split())
NO_COMMENTS = ("mdx", "http")
_PROMPTS = frozenset(["console", "shellsession"])
_BARE = {  # begins of lines that stay one text in a language which has no such comment
    "css": ("//", "#", ";", ";;", "%", "%%", "--"),
    "ini": ("//", "%", "%%", "--", "*"),
    "toml": ("//", "%", "%%", "--", "*", ";", ";;"),
    "yaml": ("//", ";", ";;", "--"),
    "yml": ("//", ";", ";;", "--"),
    "dotenv": ("//", ";", ";;", "%", "%%", "--", "*"),
    "makefile": ("//", ";", ";;", "%", "%%", "--", "*"),
}
_JSX_TAG = re.compile(r"<[A-Za-z][^<>]*(?<![/=])>[ \t]*\Z")  # behind one, `//` is text


def langs_of(texts: Sequence[str], lang: str) -> list[str]:
    """Say the language of each line: a page holds scripts and styles."""
    if lang in _MARKDOWN and any(map(_FENCE.match, texts)):
        return list(_fenced_langs(texts, lang))
    if lang not in EMBEDDING:
        return [lang] * len(texts)
    now, out = lang, []
    for text in texts:
        for found in _REGION.finditer(text):
            if not found[2]:
                now = EMBEDDING[lang] if now == lang and lang == "astro" else lang
            else:
                now = lang if found[1] else "css" if found[2].lower() == "style" else EMBEDDING[lang]
        out.append(now)
    return out


def _fenced_langs(texts: Sequence[str], lang: str) -> Iterator[str]:
    """Say the language of each line of Markdown: fences hold code, and have no comments themselves."""
    begun, inside = "", lang
    for text in texts:
        found = _FENCE.match(text)
        if found and not begun:
            begun, inside = found[1], found[2].lower()
        elif found and not found[2] and found[1].startswith(begun):
            begun = ""
        else:
            yield inside if begun else lang
            continue
        yield NO_COMMENTS[0]


def place_of_comment(text: str, lang: str) -> tuple[int | None, str]:
    """Say where the comment that ends a line begins, and what stands behind it (a brace of JSX)."""
    signs = _SIGNS.get(lang)
    if signs is None or _has_none(text, lang):
        return (None if _has_none(text, lang) else 0), ""
    after = ""
    if lang in WITH_JSX and (found := re.search(r"\{[ \t]*/\*.*\*/[ \t]*(\})[ \t]*\Z", text)):
        return text.index("/*", found.start()), text[found.start(1) :]
    for place, sign, end in _outside_strings(text, signs, _quotes(lang)):
        if end and text.find(end, place + len(sign)) != len(text) - len(end):
            continue
        before = text[:place].rstrip(" \t")
        if lang in WITH_JSX and _JSX_TAG.search(before):
            continue
        return (len(before) if ends_coloured(before, lang) else place), after
    return (0 if _is_plain_text(text, lang) else None), ""


def _has_none(text: str, lang: str) -> bool:
    """Say whether nothing in this line can be a comment: a prompt, a command that make hands on."""
    if lang in ("make", "makefile"):
        return text.startswith("\t")
    return lang in NO_COMMENTS or (lang in _PROMPTS and text.lstrip().startswith("#"))


def _is_plain_text(text: str, lang: str) -> bool:
    """Say whether the whole line is one text without a colour there, which any sign makes a comment if it begins it."""
    begin = STARTS.match(text.strip(" \t"))
    return bool(begin) and (lang in TEXTS or (lang in _BARE and begin[0] in _BARE[lang]))  # type: ignore[index]


def _quotes(lang: str) -> str:
    return "" if lang in TEXTS else '"`' if lang in _APOSTROPHES else "\"'`"


def _outside_strings(text: str, signs: tuple[tuple[str, str], ...], quotes: str) -> Iterator[tuple[int, str, str]]:
    quote, place = "", 0
    while place < len(text):
        char = text[place]
        if quote:
            place += char == "\\"
            quote = "" if char == quote else quote
        else:
            found = next(((sign, end) for sign, end in signs if text.startswith(sign, place)), None)
            if found:
                yield place, *found
            elif char in quotes and (char != "'" or not text[place - 1 : place].isalnum()):
                quote = char
        place += 1
