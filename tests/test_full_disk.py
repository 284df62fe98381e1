"""A disk that takes no more, or a place where nothing can be written: the old file stays, and the run says why."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import BIN

POST = b"# T\n\n> [!NOTES]\n> x\n\n" + b"word *word*\n\n" * 400
RUNS = {
    # the command                                          what it would write
    "convert html": (["convert", "p.md", "-o", "o.html"],  "o.html"),
    "convert pdf":  (["convert", "p.md", "-o", "o.pdf"],   "o.pdf"),
    "convert epub": (["convert", "p.md", "-o", "o.epub"],  "o.epub"),
    "convert docx": (["convert", "p.md", "-o", "o.docx"],  "o.docx"),
    "a stranger's": (["convert", "--untrusted", "p.md", "-o", "o.epub"], "o.epub"),
    "book pdf":     (["book", "p.md", "-o", "o.pdf"],      "o.pdf"),
    "book epub":    (["book", "p.md", "-o", "o.epub"],     "o.epub"),
    "reference":    (["reference", "o.docx"],              "o.docx"),
    "check --fix":  (["check", "--fix", "p.md"],           "p.md"),
}  # fmt: skip


def _no_room() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
@pytest.mark.parametrize("name", RUNS)
def test_a_full_disk_leaves_the_old_file(name: str, tmp_path: Path, environment: dict[str, str]) -> None:
    words, out = RUNS[name]
    (tmp_path / "p.md").write_bytes(POST)
    before = POST if out == "p.md" else b"old"
    (tmp_path / out).write_bytes(before)
    there = sorted(file.name for file in tmp_path.iterdir())
    done = subprocess.run(
        [BIN / "fencepost", *words], cwd=tmp_path, env=environment, capture_output=True, timeout=60, preexec_fn=_no_room
    )
    assert done.returncode == 1, done.stderr
    assert (tmp_path / out).read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == there
    assert b"error[" in done.stderr and b"Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", [name for name in RUNS if name not in ("check --fix", "reference")])
def test_a_place_where_nothing_can_be_written(name: str, tmp_path: Path, environment: dict[str, str]) -> None:
    words, out = RUNS[name]
    (tmp_path / "p.md").write_bytes(POST)
    (tmp_path / "file").write_bytes(b"old")
    command = [BIN / "fencepost", *words[:-1], f"file/{out}"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 1 and b"error[output]" in done.stderr and b"Traceback" not in done.stderr, done.stderr
    assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", ["book pdf", "book epub", "check --fix", "reference", "a stranger's"])
def test_a_run_that_is_ended_leaves_the_old_file(
    name: str, sent: signal.Signals, tmp_path: Path, environment: dict[str, str]
) -> None:
    """At several moments: the old file is there, or the new one as a whole."""
    words, out = RUNS[name]
    for wait in (0.1, 0.3, 0.6, 1.0):
        (tmp_path / "p.md").write_bytes(POST)
        before = POST if out == "p.md" else b"old"
        (tmp_path / out).write_bytes(before)
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([BIN / "fencepost", *words], cwd=tmp_path, env=environment, **silent)
        time.sleep(wait)
        process.send_signal(sent)
        code = process.wait(timeout=60)
        data = (tmp_path / out).read_bytes()
        whole = {".pdf": b"%%EOF", ".epub": b"PK\x05\x06", ".docx": b"PK\x05\x06", ".md": b"[!NOTE]"}[Path(out).suffix]
        assert data == before or whole in data[-1100:] or out == "p.md" and data == POST.replace(b"NOTES", b"NOTE")
        assert code in (0, 1, 128 + sent, -sent), code
        assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_signal_while_a_pandoc_is_waited_for_ends_the_run(tmp_path: Path) -> None:
    """Python lets one thread at a time wait for a process: waiting in the handler must have an end."""
    script = """
import os, signal
from fencepost.system.signals import heed_signals, on_signal
from fencepost.pandoc.run import Limits, Run
heed_signals()
run = Run(["-t", "plain"], Limits())
on_signal(lambda: run.stop())  # as a target does that owns it
poll = run.process.poll
def polled():
    run.process.poll = poll
    with run.process._waitpid_lock:
        os.kill(os.getpid(), signal.SIGINT)
    return poll()
run.process.poll = polled
run.stop()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=30)
    assert done.returncode == 128 + signal.SIGINT, done.stderr


DEVICES = [
    # where to          the code   what is said
    ("/dev/full",       1,         b"error[output]: cannot write it: No space left on device"),
    ("/dev/null",       0,         b""),
]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the devices are Linux's")
@pytest.mark.parametrize(
    ("command", "kind"),
    [*(("convert", kind) for kind in ("html", "pdf", "epub", "docx", "odt")), ("book", "pdf"), ("book", "epub")],
)
@pytest.mark.parametrize(("place", "code", "said"), DEVICES)
def test_a_device_is_written_and_never_read_back(
    tmp_path: Path, command: str, kind: str, place: str, code: int, said: bytes
) -> None:
    (tmp_path / "p.md").write_bytes(b"---\ntitle: T\n---\n\nwords\n")
    words = [
        BIN / "fencepost",
        command,
        "p.md",
        "--to",
        kind,
        "-o",
        place,
        *(["--title=T"] if command == "book" else []),
    ]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == code
    assert said in done.stderr and done.stderr.count(b"\n") == (1 if said else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the devices are Linux's")
def test_standard_output_by_its_other_name_and_a_pipe(tmp_path: Path) -> None:
    import os
    import threading

    (tmp_path / "p.md").write_bytes(b"# T\n\nwords\n")
    words = [BIN / "fencepost", "convert", "p.md", "--to", "html", "-o"]
    done = subprocess.run([*words, "/dev/stdout"], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 0 and b"words" in done.stdout and done.stdout.rstrip().endswith(b"</html>")
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert subprocess.run([*words, "pipe"], cwd=tmp_path, timeout=60).returncode == 0
    reader.join()
    assert got[0] == done.stdout
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(sys.platform != "linux", reason="the devices are Linux's")
def test_a_post_without_an_end_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / "fencepost", "convert", "/dev/zero", "-o", "o.html"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 1
    assert b"/dev/zero: error[input]" in done.stderr


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_bytes(POST)
    (tmp_path / "o.html").mkdir()
    done = subprocess.run([BIN / "fencepost", "convert", "p.md", "-o", "o.html"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 1 and b"error[output]: cannot write it" in done.stderr
    assert not list((tmp_path / "o.html").iterdir()) and len(list(tmp_path.iterdir())) == 2
