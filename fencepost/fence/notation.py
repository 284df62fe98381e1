"""Shiki's notation: comments such as `// [!code ++]` mark their line, or the next where they stand alone.

The comment is taken out of the code. Which of a language's signs begins a comment is a table; that a sign stands in
a string is seen by its quotes. A text in no language is one piece, and a comment only where it begins as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fencepost.fence.javascript import BLANKS, read_number, trimmed_end
from fencepost.fence.model import DEL, ERROR, FOCUS, INS, MARK, WARNING

STEPS = (
    # one after the other; each reads the first of its orders in a comment
    {"++": INS, "--": DEL},
    {"focus": FOCUS},
    {"highlight": MARK, "hl": MARK},
    {"error": ERROR, "warning": WARNING},
)
_PATTERNS = tuple(
    (re.compile(rf"[{BLANKS}]*\[!code ({'|'.join(map(re.escape, step))})(?::([0-9]+))?\]"), step) for step in STEPS
)
_SLASHES = "c c++ c# cpp cs csharp dart fs fsharp f# go glsl graphql groovy hlsl java javascript js json json5 jsonc jsx kotlin kt kts less mjs cjs mts cts objc objective-c php postcss prisma proto protobuf rs rust sass scala scss sol solidity stylus styl swift ts tsx typescript v wgsl zig"  # noqa: E501
_HASHES = "bash cmake coffee coffeescript console crystal dotenv elixir ex fish gdscript gemfile gql graphql hcl http ini julia jl make makefile mojo nginx nim nix perl php pl powershell properties ps ps1 py python r rb ruby sh shell shellscript shellsession terraform tf toml yaml yml zsh"  # noqa: E501
_BLOCKS = "c c++ c# cpp cs csharp css dart go groovy java javascript js json json5 jsonc jsx kotlin kt kts less mjs cjs mts cts objc objective-c php postcss proto protobuf rs rust sass scala scss sol solidity sql stylus styl swift ts tsx typescript v wgsl zig hcl terraform tf"  # noqa: E501
COMMENTS = {
    # begins   ends     the languages that it is a comment in
    "//":     ("",      _SLASHES),
    "#":      ("",      _HASHES),
    "/*":     ("*/",    _BLOCKS),
    "--":     ("",      "ada elm haskell hs lua luau plsql purescript sql vhdl"),
    "<!--":   ("-->",   "astro html markdown md mdc mdx svelte svg vue vue-html xml xsl"),
    ";":      ("",      "asm clj clojure common-lisp elisp ini lisp racket reg scheme wasm"),
    "%":      ("",      "erl erlang latex matlab prolog tex"),
    "'":      ("",      "vb vba cmd"),
    '"':      ("",      "vim viml vimscript"),
}  # fmt: skip
_SIGNS = {
    lang: tuple((sign, end) for sign, (end, langs) in COMMENTS.items() if lang in langs.split())
    for _, names in COMMENTS.values()
    for lang in names.split()
}
WITH_JSX = frozenset(["jsx", "tsx"])
EMBEDDING = {"astro": "ts", "html": "js", "svelte": "ts", "vue": "ts", "vue-html": "ts"}  # and what its scripts are
_REGION = re.compile(r"<(/?)(script|style)\b[^>]*>|\A---\Z", re.I)
_STARTS = re.compile(r"//|[\"'#]|;{1,2}|%{1,2}|--|\*(?=.)|<!--(?=.+-->\Z)|/\*(?=.+\*/\Z)", re.DOTALL)
# Blanks before a comment go with it where Shiki colours what stands before them, and else stay in the code.
_WORDS = (
    "true false null nil None True False this self pass break continue end fi done do then else any as string number "
    "boolean void int float bool char unknown never undefined"
)
_COLOURED = frozenset(_WORDS.split())
_NAMED = re.compile(r"\b(?:class|def|raise|package|type \w+ =|(?:const|let|var) \w+:|var \w+) ?\w+\Z")
_ALWAYS_COLOURED = frozenset(["c", "c++", "cpp", "graphql", "gql", "nginx"])
_WORDS_COLOURED = frozenset(
    ["yaml", "yml", "bash", "sh", "shell", "zsh", "shellscript"]
)  # unquoted text is a string there
_NUMBERS_PLAIN = frozenset(["ini", "makefile", "make", "properties"])
_JSX_TAG = re.compile(r"<[A-Za-z][^<>]*(?<![/=])>[ \t]*\Z")  # behind one, `//` is text


@dataclass(slots=True)
class Line:
    """One line of code and the kinds of its marks."""

    text: str
    kinds: set[str]


@dataclass(slots=True)
class _Comment:
    """A comment at the end of a line: what stands before it, its begin, words and end."""

    line: Line
    before: str
    begin: str
    words: str
    end: str
    stands_alone: bool
    after: str = ""


def read(lines: list[Line], lang: str) -> list[Line]:
    """Do what the comments order and give the lines that are left.

    >>> [(line.text, line.kinds) for line in read([Line("a() // [!code ++]", set())], "js")]
    [('a() ', {'ins'})]
    """
    langs = _langs(lines, lang)
    found_in = zip(lines, langs, strict=True)
    comments = [comment for line, own in found_in if "[!code" in line.text and (comment := _comment(line, own))]
    left = list(lines)
    for pattern, step in _PATTERNS:
        gone = set()
        for comment in comments:
            found = pattern.search(comment.words)
            if not found:
                continue
            at = next(index for index, line in enumerate(left) if line is comment.line) + comment.stands_alone
            for line in left[at : at + (read_number(found[2]) if found[2] else 1)]:
                line.kinds.add(step[found[1]])
            comment.words = comment.words[: found.start()] + comment.words[found.end() :]
            if _rewritten(comment):
                gone.add(id(comment.line))
        left = [line for line in left if id(line) not in gone]
    return left


def _langs(lines: list[Line], lang: str) -> list[str]:
    """Say the language of each line: a page holds scripts and styles."""
    if lang not in EMBEDDING:
        return [lang] * len(lines)
    now, out = lang, []
    for line in lines:
        out.append(now)
        for found in _REGION.finditer(line.text):
            if not found[2]:
                now = EMBEDDING[lang] if now == lang and lang == "astro" else lang
            else:
                now = lang if found[1] else "css" if found[2].lower() == "style" else EMBEDDING[lang]
    return out


def _rewritten(comment: _Comment) -> bool:
    """Write the line without the order; says whether the line goes with it."""
    if comment.words.strip():
        comment.line.text = comment.before + comment.begin + comment.words + comment.end + comment.after
        return False
    comment.words = ""
    comment.line.text = comment.before
    return comment.stands_alone


def _comment(line: Line, lang: str) -> _Comment | None:
    """Find the comment that a line ends in."""
    text = line.text
    place, after = _place(text, lang)
    if place is None:
        return None
    comment = text[place : len(text) - len(after)]
    if not _STARTS.match(comment.lstrip(" \t")):
        return None
    slashes = [match.start() for match in re.finditer(rf"[{BLANKS}]+//", comment) if match.start()]
    if slashes:  # Shiki parts a comment before each `//`
        place, comment = place + slashes[-1], comment[slashes[-1] :]
    return _parted(line, place, comment, after)


def _parted(line: Line, place: int, comment: str, after: str) -> _Comment | None:
    words = comment.lstrip(" \t")
    blanks = comment[: len(comment) - len(words)]
    begin = _STARTS.match(words)
    if not begin:
        return None
    inner = trimmed_end(words)[begin.end() :]
    end = next((sign for sign in ("-->", "*/") if inner.endswith(sign) and begin[0] in ("<!--", "/*")), "")
    before = line.text[:place]
    if after:  # `{/* … */}`: the braces go with it
        return _Comment(
            line,
            before[:-1],
            "{" + blanks + begin[0],
            inner[: len(inner) - len(end)],
            end,
            not before[:-1].strip(),
            after,
        )
    if before and not before.strip():
        before, blanks = "", before + blanks
    return _Comment(line, before, blanks + begin[0], inner[: len(inner) - len(end)], end, not before)


def _place(text: str, lang: str) -> tuple[int | None, str]:
    """Say where the comment that ends a line begins, and what stands behind it (a brace of JSX)."""
    signs = _SIGNS.get(lang)
    if signs is None:
        return 0, ""
    after = ""
    if lang in WITH_JSX and (found := re.search(r"\{[ \t]*/\*.*\*/[ \t]*(\})[ \t]*\Z", text)):
        return text.index("/*", found.start()), text[found.start(1) :]
    for place, sign, end in _outside_strings(text, signs):
        if end and text.find(end, place + len(sign)) != len(text) - len(end):
            continue
        before = text[:place].rstrip(" \t")
        if lang in WITH_JSX and _JSX_TAG.search(before):
            continue
        return (len(before) if _is_coloured(before, lang) else place), after
    return None, ""


def _is_coloured(before: str, lang: str) -> bool:
    """Guess whether Shiki gives the end of some code a colour."""
    if lang in _ALWAYS_COLOURED or before[-1:] in ("'", '"', "`"):
        return True
    word = re.split(r"[^\w*@-]", before)[-1]
    if lang in _WORDS_COLOURED:
        return bool(word or before.endswith("/")) and not re.search(r"[$=]\S*\Z", before)
    if word[-1:].isdigit():
        return lang not in _NUMBERS_PLAIN
    return word in _COLOURED or word.startswith("@") or bool(_NAMED.search(before))


def _outside_strings(text: str, signs: tuple[tuple[str, str], ...]) -> Iterator[tuple[int, str, str]]:
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
            elif char in "\"'`":
                quote = char
        place += 1
