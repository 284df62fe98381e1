"""The faces that an author chooses for print, by name or by file: found, or said to be none before anything is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fencepost.fonts import families, load_fonts
from fencepost.options import Options
from fencepost.settings.paths import is_file

USES = ("text", "sans", "mono")


class FaceError(ValueError):
    """A face that cannot be had, and what might have been meant."""

    def __init__(self, option: str, problem: str, help: str) -> None:
        super().__init__(problem)
        self.option, self.problem, self.help = option, problem, help


@dataclass(slots=True)
class Faces:
    """The families chosen: use (`text`, `sans`, `mono`) → name; `system` says that one of them is this machine's."""

    chosen: dict[str, str] = field(default_factory=dict)
    system: bool = False


def choose_faces(options: Options, home: Path, work: Path) -> Faces:
    """Find the faces that the options name; files, relative to `home`, are put into `work`, where Typst looks.

    Raises:
        FaceError: there is no such font, or the file is none.
    """
    found = Faces()
    for use in USES:
        value = str(getattr(options, f"font_{use}")).strip()
        if not value:
            continue
        if is_file(value):
            found.chosen[use] = _from_file(f"font-{use}", home / value, work / f"face-{use}")
        else:
            name, is_bundled = _by_name(f"font-{use}", value)
            found.chosen[use] = name
            found.system |= not is_bundled
    return found


def _by_name(option: str, value: str) -> tuple[str, bool]:
    """Give a family's own spelling, and whether the bundled fonts have it."""
    for system in (False, True):
        names = {name.lower(): name for name in families(system)}
        if value.lower() in names:
            return names[value.lower()], not system
    import difflib

    near = difflib.get_close_matches(value, sorted(families(True)), n=3)
    meant = f"near it: {', '.join(near)}; or " if near else ""
    raise FaceError(option, f"there is no font `{value}` here", f"{meant}name a file (.ttf, .otf, .woff2)")


def _from_file(option: str, file: Path, folder: Path) -> str:
    """Put a font's file where Typst looks, as TrueType or OpenType, and give the family that it holds."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FaceError(
            option, f"cannot read the font {file.name}: {error.strerror}", "paths start from the post's folder"
        ) from None  # noqa: E501
    folder.mkdir(exist_ok=True)
    target = folder / f"face{file.suffix.lower()}"
    if data[:4] in (b"wOFF", b"wOF2"):
        data, target = _unpacked(option, data, file.name), folder / "face.otf"
    target.write_bytes(data)
    names = sorted(load_alone(folder))
    if not names:
        raise FaceError(option, f"{file.name} is no font, or a damaged one", "it should be .ttf, .otf, .woff or .woff2")
    return names[0]


def load_alone(folder: Path) -> list[str]:
    """Name the families in a folder, and no others."""
    import typst

    return list(typst.Fonts(False, False, [folder]).families())


def _unpacked(option: str, data: bytes, name: str) -> bytes:
    """Unpack a web font."""
    import io

    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(io.BytesIO(data)) as font:
            font.flavor = None
            out = io.BytesIO()
            font.save(out)
    except (TTLibError, OSError, ValueError, AssertionError, ImportError) as error:
        raise FaceError(option, f"{name} is no font, or a damaged one", str(error)[:120]) from None
    return out.getvalue()


def letters_left_out(text: str, family: str, work: Path, *, system: bool) -> str:
    """Give the distinct letters of a text that a family lacks: they print in another face."""
    from fencepost.fonts.glyphs import letters_lacking

    folders = tuple(sorted(work.glob("face-*")))  # and not all of `work`, which is loaded once, when images are there
    return letters_lacking(text, family, load_fonts(folders, system))
