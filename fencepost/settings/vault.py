"""An Obsidian vault: where a wikilink leads."""

from __future__ import annotations

import os
from pathlib import Path

from fencepost.settings.project import upward


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
            root = next((place for place in upward(self.folder) if (place / ".obsidian").is_dir()), None)
            self._paths = {}
            for place, folders, names in os.walk(root) if root else ():
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for file in (Path(place) / name for name in names):
                    self._paths.setdefault(file.name.lower(), file)
                    self._paths.setdefault(file.relative_to(root or file).as_posix().lower(), file)
        return self._paths
