"""An output that cannot be put where it was asked for is an error that says so, and leaves what is there as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import Command

KINDS = ["html", "pdf", "epub", "docx"]


@pytest.mark.parametrize("kind", KINDS)
def test_onto_a_folder(tmp_path: Path, run: Command, kind: str) -> None:
    (tmp_path / "a.md").write_text("# T\n\nwords\n", encoding="utf-8")
    folder = tmp_path / f"a.{kind}"
    folder.mkdir()
    (folder / "kept").write_text("kept", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", folder.name, cwd=tmp_path)
    assert done.returncode == 1
    assert f"a.{kind}: error[output]: cannot write it: Is a directory".encode() in done.stderr
    assert b"Traceback" not in done.stderr
    assert sorted(file.name for file in tmp_path.rglob("*")) == sorted(["a.md", folder.name, "kept"])


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Windows have no such mode")
@pytest.mark.parametrize("kind", KINDS)
def test_into_a_folder_that_may_only_be_read(tmp_path: Path, run: Command, kind: str) -> None:
    (tmp_path / "a.md").write_text("# T\n\nwords\n", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):  # an administrator may write anywhere but into the system's own
        folder = Path("/proc")
        if not folder.is_dir():
            pytest.skip("needs a folder that nobody may write into")
    done = run("fencepost", "convert", "a.md", "-o", str(folder / f"a.{kind}"), cwd=tmp_path)
    assert done.returncode == 1
    assert f"a.{kind}: error[output]: cannot write it: ".encode() in done.stderr
    assert b"Traceback" not in done.stderr
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.md", "out"]
