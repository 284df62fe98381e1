"""`kill -9` at random moments: outputs are whole or absent, nothing runs on, and what is left is cleared next time."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import BIN

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
POST = "# T\n\n> [!NOTES]\n> x\n\n" + "word *word* `code`\n\n" * 1500
KILLS = int(os.environ.get("FENCEPOST_KILLS", "3"))  # of each kind of run; 5 make sixty in all
RUNS = {
    "convert": ["convert", "p.md", "--to", "html,epub,pdf"],
    "convert untrusted": ["convert", "--untrusted", "p.md", "--to", "html,epub"],
    "book": ["book", "p.md", "q.md", "--title=T", "--to", "html,epub"],
    "book untrusted": ["book", "--untrusted", "p.md", "q.md", "--title=T", "--to", "html,epub"],
    "check --fix": ["check", "--fix", "p.md", "q.md", "--to", "html"],
    "check untrusted": ["check", "--untrusted", "--fix", "p.md", "--to", "html"],
}
WHOLE = {".html": b"</html>", ".pdf": b"%%EOF", ".epub": b"PK\x05\x06"}


def of_this_run(mark: str) -> list[int]:
    """List the processes that carry a mark in their environment, but for those that have ended."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0] if process.name.isdigit() else "Z"
            if state != "Z" and mark.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("who", ["parent", "child"])
@pytest.mark.parametrize("kind", RUNS)
def test_nothing_half_and_nothing_running_on(tmp_path: Path, kind: str, who: str) -> None:
    chance = random.Random(f"{kind} {who}")
    for number in range(KILLS):
        for name in ("p.md", "q.md"):
            (tmp_path / name).write_text(POST, encoding="utf-8")
        mark = f"FENCEPOST_MARK={tmp_path.name}-{number}"
        environment = {**os.environ, "FENCEPOST_MARK": mark.partition("=")[2], "TMPDIR": str(tmp_path)}
        run = subprocess.Popen(
            [BIN / "fencepost", *RUNS[kind]], cwd=tmp_path, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.05, 1.5))
        others = [pid for pid in of_this_run(mark) if pid != run.pid]
        victim = run.pid if who == "parent" or not others else chance.choice(others)
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        if who == "parent":
            run.wait(timeout=30)
        else:
            run.wait(timeout=120)
        limit = time.monotonic() + 5
        while (left := of_this_run(mark)) and time.monotonic() < limit:
            time.sleep(0.05)
        assert left == []
        for file in tmp_path.iterdir():
            if file.name.startswith(".") or file.is_dir():
                continue  # what was on the way: `test_cache.py` shows that the next runs clear it
            data = file.read_bytes()
            assert WHOLE.get(file.suffix, b"code") in data[-1100:], file.name
            if file.suffix == ".md":
                assert len(data) in (len(POST), len(POST) - 1), file.name
