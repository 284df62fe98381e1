"""Which system a post is written for, guessed from the files that the system's projects have above their posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SIGNS = (
    # file above the post      what its text says              the dialect
    ("docusaurus.config.*",    "",                             "docusaurus"),
    ("website/docusaurus.config.*", "",                        "docusaurus"),  # which takes its posts from beside it
    (".vitepress",             "",                             "vitepress"),
    ("astro.config.*",         r"rehype-pretty-code",          "rehype-pretty-code"),
    ("astro.config.*",         "",                             "expressive-code"),
    ("mkdocs.yml",             "",                             "pymdownx"),
    ("mkdocs.yaml",            "",                             "pymdownx"),
    ("_quarto.yml",            "",                             "quarto"),
    ("_quarto.yaml",           "",                             "quarto"),
    ("hugo.*",                 "",                             "hugo"),
    ("config.toml",            r"^\s*baseURL\s*=",             "hugo"),
    ("config.yaml",            r"^baseURL\s*:",                "hugo"),
    (".obsidian",              "",                             "obsidian"),  # a dialect of alerts and links
)  # fmt: skip
ALERT_DIALECTS = frozenset(["obsidian"])  # those that say nothing of fences
_ROOTS = (".git", ".hg")  # no project goes on above one of these


def guess_dialect(folder: Path) -> tuple[str, Path] | None:
    """Find the dialect of the project that a folder belongs to, and the file that tells; None where nothing does."""
    try:
        for place in upward(folder.resolve()):
            names = {file.name for file in place.iterdir()}
            if (site := place / "website").is_dir():
                names |= {f"website/{file.name}" for file in site.iterdir()}
            for pattern, text, dialect in SIGNS:
                file = next((place / name for name in sorted(names) if _is_named(name, pattern)), None)
                if file and (not text or re.search(text, _text(file), re.M)):
                    return dialect, file
            if names.intersection(_ROOTS):
                return None
    except OSError:
        pass
    return None


_MAGIC = re.compile(r"\bmagicComments\s*:\s*\[(.*?)\]", re.DOTALL)
_QUOTED = r"\s*:\s*(?:'([^'\n]*)'|\"([^\"\n]*)\"|`([^`\n]*)`)"


def magic_comments(config: Path) -> dict[str, dict[str, str]]:
    """Read `magicComments` off the text of a `docusaurus.config.*`, which is not run; only plain text counts."""
    found = _MAGIC.search(re.sub(r"^\s*//.*$", "", _text(config), flags=re.M))
    out: dict[str, dict[str, str]] = {}
    for entry in re.split(r"\bclassName(?=\s*:)", found[1])[1:] if found else ():
        name = re.match(_QUOTED, entry)
        words = {key: _said(key, entry) for key in ("line", "start", "end")}
        if name:
            out["".join(filter(None, name.groups()))] = {key: value for key, value in words.items() if value}
    return out


def _said(key: str, entry: str) -> str:
    match = re.search(rf"\b{key}{_QUOTED}", entry)
    return "".join(filter(None, match.groups())) if match else ""


def upward(folder: Path) -> Iterator[Path]:
    """Go up to the root of the disk, but not through a home: what lies there belongs to no project."""
    home = Path.home()
    for place in (folder, *folder.parents):
        if place == home:
            return
        yield place


def _is_named(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")[:100_000]
