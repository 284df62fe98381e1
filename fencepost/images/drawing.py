"""Run the command that draws a diagram: code in, a picture out, once for the same code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

from fencepost.images import suffix_of
from fencepost.system.cache import kept, key_of
from fencepost.system.tied import tied


class DrawingError(Exception):
    """Why a diagram could not be drawn, in words for the author."""


def draw(command: str, code: str, seconds: float) -> bytes:
    """Give the picture that a command makes of code.

    In the command `{in}` stands for a file with the code, `{out}` for the file to write, without suffix; without one,
    code goes to the command's input, the picture comes from its output. No shell reads it.

    Raises:
        DrawingError: there is no such command, it failed, took longer than `seconds`, or made no picture.
    """
    return kept("diagrams", key_of(command, code), lambda: _run(command, code, seconds))


def sized(data: bytes) -> bytes:
    """Let an SVG that is as wide as its place be as wide as it is drawn: Mermaid's and D2's would fill the page.

    >>> sized(b'<svg width="100%" viewBox="0 0 40 20">')
    b'<svg width="40" height="20" viewBox="0 0 40 20">'
    """
    head = re.match(rb"\s*(?:<\?xml[^>]*>\s*)?<svg\b", data)
    tag = data[head.end() : data.find(b">", head.end())] if head else b""
    box = re.search(rb'\sviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', tag)
    wide = re.search(rb'\swidth="100%"', tag)
    if not head or not box or not (wide or not re.search(rb"\s(?:width|height)=", tag)):
        return data
    size = b' width="%b"' % box[1] + (b"" if re.search(rb"\sheight=", tag) else b' height="%b"' % box[2])
    rest = tag.replace(wide[0], size, 1) if wide else size + tag
    return data[: head.end()] + rest + data[head.end() + len(tag) :]


def _run(command: str, code: str, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix=f"fencepost-{os.getpid()}-") as name:
        folder = Path(name)
        (folder / "diagram.txt").write_text(code + "\n", encoding="utf-8")
        try:
            words = [
                word.replace("{in}", str(folder / "diagram.txt")).replace("{out}", str(folder / "drawn"))
                for word in shlex.split(command)
            ]
            given = b"" if "{in}" in command else code.encode() + b"\n"
            done = subprocess.run(
                tied(words), input=given, capture_output=True, cwd=folder, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise DrawingError(f"it took longer than {seconds:g} seconds") from None
        except (OSError, ValueError, IndexError) as error:
            raise DrawingError(f"`{command[:60]}` cannot be run: {getattr(error, 'strerror', None) or error}") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
            raise DrawingError(f"the command ended with {done.returncode}: {said}")
        found = sorted(folder.glob("drawn*"))
        data = found[0].read_bytes() if found else done.stdout if "{out}" not in command else b""
    if not data or suffix_of(data, "") is None:
        raise DrawingError("the command made no picture")
    return data
