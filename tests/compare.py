"""Print one post by four ways, side by side, and say what each gives: `make compare`, a Markdown table.

Ours, our page by WeasyPrint and by Chromium, and pandoc with Typst as they come. Seconds are the best of two runs of
the whole command, by the clock and of the processor, which a busy machine spoils less; errors are those that `outloud`
finds against PDF/UA-1. The post is the sample where FENCEPOST_CORPUS is set, else the showcase.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pymupdf

from fencepost.pandoc.run import binary

ROOT = Path(__file__).resolve().parent.parent
RUNS = 2


def post() -> Path:
    """Choose the post."""
    corpus = os.environ.get("FENCEPOST_CORPUS")
    sample = Path(corpus or "") / "posts" / "why-i-love-modal.md"
    return sample if corpus and sample.is_file() else ROOT / "examples" / "showcase" / "index.md"


def ours(source: Path, out: Path, engine: str) -> None:
    """Convert it as a user would."""
    command = [Path(sys.executable).with_name("fencepost"), "convert", source, "-o", out, "--pdf-engine", engine]
    subprocess.run([*command, "--quiet", "--offline"], check=True, capture_output=True)


def plain(source: Path, out: Path, _: str) -> None:
    """Let pandoc write Typst by its own template, and Typst set that. A missing picture, which would stop it, goes."""
    no_pictures = out.with_name("no-pictures.lua")
    no_pictures.write_text(
        "function Image(image) local file = io.open(image.src, 'rb')\n"
        "if file then file:close() return image end return image.caption end"
    )
    command = [binary(), "-f", "gfm+yaml_metadata_block", "-t", "typst", "-s", f"--lua-filter={no_pictures}", source]
    text = subprocess.run(command, capture_output=True, check=True, cwd=source.parent).stdout
    compile_ = "import sys, typst; sys.stdout.buffer.write(typst.compile(sys.stdin.buffer.read(), root=sys.argv[1]))"
    start = [sys.executable, "-c", compile_, source.parent]
    out.write_bytes(subprocess.run(start, input=text, capture_output=True, check=True).stdout)


def processor() -> float:
    """Give the seconds of processor that all children have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


WAYS = {
    # what it is called        how it is made   by which engine
    "Fencepost (typst)":         (ours,  "typst"),
    "… by WeasyPrint":           (ours,  "weasyprint"),
    "… by Chromium":             (ours,  "chromium"),
    "pandoc + typst, plain":     (plain, ""),
}  # fmt: skip


def errors(pdf: Path) -> int:
    """Count what the checker finds against PDF/UA-1."""
    report = pdf.with_suffix(".json")
    command = [Path(sys.executable).with_name("outloud"), pdf, "--layer", "conformance", "--json", report]
    subprocess.run([*command, "--fail-on", "never", "--quiet"], check=True, capture_output=True)
    counts: dict[str, int] = json.loads(report.read_text(encoding="utf-8"))["results"][0]["counts"]
    return counts["error"]


def main() -> None:
    """Print the table."""
    source = post()
    print(f"{source.stem}, {source.stat().st_size / 1000:.0f} kB of Markdown, {os.cpu_count()} processors\n")
    print("| | seconds | of processor | kB | pages | PDF/UA-1 errors |\n|---|--:|--:|--:|--:|--:|")
    for name, (make, engine) in WAYS.items():
        with tempfile.TemporaryDirectory() as folder:
            out, seconds, used = Path(folder) / "post.pdf", [], []
            for _ in range(RUNS):
                start, before = time.perf_counter(), processor()
                make(source, out, engine)
                seconds.append(time.perf_counter() - start)
                used.append(processor() - before)
            with pymupdf.open(out) as paper:
                pages = paper.page_count
            size = out.stat().st_size / 1000
            took = f"{min(seconds):.1f} | {min(used):.1f}"
            print(f"| {name} | {took} | {size:.0f} | {pages} | {errors(out)} |", flush=True)


if __name__ == "__main__":
    main()
