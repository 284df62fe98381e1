"""A cache that was damaged is made anew, and what a killed run has left is removed by the next."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command

from fencepost.system import cache, leftovers
from fencepost.system.files import write_bytes

POST = "---\ntitle: T\nauthor: A\n---\n\nWords.\n"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda data: data[: len(data) // 2],
    "a byte less": lambda data: data[:-1],
    "another byte": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "another's": lambda _: b"PK\x03\x04 of another program",
    "longer": lambda data: data + b"\0",
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="`env` is not Windows'")
@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_made_anew(tmp_path: Path, run: Command, damage: str) -> None:
    (tmp_path / "c.md").write_text(POST, encoding="utf-8")
    home = tmp_path / "kept"
    kinds = ("pdf", "epub", "docx", "odt")
    words = ("env", f"XDG_CACHE_HOME={home}", "fencepost", "convert", "c.md", "--to", ",".join(kinds))
    assert run(*words, cwd=tmp_path).returncode == 0
    before = [(tmp_path / f"c.{kind}").read_bytes() for kind in kinds]
    files = [file for file in home.rglob("*") if file.is_file()]
    assert len(files) >= 3
    for file in files:
        file.write_bytes(DAMAGE[damage](file.read_bytes()))
    done = run(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [len((tmp_path / f"c.{kind}").read_bytes()) for kind in kinds] == [len(data) for data in before]
    assert (tmp_path / "c.pdf").read_bytes() == before[0]


def test_what_is_kept_comes_back_and_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"data"

    assert [cache.kept("x", "a", make) for _ in range(3)] == [b"data"] * 3
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "fencepost" / "x").iterdir()] == ["a"]


def test_nothing_is_kept_of_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.kept("x", "a", lambda: b"") == b""
    assert cache.kept("x", "a", lambda: b"now") == b"now"


def test_files_of_a_killed_run_are_removed_when_they_are_old(tmp_path: Path) -> None:
    names = [".post.html.abcdefgh.html", ".post.html.ijklmnop.html", ".other.html.abcdefgh.html", "post.html.x.html"]
    for name in names:
        (tmp_path / name).write_text("half", encoding="utf-8")
    old = time.time() - 2 * leftovers.OLD
    for name in (names[0], names[2], names[3]):
        os.utime(tmp_path / name, (old, old))
    write_bytes(tmp_path / "post.html", b"new")
    assert {file.name for file in tmp_path.iterdir()} == {*names[1:], "post.html"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows does not say which process is at work")
def test_folders_of_a_killed_run_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    old = time.time() - 2 * leftovers.OLD
    for name in (f"fencepost-{gone}-old", f"fencepost-{os.getpid()}-ours", "fencepost-words", f"fencepost-{gone}-new"):
        (tmp_path / name).mkdir()
        if not name.endswith("new"):
            os.utime(tmp_path / name, (old, old))
    made = Path(leftovers.folder_on_the_way())
    left = {folder.name for folder in tmp_path.iterdir()}
    assert left == {f"fencepost-{os.getpid()}-ours", "fencepost-words", f"fencepost-{gone}-new", made.name}
