"""Posts that are small and hard: `python tests/hostile.py` converts each in all formats as a stranger's and prints what
it cost; `test_untrusted.py` does so with less patience. Arguments are names of cases,
or folders of posts instead. Sizes are those that pandoc alone fails or crawls on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

LAUGHS = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "---\n\nText\n"  # fmt: skip
MACROS = "".join(f"\\def\\{chr(98 + n)}{{\\{chr(97 + n)}\\{chr(97 + n)}}}" for n in range(24))
CASES = {
    # name                    text
    "mismatched emphasis":    "*a_ " * 25_000,
    "emphasis after strong":  "a**b" + "c* " * 25_000,
    "strong in emphasis":     "*a **a " * 8_000 + "b" + " a** a*" * 8_000,
    "image brackets":         "![[]()" * 30_000,
    "nested brackets":        "[" * 25_000 + "a" + "]" * 25_000,
    "nested quotes":          "> " * 25_000 + "a",
    "nested quotes, allowed": "> " * 99 + "a",
    "nested lists":           "".join("  " * depth + "* a\n" for depth in range(440)),
    "deep list, blank lines": "- " * 30_000 + "x" + "\n" * 30_000,
    "deep quote, stars":      ">" * 60_000 + "a*" * 60_000,
    "unclosed comments":      "</" + "<!--" * 45_000,
    "unclosed links":         "[a](<b" * 30_000,
    "growing backticks":      "".join("e" + "`" * count for count in range(1, 620)),
    "NUL":                    "abc\0de\0",
    "a note that is itself":  "[^a]\n\n[^a]: [^a]\n",
    "notes in a ring":        "[^a]\n\n[^a]: [^b]\n\n[^b]: [^a]\n",
    "notes that fan out":     "[^0]\n\n" + "".join(f"[^{n}]: [^{n + 1}] [^{n + 1}]\n\n" for n in range(18)),
    "a note, repeated":       "[^a] " * 1_000 + "\n\n[^a]: " + "word " * 1_000 + "\n",
    "many notes":             "".join(f"a[^{n}]\n\n[^{n}]: n\n\n" for n in range(8_000)),
    "notes, allowed":         "".join(f"a[^{n}]\n\n[^{n}]: n\n\n" for n in range(1_900)),
    "many alerts":            "> [!NOTE]\n> x\n\n" * 12_000,
    "nested alerts":          "".join("> " * depth + "[!NOTE]\n" for depth in range(1, 430)),
    "fence openers":          "".join("`" * count + "\n" for count in range(3, 620)),
    "long meta":              "```python " + "{1,3-7} " * 24_000 + "\nx\n```\n",
    "long range":             "```python {1-999999999999}\nx\n```\n",
    "long line of code":      "```python\n" + "x" * 190_000 + "\n```\n",
    "many lines of code":     "```python\n" + 'x = [1, "a", f"{y}"]\n' * 9_000 + "```\n",
    "many marked words":      "```python " + "/x/ " * 3_000 + "\n" + "x " * 3_000 + "\n```\n",
    "ragged table":           "|" + "a|" * 4_000 + "\n|" + "-|" * 4_000 + "\n" + "|b|\n" * 4_000,
    "same headings":          "# a\n\n" * 38_000,
    "long word":              "a" * 190_000,
    "YAML aliases":           LAUGHS,
    "YAML brackets":          "---\na: " + "[" * 50_000 + "\n---\n\nText\n",
    "YAML keys":              "---\n" + "".join(f"k{n}: v\n" for n in range(30_000)) + "---\n\nText\n",
    "nested HTML":            "<div>" * 20_000 + "x",
    "nested inline HTML":     "a " + "<b>" * 20_000 + "x",
    "half tags":              "<div title='\n\n" * 10_000,
    "many raw tags":          "<kbd>a</kbd> " * 12_000,
    "nested formula":         "$" + "{" * 5_000 + "x" + "}" * 5_000 + "$",
    "macros that grow":       "$$\\def\\a{xx}" + MACROS + "\\y$$\n",
    "one large table":        "|a|b|\n|-|-|\n" + "|word|word|\n" * 12_000,
    "many images":            "![a](none.png)\n\n" * 10_000,
    "colons":                 ":::note\n" * 20_000,
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one conversion came to: exit code, seconds of a processor and megabytes of all its processes, what was said.

    Megabytes are at their most.
    """

    code: int
    seconds: float
    megabytes: int
    said: str


# A process is charged with what its parent held when it was begun, so a small one begins it and measures.
WATCH = """
import json, os, subprocess, sys, time

def tree(root):
    "List a process and all that it has begun."
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                children.setdefault(int(file.read().rpartition(")")[2].split()[1]), []).append(int(name))
        except OSError:
            pass
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found

def kilobytes(pid):
    "Say what a process holds, what it shares with others counted by its part."
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0

def ticks(pid):
    "Say what time a process has had, and its children that have ended."
    try:
        with open(f"/proc/{pid}/stat") as file:
            return sum(map(int, file.read().rpartition(")")[2].split()[11:15]))
    except (OSError, IndexError):
        return 0

begun, most, busy = time.monotonic(), 0, 0
with open("said.txt", "wb") as out:
    process = subprocess.Popen(sys.argv[1:], stdout=out, stderr=out)
    while True:
        found, status, usage = os.wait4(process.pid, os.WNOHANG)
        if found:
            break
        if time.monotonic() - begun > 100:
            process.kill()
        if os.path.isdir("/proc"):
            processes = tree(process.pid)
            most = max(most, sum(map(kilobytes, processes)))
            busy = max(busy, sum(map(ticks, processes)) / os.sysconf("SC_CLK_TCK"))
        time.sleep(0.02)
largest = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
busy = max(busy, usage.ru_utime + usage.ru_stime)
print(json.dumps([os.waitstatus_to_exitcode(status), busy, max(most, largest)]))
"""


def cost_of(command: list[str], cwd: Path) -> Cost:
    """Run a command and measure it; a process that is not done in 100 seconds is ended."""
    watch = [sys.executable, "-c", WATCH, *command]
    run = subprocess.run(watch, cwd=cwd, capture_output=True, check=True, timeout=120)
    code, seconds, largest = json.loads(run.stdout)
    text = (cwd / "said.txt").read_text(encoding="utf-8", errors="replace")
    return Cost(code, seconds, largest // 1024, text)


def _chosen(names: list[str]) -> dict[str, str]:
    folders = [Path(name) for name in names if Path(name).is_dir()]
    posts = {file.name: file.read_bytes().decode() for folder in folders for file in sorted(folder.glob("*.md"))}
    return posts or {case: text for case, text in CASES.items() if not names or case in names}


def main() -> None:
    """Convert every case in every format."""
    program = str(Path(sys.executable).parent / "fencepost")
    costs = []
    with tempfile.TemporaryDirectory() as name:
        for case, text in _chosen(sys.argv[1:]).items():
            post = Path(name) / "post.md"
            post.write_bytes(text.encode())
            for kind in ("html", "pdf", "epub"):
                cost = cost_of([program, "convert", "--untrusted", "post.md", "-o", f"post.{kind}"], Path(name))
                why = next((line for line in cost.said.splitlines() if "error[" in line or "cannot be" in line), "")
                print(
                    f"{case:24} {kind:5} {cost.seconds:5.1f} s {cost.megabytes:5} MB  {cost.code}  {why[:80]}",
                    flush=True,
                )
                costs.append(cost)
    refused = sum(cost.code != 0 for cost in costs)
    slowest, largest = max(cost.seconds for cost in costs), max(cost.megabytes for cost in costs)
    print(f"{len(costs)} runs, {refused} refused, slowest {slowest:.1f} s, largest {largest} MB")


if __name__ == "__main__":
    main()
