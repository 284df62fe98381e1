"""A comment in the first lines that only names a file is the title, and no code: `// src/app.js`."""

from __future__ import annotations

import re

from fencepost.fence.javascript import BLANKS, trimmed

GROUPS = {
    "code": "astro cjs htm html js jsx mjs svelte ts tsx typescript vb vue vue-html",
    "terminal": "ansi bash bat batch cmd console fish nu nushell powershell ps ps1 psd1 psm1 sh shell shellscript "
    "shellsession zsh",
    "data": "csv env ini json toml xml yaml yml",
    "styles": "css less sass scss styl stylus xsl",
    "text": "markdown md mdx",
}
_LANGUAGES = {name: frozenset(names.split()) for name, names in GROUPS.items()}
TERMINALS = _LANGUAGES["terminal"]
WITH_FRONT_MATTER = frozenset(["astro", "markdown", "md", "mdx", "toml", "yaml", "yml"])

SEARCHED = 4  # lines from the top
_LONGEST = 1_000  # characters; no file is called so
_BEGIN = re.compile(r"//|#(?!!)|<!--|/\*")
_DRIVE = re.compile(r"[a-z]:", re.I)
_COLON = re.compile(r"\uff1a|:(?!//)")
_NAME = re.compile(rf"((?:[a-z]:)?[A-Za-z0-9_./~%\[\]+\\-]*)[{BLANKS}]*(?:-->|\*/)?", re.I)
_TYPICAL_BEGINNING = re.compile(r"(?:/|\\|\.[/\\]|~|[a-z]:).+", re.I)


def file_name_in(line: str, lang: str) -> str | None:
    """Find the file that a line of code is only there to name.

    >>> file_name_in("// src/app.js", "js"), file_name_in("# File: main.py", "py"), file_name_in("// see above", "js")
    ('src/app.js', 'main.py', None)
    """
    found = _parts(trimmed(line)) if len(line) <= _LONGEST else None
    if found is None:
        return None
    before, name = found
    if not name or trimmed(before).lower() == "@filename":
        return None
    if not re.search(r"[^.:/\\~]", name) or re.match(r"\.{2,}(?!/|\\)", name):
        return None
    group = next((group for group, names in _LANGUAGES.items() if lang in names), None)
    if _has_typical_pattern(name) and (not before or group == "terminal"):
        return name
    ending = re.search(r"\.([^.]+)\Z", re.split(r"[/\\]", name)[-1])
    if not ending or (group and ending[1] not in _LANGUAGES[group]):
        return None
    return name


def _parts(line: str) -> tuple[str, str] | None:
    """Take a comment apart into what stands before the colon, if one does, and the file's name."""
    begin = _BEGIN.match(line)
    if not begin:
        return None
    inside = line[begin.end() :]
    words = inside.lstrip("\t\n\v\f\r \u00a0\ufeff\u2028\u2029")
    if not _DRIVE.match(words) and (found := _after_colon(words)):
        return found
    if whole := _NAME.fullmatch(words):
        return "", whole[1]
    # JavaScript's way back: with a blank before it, `c:` is no drive
    return _after_colon(" " + words) if words != inside and _DRIVE.match(words) else None


def _after_colon(words: str) -> tuple[str, str] | None:
    for colon in _COLON.finditer(words):
        name = _NAME.fullmatch(trimmed(words[colon.end() :]))
        if name:
            return words[: colon.start()], name[1]
    return None


def _has_typical_pattern(name: str) -> bool:
    looks_like_path = (
        bool(re.search(r"[/\\]", name) and re.search(r"[^/\\0-9.]", name))
        and not re.search(rf"[{BLANKS}]", name)
        and name == name.lower()
    )
    base = re.split(r"[/\\]", name)[-1]
    return bool(_TYPICAL_BEGINNING.match(name)) or base.startswith(".") or looks_like_path
