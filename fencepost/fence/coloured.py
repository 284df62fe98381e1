"""Whether Shiki gives the end of some code a colour: the blanks before a comment go with it only then.

A token without a colour of its own takes the blanks behind it; a coloured one leaves them to the comment, with which
they are taken out. What is coloured at the end of a line was measured on VitePress, language by language; the
tables say it by the last signs and the last word.
"""

# ruff: noqa: E501 - tables
from __future__ import annotations

import re
from functools import cache

_NUMBER = r"(?<![\w$.])(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d+)?)"
_WITH_LETTERS = r"(?<![\w$.])\d[\w.]*"
_CONSTANT = r"(?<![\w$])[A-Z][A-Z0-9_]*"
_CAPITAL = r"(?<![\w$])[A-Z]\w*"
_QUOTES = "[\"'`]"
PAGES = (  # plain text but for their markup
    "angular-html astro blade diff edge erb handlebars hbs html html-derivative liquid markdown md mdc mediawiki razor "
    "svelte svg twig vue vue-html wiki wikitext xml xsl"
)
TEXTS = frozenset(PAGES.split())
_WORDS = (
    "true false null nil None True False this self pass break continue end fi done do then else any as string number "
    "boolean void int float bool char unknown never undefined return not"
)
_SQL = (
    "add all alter and as asc autoincrement begin between bigint boolean by cascade char check column commit constraint "
    "create default delete desc distinct drop else end exists false foreign from group having if in index inner insert "
    "int integer into is join key left like limit not null numeric on or order outer primary references returning right "
    "select serial set table text then timestamp true type union unique update using values varchar view when where with"
)
_OPERATORS = r"[-=+*/%<>&|!?]"
_ONE_WORD = r"^[ \t]*\w+"  # on a line of its own
_TAG = r"^[ \t]*(?:a|b|body|button|code|div|h[1-6]|html|i|img|input|li|main|nav|ol|p|pre|section|span|table|td|ul)"
_LIKE_JAVA = rf"[-=+*/%<>&|!?:]|{_NUMBER}|@\w+"

ENDS = {
    # languages                                          what is coloured at the end of a line, beside words and quotes
    "js javascript mjs cjs ts typescript mts cts jsx tsx":
        rf"{_OPERATORS}|\.\.\.|{_NUMBER}n?|{_CONSTANT}|/\S+/[a-z]*|<[A-Za-z][\w.]*"
        r"|\b(?:as|satisfies|extends|implements) \w+|\b(?:type \w+ =|(?:const|let|var) \w+:) ?\w+"
        r"|\b(?:class|debugger|arguments|NaN|Infinity|function|super)(?: \w+)?",
    "python py":      rf"[-=+*/%<>&|?@]|\.\.\.|{_WITH_LETTERS}|(?<![\w$])[A-Z][A-Z0-9_]+|\b(?:class|def|raise) ?\w*|@[\w.]+|not in"
        r"|\b(?:yield|str|list|dict|tuple|set|bytes|object)",
    "go":             rf"[-=+*/%<>&|!]|\.\.\.|{_WITH_LETTERS}|\b(?:package|type|func) \w+|\bvar \w+ \*?[\w.]+|\b(?:bool|byte|error|rune|u?int\d*|float\d+)",
    "rust rs":        rf"[-=+*/%&|!?:.@]|[-=]>|{_NUMBER}|{_CAPITAL}|\b(?:[iu](?:\d+|size)|f\d+|str|bool|char|mod \w+)|'\w+",
    "java groovy":    rf"{_LIKE_JAVA}|\b(?:package|class) [\w.]+",
    "csharp cs c#":   rf"{_OPERATORS}|::|{_WITH_LETTERS}|\b(?:namespace|class) [\w.]+",
    "dart":           rf"{_LIKE_JAVA}|{_CAPITAL}",
    "scala":          rf"{_LIKE_JAVA}|@|{_CAPITAL}",
    "swift":          rf"[-=+*/%<>&|!?:]|\.\.\.|{_WITH_LETTERS}|[@#]\w+|\bimport \w+|\b(?:struct|class|enum) \w+|:\s*\w+",
    "kotlin kt kts":  rf"[-=+*/%<>!]|&&|\|\||{_NUMBER}|@\w+|:\s*\w+|\bclass \w+",
    "php":            r"[-=+*/%<>&|!?:.@]|(?<![\w$])\w+",
    "ruby rb":        rf"[-+*/%<&|!?]|[-+*=]=|(?<!=)>|{_NUMBER}|{_CAPITAL}|\.\w+|:\w+|\bdef \w+",
    "sql":            rf"[-=+*/<>]|\|\||{_NUMBER}|\.\w+|(?i:\b(?:{'|'.join(_SQL.split())}))",
    "lua":            rf"[-=+*/%<>]|\.\.\.|{_NUMBER}|\.\w+|:\w+",
    "css less":       rf"{_TAG}|"
        r"(?<![\w-])\d+(?:\.\d+)?(?:%|[a-z]+)?|[@:#$][\w-]+|\w\.[\w-]+",
    "scss":           rf"{_TAG}|"
        r"(?<![\w-])\d+(?:\.\d+)?(?:%|[a-z]+)?|[@:#$][\w-]+|\w\.[\w-]+|:\s+[a-z-]+",
    "sass stylus styl": r"[\w)-]",
    "haskell hs":     rf"[-=+*/%<>&|!?:.@]|{_NUMBER}|{_CAPITAL}|\(\)|\bwhere",
    "elixir ex":      rf"[-=+*/<>|!]|&&|::|{_NUMBER}|{_CAPITAL}|:\w+|\bdef\w*",
    "r":              rf"[-=+*/<>&|!:@]|\.\.\.|{_WITH_LETTERS}",
    "powershell ps ps1": rf"[-=+*%/<>!?.,]|(?<!\|)\||(?<!&)&|{_NUMBER}|\w+-\w+",
    "hcl terraform tf": rf"[-+*/%<>!?:.]|&&|\|\||==|{_NUMBER}",
    "html xml svg vue vue-html svelte astro": r"<|&\w+;",
    "md markdown":    r"\*\*",
    "nginx":          rf"{_NUMBER}|{_ONE_WORD}|\b(?:on|off)",
    "prisma":         r"@\w+|\w\?",
    "ini properties": r"\[[^\]]*\]",
    "dotenv":         "",
    "make makefile":  r"\$\w+",
    "toml":           rf"{_NUMBER}|\d{{4}}-\d\d-\d\d",
    "yaml yml":       r"[^-*%?:,{}\[\]@\s]|(?<=\S)\*",
    "bash sh shell zsh shellscript": r"[^;&(\[\s)]",
    "vb vba":         rf"{_NUMBER}|\b(?:As|Sub|Function|End|If|Then|Else|Next) ?\w*",
    "c c++ cpp graphql gql": r"\S",
    "ara codeql d elm erl erlang gdshader hack marko nix nu nushell powerquery prolog ql qmldir reg shader shaderlab zig":
        rf"{_NUMBER}|{_ONE_WORD}",
    "fsl glsl jade jssm pug talon talonscript vim viml vimscript wgsl": rf"{_NUMBER}|{_ONE_WORD}|\)",
    "be berry f# fs fsharp": rf"{_NUMBER}|\)",
    "fish":           _ONE_WORD,
    "postcss":        rf"{_NUMBER}|{_TAG}",
    "ada angular-html beancount blade closure-templates cmake edge erb handlebars hbs html-derivative hxml latex liquid logo "
    "mdc mediawiki move perl perl6 polar proto protobuf qml qss raku razor rel scheme soy tasl tex twig typ typst wiki "
    "wikitext xsl": "",
}  # fmt: skip
PLAIN = {
    # languages                        what has no colour there, whatever the tables above say
    "jsx tsx ts typescript":           r"<[^<>]*>|(?<=\w)>|/>",
    "ruby rb":                         r"\|[\w, ]*\|",
    "yaml yml":                        r"(?:^|\s)\*\w+",
    "bash sh shell zsh shellscript":   r"\$\w+|(?:\)\s*|^\s*)[{}]|\(\)\s*\{|\bexport \w+=[A-Za-z]\S*",
    "stylus styl":                     r"^[ \t]*\w+\(\w*\)",
    "toml":                            r"(?:^|\s)[-+]?\d\w*[a-z]",
}  # fmt: skip


def _row(table: dict[str, str], lang: str) -> str | None:
    return next((text for langs, text in table.items() if lang in langs.split()), None)


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    ends, plain = _row(ENDS, lang), _row(PLAIN, lang)
    kinds = [_NUMBER if ends is None else ends, rf"(?<![\w$.-])(?:{'|'.join(_WORDS.split())})", _QUOTES]
    if lang in TEXTS:
        kinds[1:] = ["`"]
    coloured = re.compile(rf"(?:{'|'.join(kind for kind in kinds if kind)})\Z")
    return coloured, re.compile(rf"(?:{plain})\Z") if plain else None


def ends_coloured(before: str, lang: str) -> bool:
    """Say whether the end of this piece of a line has a colour of its own.

    >>> ends_coloured("return 1", "js"), ends_coloured("f()", "js"), ends_coloured("npm install", "bash")
    (True, False, True)
    """
    tail = before[-200:]
    coloured, plain = _patterns(lang)
    if plain and plain.search(tail):
        return False
    return bool(coloured.search(tail))
