"""The stand-in for `typst` that pandoc calls: it prints, and reads its input's folder and pandoc's media, no more."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

from fencepost.pandoc import run as pandoc
from fencepost.system.assets import data_dir

SHIM = data_dir() / "bin" / "typst"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # fmt: skip


def compile_text(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "in.typ").write_text(text, encoding="utf-8")
    command = [sys.executable, str(SHIM), "compile", "in.typ", "out.pdf"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="a shim for Unix: pandoc on Windows calls typst.exe")
class TestShim:
    """Runs the file as pandoc does."""

    def test_it_prints(self, tmp_path: Path) -> None:
        run = compile_text("Hello", tmp_path)
        assert (run.returncode, run.stderr) == (0, "")
        assert "Hello" in pymupdf.open(tmp_path / "out.pdf")[0].get_text()

    def test_it_prints_the_images_that_pandoc_puts_elsewhere(self, tmp_path: Path) -> None:
        (tmp_path / "images").mkdir()
        (tmp_path / "images" / "dot.png").write_bytes(DOT)
        (tmp_path / "post.md").write_text("Words\n\n![A dot](images/dot.png)\n", encoding="utf-8")
        command = [pandoc.binary(), "post.md", "-o", "post.pdf", f"--pdf-engine={SHIM}"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr
        assert len(pymupdf.open(tmp_path / "post.pdf")[0].get_images()) == 1

    @pytest.mark.parametrize("path", ["/etc/hostname", "../secret.txt", "/../secret.txt"])
    def test_a_post_reads_nothing_outside(self, path: str, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
        folder = tmp_path / "inside"
        folder.mkdir()
        run = compile_text(f'#read("{path}")', folder)
        assert run.returncode == 1 and "the secret" not in run.stderr
        assert not (folder / "out.pdf").exists()

    def test_a_folder_that_only_looks_like_pandocs_is_not_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        media = tmp_path / "elsewhere" / "media-0a"
        media.mkdir(parents=True)
        (media / "secret.txt").write_text("the secret", encoding="utf-8")
        (tmp_path / "temporary").mkdir()
        monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))  # where pandoc would keep its own
        run = compile_text(f'#read("{media}/secret.txt")', tmp_path)
        assert run.returncode == 1
        assert not (tmp_path / "out.pdf").exists()
