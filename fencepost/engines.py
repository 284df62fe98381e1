"""Other programs that set a PDF: where they are found, how they are called, what they say in words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fencepost.diagnostics import Diagnostic, FencepostError

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


def weasyprint(page: str, folder: Path, out: Path, source: str) -> None:
    """Set a web page by WeasyPrint, its notes at the foot of the page that cites them.

    Raises:
        FencepostError: WeasyPrint is damaged or refuses the page.
    """
    import logging

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every property that only screens know
    try:
        import weasyprint as program

        base, fetcher = folder.as_uri() + "/", _closed_fetcher(program)
        html: Any = program.HTML(string=page, base_url=base, url_fetcher=fetcher)
        html.etree_element.set("class", "fp-weasyprint")
        notes_to_foot(html.etree_element)
        html.write_pdf(str(out), pdf_tags=True)
    except Exception as error:  # noqa: BLE001 - whatever it raises, the author is told in a line
        raise _failed("weasyprint", f"{type(error).__name__}: {error}", source) from None


def _closed_fetcher(program: Any) -> Any:
    """Let WeasyPrint load what is in the page and the bundled fonts, and nothing that a post names in raw HTML."""
    from fencepost.fonts import font_dirs

    allowed = ("data:", *(f"{place.as_uri()}/" for place in font_dirs()))
    ordinary: Any = program.urls.URLFetcher

    class Closed(ordinary):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(allowed):
                raise ValueError(f"not loaded: {url[:80]}")
            return super().fetch(url, headers)

    return Closed()


def notes_to_foot(root: Any) -> None:
    """Put each note of the list at the end behind the number that cites it first, for CSS to float; in place."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for section in [part for part in root.iter("section") if part.get("role") == "doc-endnotes"]:
        for number, item in enumerate(list(section.iter("li")), 1):
            item.set("style", f"counter-set: list-item {number}")  # one whose number shows nowhere stays in the list
            _float(item, root, parents)
        if not list(section.iter("li")):
            parents[section].remove(section)


def _number(note: Any, number: str) -> None:
    """Write a note's number before its first words."""
    first = next((child for child in note if child.tag == "p"), None)
    first = note if first is None else first
    shown = first.makeelement("span", {"class": "fp-foot-number"})
    shown.text, shown.tail, first.text = number, first.text, None
    first.insert(0, shown)


def _float(item: Any, root: Any, parents: dict[Any, Any]) -> None:
    name = item.get("id") or ""
    calls = (link for link in root.iter("a") if link.get("role") == "doc-noteref" and link.get("href") == f"#{name}")
    call = next(calls, None)
    while call is not None and call.get("class") != "footnote-ref":
        call = parents.get(call)
    if call is None:
        return
    home = parents[call]
    parents[item].remove(item)
    item.tag, item.tail = "span", call.tail
    call.tail = None
    item.set("class", "fp-foot")
    _number(item, name.rpartition("-")[2])
    home.insert(list(home).index(call) + 1, item)
    parents[item] = home


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


def latex(program: str, text: str, folder: Path, out: Path, *, seconds: float, source: str) -> list[str]:
    """Set LaTeX; give the characters that its fonts lack.

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
    out.write_bytes(made.read_bytes())
    return list(dict.fromkeys(_LACKING.findall(said)))


def _run(engine: str, command: list[str], folder: Path, seconds: float, source: str) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        problem = f"{engine} took longer than {seconds:g} seconds"
        raise FencepostError(
            Diagnostic(
                source, None, None, "error", "pdf-timeout", problem, "raise `typst-timeout`, which is its limit too"
            )
        ) from None
    except OSError as error:
        raise _failed(engine, error.strerror or str(error), source) from None
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _failed(engine: str, words: str, source: str) -> FencepostError:
    problem = f"{engine} cannot set this post: {words or 'it stopped without saying why'}"
    return FencepostError(Diagnostic(source, None, None, "error", "pdf", problem, "typst, the default, may"))
