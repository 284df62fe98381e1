"""Addresses that are none, or not written as URLs are: no run ends at one, and what can be fetched is."""

from __future__ import annotations

import http.server
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Command
from hypothesis import given
from hypothesis import strategies as st

from fencepost.images.fetching import FetchError, fetch
from fencepost.system.urls import encoded, is_one, joined, parts_of, tidy

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e5274de40000000049454e44ae426082"
)
ODD = [
    "https://example.invalid/a b.png", "http://host:port/x.png", "http://[::1/x.png", "http://[/x.png", "http://]/x.png",
    "http://host:99999/x.png", "http://host:-1/x.png", "http:///x.png", "http://", "//", "//[", "https://a..b/x.png",
    "http://" + "a" * 70 + ".example/x.png", "http://bücher.invalid/ü.png", "http://a b/x.png", "http://a\\b/x.png",
    "http://user:pass@host.invalid/x.png", "http://%/x.png", "http://host.invalid/%zz%.png", "http://.invalid/x.png",
    "http://\u2100.invalid/x.png", "http://xn--/x.png", "http://host.invalid/x.png?a b=ü#c d", "http://[::1]:x/x.png",
    "http://127.0.0.1:0/x.png",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "pdf", "epub", "docx", "odt"])
def test_no_address_ends_the_run(tmp_path: Path, run: Command, kind: str) -> None:
    many = "\n\n".join(f'![p](<{address}>) [l](<{address}>)\n\n<img src="{address}" alt="x">' for address in ODD)
    (tmp_path / "a.md").write_text(f"# T\n\n{many}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Other\n\nwords\n", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "b.md", "--to", kind, "--timeout-fetch", "3", cwd=tmp_path)
    said = done.stderr.decode()
    assert "Traceback" not in said and "error[" not in said
    assert done.returncode == 0, said
    assert (tmp_path / f"a.{kind}").is_file() and (tmp_path / f"b.{kind}").is_file()
    if kind != "html":
        assert said.count("[image-missing]") >= len(set(ODD)) - 2, said


def test_check_says_what_convert_says(tmp_path: Path, run: Command) -> None:
    many = "\n\n".join(f"![p](<{address}>)" for address in ODD)
    (tmp_path / "a.md").write_text(f"# T\n\n{many}\n", encoding="utf-8")
    done = run("fencepost", "check", "a.md", "--to", "pdf", "--timeout-fetch", "3", cwd=tmp_path)
    assert b"Traceback" not in done.stderr + done.stdout
    assert done.stdout.count(b"image-missing") >= len(ODD) - 2


@pytest.mark.parametrize("link", ["http://[", "//[x", "http://h:p/x.md", "x.md#[", "http://[::1/x.md"])
def test_links_and_canonicals_of_a_book(tmp_path: Path, run: Command, link: str) -> None:
    head = f"---\ntitle: T\ncanonical: '{link}'\n---\n\n"
    (tmp_path / "a.md").write_text(f"{head}[a](<{link}>) [b](b.md)\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# B\n\n[a](<{link}>)\n", encoding="utf-8")
    for words in (("book", "a.md", "b.md", "--title=T"), ("convert", "a.md"), ("check", "a.md")):
        to = ["--to", "html,epub"] if words[0] != "check" else []
        done = run("fencepost", *words, *to, cwd=tmp_path)
        assert b"Traceback" not in done.stderr
        assert done.returncode == 0 or words[0] == "check", done.stderr.decode()


class _Handler(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/drip"):
            self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
            for _ in range(100):
                time.sleep(0.1)
                self.wfile.write(b"x")
            return
        if self.path.startswith("/junk"):
            self.wfile.write(b"\x00\x01\x02 what\r\n\r\n")
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(PNG)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[str]:
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    running.daemon_threads = True
    running.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_what_is_not_written_as_a_url_is_fetched_as_one(web: str, tmp_path: Path, run: Command) -> None:
    _Handler.asked.clear()
    (tmp_path / "a.md").write_text(f"# T\n\n![p](<{web}/a b/ü.png?q=ä ö>)\n", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", "a.epub", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert _Handler.asked == ["/a%20b/%C3%BC.png?q=%C3%A4%20%C3%B6"]
    done = run("fencepost", "convert", "a.md", "-o", "a.html", cwd=tmp_path)
    assert b"/a%20b/%C3%BC.png?q=%C3%A4%20%C3%B6" in (tmp_path / "a.html").read_bytes()


def test_seconds_are_for_the_whole_image(web: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match="longer than 1 second"):
        fetch(f"{web}/drip", 1.0, 100)
    assert time.monotonic() - begun < 4
    with pytest.raises(FetchError):
        fetch(f"{web}/junk", 5.0, 100)


@given(st.text(max_size=30), st.sampled_from(["", "http://", "//", "http://[", "https://h:", "a/"]))
def test_nothing_raises(text: str, before: str) -> None:
    address = before + text
    parts_of(address)
    is_one(address)
    joined("https://a.org/b", address)
    joined(address, "c")
    written = tidy(address)
    try:
        found = encoded(address)
    except ValueError:
        assert written == address
        return
    assert found.isascii() and not re.search(r"[\s<>\"]", found)
    assert encoded(found) == found


def test_urllib_is_asked_in_one_place_alone() -> None:
    """Other modules quote and unquote, which never raise."""
    for file in (ROOT / "fencepost").rglob("*.py"):
        if file.name not in ("urls.py", "fetching.py"):
            found = re.search(r"\b(?:urlsplit|urljoin|urlparse|urlopen|urlunsplit)\(", file.read_text(encoding="utf-8"))
            assert found is None, f"{file}: {found}"
