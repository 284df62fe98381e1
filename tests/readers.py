"""An EPUB as two reading systems draw it, epub.js and foliate-js, in Chromium, light and dark.

    python tests/readers.py book.epub pictures/ [chapter-file …]

writes a PNG for each reading system, side and chapter (all of them, unless some are named). The reading systems come
from `tests/tools`; the tests ask the same pages what text they show.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOOLS = Path(__file__).resolve().parent / "tools" / "node_modules"
NEEDED = ("epubjs/dist/epub.min.js", "jszip/dist/jszip.min.js", "foliate-js/view.js")
# Blink's numbers for prefers-color-scheme
SIDES = {"dark": 0, "light": 1}
SIZE = 620, 900

# each opens `chapter` of /book.epub in #area and gives the window's document; ground and ink are the reading
# system's, by `color-scheme`, as the reader that comes with foliate-js has it
READERS = {
    "epubjs": """
<script src="/jszip/dist/jszip.min.js"></script><script src="/epubjs/dist/epub.min.js"></script>
<script type="module">
const rendition = ePub("/book.epub").renderTo("area", {width: innerWidth, height: innerHeight, spread: "none"});
rendition.themes.default({html: {"color-scheme": "light dark"}});
report(async () => { await rendition.display(chapter); return rendition.getContents()[0].document });
</script>""",
    "foliate": """
<script type="module">
import "/foliate-js/view.js";
const view = document.createElement("foliate-view");
view.style.cssText = "display:block;height:100vh";
report(async () => {
  document.getElementById("area").append(view);
  await view.open("/book.epub");
  view.renderer.setAttribute("max-column-count", 1);
  view.renderer.setStyles("html {color-scheme: light dark}");
  await view.goTo(view.book.sections.findIndex(section => section.id.endsWith(chapter)));
  return view.renderer.getContents()[0].doc;
});
</script>""",
}
# the browser is done with a page when it is loaded: the picture /wait comes when the reading system has said something
PAGE = """<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>:root {color-scheme: light dark} body {margin: 0; background: Canvas; overflow: hidden}</style>
<div id="area"></div><img src="/wait" alt="" style="position: absolute; width: 0">
<script>
const chapter = %s;
window.report = async open => {
  let said;
  try {
    const shown = await open();
    await new Promise(done => setTimeout(done, 500));
    const boxes = [...shown.querySelectorAll("pre, table, img, p")].filter(it => it.clientWidth);
    const wide = boxes.filter(it => it.scrollWidth > it.clientWidth + 2);
    said = {text: shown.body.innerText, scrolls: wide.map(it => it.outerHTML.slice(0, 120))};
  } catch (error) { said = {error: String(error)} }
  await fetch("/said", {method: "POST", body: JSON.stringify(said)});
};
</script>"""
PATIENCE = 25  # seconds for a page


def missing() -> list[str]:
    """List what `npm ci --prefix tests/tools` has not brought."""
    return [name for name in NEEDED if not (TOOLS / name).is_file()]


def chapters(book: Path) -> list[str]:
    """List the files of the spine that hold text, by name."""
    with zipfile.ZipFile(book) as packed:
        return sorted(name.removeprefix("EPUB/") for name in packed.namelist() if name.startswith("EPUB/text/"))


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, takes what a page says, and holds /wait back until it has said it."""

    server: _Server

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        if self.path != "/wait":
            super().do_GET()
            return
        self.server.told.wait(PATIENCE)
        self.send_error(404)

    def do_POST(self) -> None:  # noqa: N802
        self.server.said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        self.server.told.set()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    said: dict[str, object]
    told: threading.Event

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that has left."""


@contextmanager
def served(book: Path) -> Iterator[_Server]:
    """Serve a book and the reading systems on this machine, while the context lasts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("epubjs", "jszip", "foliate-js"):
            (root / name).symlink_to(TOOLS / name)
        shutil.copy(book, root / "book.epub")
        for name, script in READERS.items():
            for number, chapter in enumerate(chapters(book)):
                page = PAGE % json.dumps(chapter) + script
                (root / f"{name}-{number}.html").write_text(page, encoding="utf-8")
        server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()


def shown(
    chromium: str, server: _Server, page: str, side: str = "light", picture: Path | None = None
) -> dict[str, object]:
    """Open a page of a reading system; gives the text it shows and what is wider than its place, or an `error`."""
    server.told, server.said = threading.Event(), {"error": "it said nothing"}
    action = f"--screenshot={picture}" if picture else "--dump-dom"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}",
            f"--blink-settings=preferredColorScheme={SIDES[side]}", action,
            f"http://127.0.0.1:{server.server_port}/{page}.html",
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, timeout=90, check=True)
    return server.said


def draw(chromium: str, book: Path, folder: Path, wanted: list[str]) -> None:
    """Write a picture of each chapter in each reading system, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(book) as server:
        for number, chapter in enumerate(chapters(book)):
            if wanted and Path(chapter).name not in wanted:
                continue
            for reader in READERS:
                for side in SIDES:
                    picture = folder / f"{book.stem}-{Path(chapter).stem}-{reader}-{side}.png"
                    said = shown(chromium, server, f"{reader}-{number}", side, picture)
                    print(picture, said.get("error", ""))


if __name__ == "__main__":
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if missing() or browser is None or len(sys.argv) < 3:
        sys.exit(__doc__ if len(sys.argv) < 3 else f"missing: {', '.join(missing()) or 'Chromium'}")
    draw(browser, Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
