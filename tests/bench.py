"""Time and memory beside pandoc alone, both in the same run: `make bench`.

Each pair runs in turn (ours, pandoc's, ours, …) ten times; medians and the median of the pairwise ratios are
printed, for machines drift. The post is the sample under FENCEPOST_CORPUS, else our showcase.
Memory is the largest sum over all processes of a run at one moment (Linux; elsewhere it is left out).
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 10
COPIES = 100
COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"

# what                 at most times pandoc's own
TARGETS = {
    "html":            1.4,
    "pdf":             1.4,
    "epub":            1.4,
    "all three":       0.7,  # of our own three, one by one
    "100 copies":      1.5,
    "100 copies, MB":  1.5,
}  # fmt: skip


@dataclass
class Measured:
    """One run: seconds, and megabytes at the highest point."""

    seconds: float
    megabytes: float


def tree_of(root: int) -> list[int]:
    """List a process and all below it (Linux)."""
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            queue += [int(child) for child in task.read_text().split()]
    return found


def resident(root: int) -> float:
    """Sum the memory of a process and all below it, in megabytes."""
    pages = 0
    try:
        for pid in tree_of(root):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(commands: list[list[str]], folder: Path, *, memory: bool = False) -> Measured:
    """Run commands one after the other; with `memory`, watch what they hold."""
    highest = 0.0
    start = time.perf_counter()
    for command in commands:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stop = threading.Event()

        def watch(pid: int = process.pid, stop: threading.Event = stop) -> None:
            nonlocal highest
            while not stop.wait(0.01):
                highest = max(highest, resident(pid))

        watcher = threading.Thread(target=watch) if memory and Path("/proc/self/statm").exists() else None
        if watcher:
            watcher.start()
        code = process.wait()
        stop.set()
        if watcher:
            watcher.join()
        if code:
            raise SystemExit(f"{' '.join(command)} failed with exit code {code}")
    return Measured(time.perf_counter() - start, highest)


def side_by_side(
    name: str, ours: list[list[str]], theirs: list[list[str]], folder: Path, *, runs: int
) -> list[Measured]:
    """Measure two in turn, print the row, give our runs; alone, where pandoc cannot make this of the post."""
    measure(ours, folder)
    try:
        measure(theirs, folder)
    except SystemExit:
        alone = [measure(ours, folder) for _ in range(runs)]
        print(f"{name:16} {statistics.median(run.seconds for run in alone) * 1000:9.0f} {'cannot':>9}", flush=True)
        return alone
    pairs = [(measure(ours, folder), measure(theirs, folder)) for _ in range(runs)]
    our, their = (statistics.median(run[side].seconds for run in pairs) for side in (0, 1))
    row(name, our * 1000, their * 1000, statistics.median(a.seconds / b.seconds for a, b in pairs))
    return [pair[0] for pair in pairs]


def row(name: str, ours: float, theirs: float, ratio: float) -> None:
    """Print a row of the table."""
    print(f"{name:16} {ours:9.0f} {theirs:9.0f} {ratio:8.2f} {TARGETS[name]:8.1f}", flush=True)


def copies_of(post: Path, folder: Path, count: int) -> Path:
    """Write a post that is another one so many times over, its images beside it."""
    text = post.read_text(encoding="utf-8")
    head, body = text.split("\n---\n", 1)
    shutil.copytree(post.parent / "images", folder / "images", dirs_exist_ok=True)
    made = folder / "copies.md"
    made.write_text(f"{head}\n---\n" + body * count, encoding="utf-8")
    return made


def main() -> None:
    """Print the table."""
    sys.path.insert(0, str(ROOT))
    from fencepost.pandoc.run import binary

    compileall.compile_dir(ROOT / "fencepost", quiet=1)
    corpus = os.environ.get("FENCEPOST_CORPUS")
    sample = Path(corpus or "") / "posts" / "why-i-love-modal.md"
    post = sample if corpus and sample.is_file() else ROOT / "examples" / "showcase" / "index.md"
    fencepost, pandoc = str(Path(sys.executable).parent / "fencepost"), binary()
    with tempfile.TemporaryDirectory() as name:
        out, folder = Path(name), post.parent
        convert = [fencepost, "convert", str(post), "--quiet"]
        read = [pandoc, "-f", "gfm", "-s", str(post)]
        typ = folder_for_typst(post, out) / "plain.typ"
        print(f"{post.name}, {RUNS} runs\n{'':16} {'ours, ms':>9} {'pandoc':>9} {'ratio':>8} {'at most':>8}")
        theirs = {
            "html": [[*read, "-o", str(out / "p.html")]],
            "pdf": [
                [*read, "-t", "typst", "-o", str(typ)],
                [sys.executable, "-c", COMPILE, str(typ), str(out / "p.pdf")],
            ],
            "epub": [[*read, "-t", "epub3", "-o", str(out / "p.epub")]],
        }
        ours = {kind: [[*convert, "-o", str(out / f"o.{kind}")]] for kind in theirs}
        single = [side_by_side(kind, ours[kind], theirs[kind], folder, runs=RUNS) for kind in theirs]
        together = [measure([[*convert, "--out-dir", str(out / "all")]], folder) for _ in range(RUNS)]
        total = sum(statistics.median(run.seconds for run in runs) for runs in single)
        row("all three", statistics.median(run.seconds for run in together) * 1000, total * 1000,
            statistics.median(run.seconds for run in together) / total)  # fmt: skip
        long = copies_of(post, out, COPIES)
        large = [[fencepost, "convert", str(long), "--quiet", "-o", str(out / "long.html")]]
        plain = [[pandoc, "-f", "gfm", "-s", str(long), "-o", str(out / "long-p.html")]]
        side_by_side("100 copies", large, plain, out, runs=3)
        held = [measure(command, out, memory=True).megabytes for command in (large, plain)]
        if all(held):
            row("100 copies, MB", held[0], held[1], held[0] / held[1])


def folder_for_typst(post: Path, out: Path) -> Path:
    """Make a folder from which a plain Typst file finds the post's images."""
    folder = out / "plain"
    folder.mkdir()
    if (post.parent / "images").is_dir():
        shutil.copytree(post.parent / "images", folder / "images")
    return folder


if __name__ == "__main__":
    main()
