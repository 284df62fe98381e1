"""`fencepost.yaml`: the options of a whole site, found upward from a post."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.frontmatter import reading as frontmatter

FILE_NAMES = ("fencepost.yaml", "fencepost.yml")
PATHS = ("site_root", "theme", "template", "reference_doc")  # options that are paths: from the file that names them


def find_config(folder: Path) -> Path | None:
    """Find the configuration that holds for a folder: its own or that of the nearest folder above."""
    home = folder.resolve()
    places = (parent / name for parent in [home, *home.parents] for name in FILE_NAMES)
    return next((place for place in places if place.is_file()), None)


def configured(folder: Path, named: str = "", *, search: bool = True) -> dict[str, Any]:
    """Give the options of the configuration that is named, else (with `search`) of the one that holds for a folder.

    Raises:
        FencepostError: it cannot be used.
    """
    file = Path(named) if named else find_config(folder) if search else None
    return read_config(file) if file else {}


def read_config(file: Path) -> dict[str, Any]:
    """Read a configuration into option names and values.

    Raises:
        FencepostError: it cannot be read, is no YAML, or names what is no option.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise FencepostError(
            Diagnostic(str(file), None, None, "error", "config", f"cannot read it: {reason}")
        ) from None
    found = frontmatter.read(text, str(file), 1)
    if found.warnings:  # what only warns in a post is an error here: nobody would see why an option has no effect
        raise FencepostError(found.warnings[0]._replace(severity="error"))
    unknown = next(iter(found.extra), None)
    if unknown is not None:
        raise FencepostError(
            Diagnostic(str(file), found.lines.get(unknown), 0, "error", "config", f"there is no option {unknown}")
        )
    for key, ours in found.options.get("fields", {}).items():
        if ours not in frontmatter.KEYS:
            problem = f"`fields` gives {key} the meaning {ours}, and there is no such field"
            help = "the fields are " + ", ".join(frontmatter.KEYS)
            raise FencepostError(Diagnostic(str(file), found.lines.get("fields"), 0, "error", "config", problem, help))
    return paths_from(file.parent, found.options)


def paths_from(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Let the options that are paths start from the folder of the file that names them."""
    return {name: _from(folder, name, value) for name, value in options.items()}


def _file_or_name(folder: Path, path: str) -> str:
    return str(folder / path) if (folder / path).is_file() or "/" in path or "." in path else path


def _from(folder: Path, name: str, value: Any) -> Any:
    if name in PATHS and value:
        place = folder / value
        return str(place.resolve() if name == "site_root" else place)  # a post in another folder reads it too
    if name.startswith("font_") and Path(value).suffix:
        from fencepost.settings.paths import is_file

        return str(folder / value) if is_file(value) else value
    if name == "filters":  # the name of an installed one is no path
        return [{**row, "path": _file_or_name(folder, row["path"])} for row in value]
    if name == "css":
        from fencepost.images import is_remote

        return [item if is_remote(item) else str(folder / item) for item in value]
    return value
