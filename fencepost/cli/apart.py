"""A post that is not trusted, converted for a Python program: `python -m fencepost.cli.apart` does the work.

A fork of a program that has threads is not safe, so another Python is started; that one forks as the command does, and
ends at the limits of `--untrusted`. The request comes on standard input, what there is to say goes into a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.options import merge
from fencepost.settings.run import Settings

SAID, FAILED = "said.json", "failed.json"


def convert_apart(
    path: str, data: bytes | None, folder: Path | None, outputs: dict[str, Path], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Convert a post in a process of its own; gives what there is to say.

    Raises:
        FencepostError: something stopped the conversion, or a limit was reached.
    """
    with tempfile.TemporaryDirectory(prefix="fencepost-") as room:
        places = outputs if settings.kept is None else {name: Path(room) / out.name for name, out in outputs.items()}
        request = {
            "path": path,
            "text": None if data is None else data.decode(),
            "folder": str((folder or Path(path).parent).resolve()),
            "outputs": {name: str(out.resolve()) for name, out in places.items()},
            "options": settings.options,
            "config": settings.config,
            "metadata": settings.metadata,
            "room": room,
        }
        command = [sys.executable, "-m", "fencepost.cli.apart"]
        done = subprocess.run(command, input=json.dumps(request).encode(), capture_output=True)
        said = _read(Path(room) / SAID)
        failed = _read(Path(room) / FAILED)
        if failed:
            raise FencepostError(failed[0])
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            problem = f"the post cannot be converted: {words[-1][:300] if words else 'it stopped'}"
            raise FencepostError(Diagnostic(path, None, None, "error", "untrusted-failure", problem))
        if settings.kept is not None:
            settings.kept.update((name, out.read_bytes()) for name, out in places.items())
        return said


def _read(file: Path) -> tuple[Diagnostic, ...]:
    rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return tuple(Diagnostic(*row) for row in rows)


def _write(file: Path, said: tuple[Diagnostic, ...]) -> None:
    file.write_text(json.dumps(said), encoding="utf-8")


def serve(request: dict[str, Any]) -> int:
    """Do what a request asks for, within the limits; gives the exit code."""
    from fencepost.untrusted.supervised import supervised

    settings = Settings(request["options"], request["config"], request["metadata"])
    outputs = {name: Path(out) for name, out in request["outputs"].items()}
    room, text = Path(request["room"]), request["text"]
    data = None if text is None else text.encode()

    def work() -> bool:
        from fencepost.formats.convert import convert_whole

        try:
            _write(room / SAID, convert_whole(request["path"], data, Path(request["folder"]), outputs, settings))
        except FencepostError as error:
            _write(room / FAILED, (error.diagnostic,))
        return False

    try:
        return int(supervised(work, merge(settings.options), request["path"], outputs.values()))
    except FencepostError as error:
        _write(room / FAILED, (error.diagnostic,))
        return os.EX_OK


if __name__ == "__main__":
    sys.exit(serve(json.load(sys.stdin)))
