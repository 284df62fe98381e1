"""Other programs that set a PDF: where they are found, how they are called, what they say in words."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE
from typing import Any

from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.system.signals import forget, on_signal
from fencepost.system.tied import tied
from fencepost.writers import escape

# engine       the commands that it may be     what to do where there is none
COMMANDS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"),
                 "install Chromium or Chrome, or set FENCEPOST_CHROMIUM to its path"),
    "xelatex":  (("xelatex",), "install TeX Live with XeTeX (Debian: texlive-xetex, texlive-plain-generic)"),
    "lualatex": (("lualatex",), "install TeX Live with LuaTeX (Debian: texlive-luatex, texlive-plain-generic)"),
}  # fmt: skip
RUNS = 4  # of LaTeX at most, until its references stand
_RERUN = re.compile(r"Rerun to get|Label\(s\) may have changed|rerun LaTeX|No file \S+\.(?:toc|out)", re.IGNORECASE)
_LACKING = re.compile(r"Missing character: There is no (.) ")


def find_engine(engine: str, source: str) -> str:
    """Find the program of an engine; of WeasyPrint, which is a package, nothing but that it is there.

    Raises:
        FencepostError: it is not installed.
    """
    if engine == "weasyprint":
        found = "weasyprint" if find_spec("weasyprint") else ""
        help = "run `pip install 'fencepost[weasyprint]'`"
    else:
        names, help = COMMANDS[engine]
        own = os.environ.get("FENCEPOST_CHROMIUM", "") if engine == "chromium" else ""
        found = own or next(filter(None, map(shutil.which, names)), "")
    if not found:
        problem = f"{engine} is not installed here"
        raise FencepostError(Diagnostic(source, None, None, "error", "engine", problem, help))
    return found


def start_weasyprint(folder: Path) -> subprocess.Popen[bytes]:
    """Start WeasyPrint, which takes a second, to wait for its page; in `folder`, where no Python lies about."""
    command, environment = [sys.executable, "-m", "fencepost.formats.other_pdf.weasyprinter"], dict(os.environ)
    if sys.platform == "linux":
        environment["FONTCONFIG_FILE"] = str(_without_colour(folder))
    return subprocess.Popen(
        tied(command), cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )


def _without_colour(folder: Path) -> Path:
    """Write a configuration of this machine's fonts without those in colour: Pango would take digits from them."""
    usual = escape.html(os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf")
    coloured = '<pattern><patelt name="color"><bool>true</bool></patelt></pattern>'
    file = folder / "fonts.conf"
    file.write_text(
        f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">{usual}</include>'
        f"<selectfont><rejectfont>{coloured}</rejectfont></selectfont></fontconfig>",
        encoding="utf-8",
    )
    return file


def weasyprint(program: subprocess.Popen[bytes], request: dict[str, Any], *, seconds: float, source: str) -> None:
    """Let a WeasyPrint that waits for it set a page; what a request holds is said there.

    Raises:
        FencepostError: WeasyPrint is damaged, refuses the page, or took too long.
    """
    said = _within(program, "weasyprint", seconds, source, json.dumps(request).encode())
    if program.returncode:
        raise _failed("weasyprint", said.strip().rpartition("\n")[2][:200], source)


def chromium(program: str, page: str, folder: Path, out: Path, *, seconds: float, source: str) -> None:
    """Set a web page by Chromium.

    Raises:
        FencepostError: it failed, or took too long.
    """
    file, profile = folder / "page.html", folder / "profile"
    file.write_text(page, encoding="utf-8")
    command = [
        program, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={profile}", f"--print-to-pdf={out}", file.as_uri(),
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium has none for root
    said = _run("chromium", command, folder, seconds, source)
    if not out.is_file() or not out.stat().st_size:
        raise _failed("chromium", said.strip().rpartition("\n")[2], source)


def latex(program: str, text: str, folder: Path, *, seconds: float, source: str) -> tuple[Path, list[str]]:
    """Set LaTeX; give the PDF, and the characters that its fonts lack.

    Raises:
        FencepostError: it failed, or took too long.
    """
    engine = Path(program).stem
    (folder / "post.tex").write_text(text, encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "post.tex"]
    log = folder / "post.log"
    said = ""
    for _ in range(RUNS):
        _run(engine, command, folder, seconds, source)
        said = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        if problem := re.search(r"^! (.*(?:\n.*){0,2})", said, re.MULTILINE):
            raise _failed(engine, " ".join(problem[1].split())[:200], source)
        if not _RERUN.search(said):
            break
    made = folder / "post.pdf"
    if not made.is_file():
        raise _failed(engine, said.strip().rpartition("\n")[2][:200], source)
    return made, list(dict.fromkeys(_LACKING.findall(said)))


def _run(engine: str, command: list[str], folder: Path, seconds: float, source: str) -> str:
    try:
        program = subprocess.Popen(
            tied(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
        )
    except OSError as error:
        raise _failed(engine, error.strerror or str(error), source) from None
    return _within(program, engine, seconds, source)


def _within(program: subprocess.Popen[bytes], engine: str, seconds: float, source: str, given: bytes = b"") -> str:
    """Wait for a program, and end it with all that it has started when its time is up; gives what it said."""
    on_signal(ending := partial(end, program))
    try:
        out, errors = program.communicate(given or None, timeout=seconds)
    except subprocess.TimeoutExpired:
        end(program)
        problem, help = (
            f"{engine} took longer than {seconds:g} seconds",
            "raise `typst-timeout`, which is its limit too",
        )
        raise FencepostError(Diagnostic(source, None, None, "error", "pdf-timeout", problem, help)) from None
    finally:
        forget(ending)
    return (out + errors).decode("utf-8", "replace")


def end(program: subprocess.Popen[bytes]) -> None:
    """End a program that is still at work, and what it has started."""
    if program.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(program.pid, signal.SIGKILL) if hasattr(os, "killpg") else program.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # a signal may come while it is waited for already
            program.wait(timeout=1)
    for pipe in filter(None, (program.stdin, program.stdout, program.stderr)):
        with contextlib.suppress(OSError):
            pipe.close()


def _failed(engine: str, words: str, source: str) -> FencepostError:
    problem = f"{engine} cannot set this post: {words or 'it stopped without saying why'}"
    return FencepostError(Diagnostic(source, None, None, "error", "pdf", problem, "typst, the default, may"))
