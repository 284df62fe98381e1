"""Which system a post is written for, guessed from the files that the system's projects have above their posts."""

from __future__ import annotations

import os
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
        for place in _upward(folder.resolve()):
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


class Vault:
    """The files of an Obsidian vault, by their names: those of the folder that has `.obsidian`, else of the post's.

    One that `is_closed` ends at the post's folder, as a stranger's does.
    """

    def __init__(self, folder: Path, *, is_closed: bool = False) -> None:
        self.folder, self.is_closed = folder.resolve(), is_closed
        self._paths: dict[str, Path] | None = {} if is_closed else None

    def find(self, name: str) -> str | None:
        """Find a note or file: from the post's folder, from the vault's, then by its name anywhere; a relative path."""
        for path in (name, f"{name}.md"):
            if self._is_mine(self.folder / path) and (self.folder / path).is_file():
                return path
        paths = self._files()
        found = paths.get(name.lower()) or paths.get(f"{name.lower()}.md")
        return Path(os.path.relpath(found, self.folder)).as_posix() if found else None

    def _is_mine(self, file: Path) -> bool:
        """Say whether a file may be looked for: in a closed vault, one below the post's folder."""
        return not self.is_closed or file.resolve().is_relative_to(self.folder)

    def _files(self) -> dict[str, Path]:
        """List the files once, by name and by path in the vault; the nearest to its root wins."""
        if self._paths is None:
            root = next((place for place in _upward(self.folder) if (place / ".obsidian").is_dir()), None)
            self._paths = {}
            for place, folders, names in os.walk(root) if root else ():
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for file in (Path(place) / name for name in names):
                    self._paths.setdefault(file.name.lower(), file)
                    self._paths.setdefault(file.relative_to(root or file).as_posix().lower(), file)
        return self._paths


def _upward(folder: Path) -> Iterator[Path]:
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
