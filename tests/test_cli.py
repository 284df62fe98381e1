"""The command line: what it accepts, and bad input: a clear error, no traceback, nothing lost, nothing half."""

from __future__ import annotations

import http.server
import json
import os
import re
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import BIN, Command

from fencepost.cli.arguments import NOT_ON_THE_COMMAND_LINE, build_parser
from fencepost.options import Options, spelled

POST = '---\ntitle: T\n---\n\nHello --name, "you".\n\n![pic](p.svg)\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M2 2h76v36H2z"/></svg>'
Done = subprocess.CompletedProcess[bytes]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    (tmp_path / "p.svg").write_text(DRAWING, encoding="utf-8")
    return tmp_path


def refused(done: Done, *words: str) -> str:
    """Say that a run failed in words, and give them."""
    said = done.stderr.decode()
    assert done.returncode not in (0, -9), said
    assert "Traceback" not in said
    assert not [word for word in words if word not in said], said
    return said


def names(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


BAD = [
    # name         bytes                          what is said
    ("none.md",    None,                          "none.md: error[input]: there is no such file"),
    ("folder.md",  "folder",                      "folder.md: error[input]: this is a folder"),
    ("empty.md",   b"",                           "empty.md: error[input]: the post is empty"),
    ("blank.md",   b" \n\n",                      "blank.md: error[input]: the post is empty"),
    ("bin.md",     b"\x7fELF\0\0\0\0\0\0\0",      "bin.md: error[input]: this is a binary file"),
    ("pdf.md",     b"%PDF-1.7\n",                 "pdf.md: error[input]: this is a binary file"),
    ("latin.md",   b"# ok\n\ncaf\xe9 au lait\n",  "latin.md:3:4: error[encoding]: byte 0xe9 is not UTF-8"),
    ("yaml.md",    b"---\ntitle: A: B: [\n---\n", "yaml.md:2:"),
    ("date.md",    b"---\ndate: 2025-13-45\n---\nx", "date.md:2:"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), BAD)
def test_bad_posts(run: Command, tmp_path: Path, name: str, data: object, said: str) -> None:
    if data == "folder":
        (tmp_path / name).mkdir()
    elif isinstance(data, bytes):
        (tmp_path / name).write_bytes(data)
    before = names(tmp_path)
    refused(run("fencepost", "convert", name, cwd=tmp_path), said)
    assert names(tmp_path) == before


def test_one_bad_post_does_not_keep_the_others(run: Command, blog: Path) -> None:
    (blog / "bad.md").write_bytes(b"\xff")
    refused(run("fencepost", "convert", "bad.md", "post.md", "--to", "html", cwd=blog), "bad.md:1:1")
    assert names(blog) == {"bad.md", "post.md", "p.svg", "post.html"}


USAGE = [
    # arguments                                            what is said
    (["post.md", "-o", "x.rtf"],                           "no format has the suffix .rtf"),
    (["post.md", "-o", "x"],                               "no format has the suffix (none)"),
    (["post.md", "--to", "rtf"],                           "there is no format rtf"),
    (["post.md", "--to", "html,pdf", "-o", "x.html"],      "several formats cannot be one file"),
    (["post.md", "index.md", "-o", "x.html"],              "several posts cannot be one output"),
    (["post.md", "a/post.md", "--out-dir", "out"],         "is also the output of post.md"),
    (["index.md", "-o", "index.md"],                       "suffix .md"),
    (["post.html"],                                        "this is an output, not a post"),
    (["post.md", "-M", "title=[a"],                        "--metadata"),
    (["post.md", "--config", "none.yaml"],                 "none.yaml"),
    (["post.md", "--template", "none.html"],               "none.html"),
    (["post.md", "--metadata-file", "none.yaml"],          "none.yaml"),
    (["post.md", "--to", "epub", "--css", "none.css"],     "none.css"),
    (["post.md", "--nonsense"],                            "--nonsense"),
    (["post.md", "--emoji", "pink"],                       "pink"),
    (["post.md", "--", "--no-such-option"],                "--no-such-option"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), USAGE, ids=lambda value: " ".join(value) if value else None)
def test_usage(run: Command, blog: Path, arguments: list[str], said: str) -> None:
    (blog / "a").mkdir()
    (blog / "a" / "post.md").write_text("b", encoding="utf-8")
    (blog / "index.md").write_text("c", encoding="utf-8")
    before = {name: (blog / name).read_bytes() for name in names(blog)}
    refused(run("fencepost", "convert", *arguments, cwd=blog), said)
    assert {name: (blog / name).read_bytes() for name in names(blog)} == before


@pytest.mark.parametrize("target", ["html", "pdf", "epub"])
def test_an_output_that_cannot_be_written(run: Command, blog: Path, target: str) -> None:
    (blog / "out").write_text("in the way", encoding="utf-8")  # root may write anywhere, but not below a file
    refused(run("fencepost", "convert", "post.md", "-o", f"out/post.{target}", cwd=blog), "cannot write", "out/post")
    assert names(blog) == {"post.md", "p.svg", "out"}
    (blog / f"there.{target}").mkdir()
    refused(run("fencepost", "convert", "post.md", "-o", f"there.{target}", cwd=blog), "cannot write")
    assert names(blog) == {"post.md", "p.svg", "out"}


LIMITS = [
    # option                    what is said                     formats
    ("--pandoc-timeout=0.001",  "did not finish within",         ("html", "pdf", "epub")),
    ("--pandoc-heap=1",         "needs more than 1 MB",          ("html", "pdf", "epub")),
    ("--typst-timeout=0.0001",  "longer than 0.0001 seconds",    ("pdf",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "said", "target"), [(limit, said, target) for limit, said, targets in LIMITS for target in targets]
)
def test_limits_keep_the_old_output(run: Command, blog: Path, limit: str, said: str, target: str) -> None:
    if "heap" in limit:  # pandoc counts only when its nursery is full
        (blog / "post.md").write_text("some *words* and `code`\n\n" * 30_000, encoding="utf-8")
    old = blog / f"post.{target}"
    old.write_text("old", encoding="utf-8")
    refused(run("fencepost", "convert", "post.md", "-o", old, limit, cwd=blog), said)
    assert old.read_text(encoding="utf-8") == "old"
    assert names(blog) == {"post.md", "p.svg", old.name}


def test_no_pandoc(environment: dict[str, str], blog: Path) -> None:
    for chosen in ("/nonexistent", str(blog / "p.svg")):
        given = {**environment, "PYPANDOC_PANDOC": chosen}
        done = subprocess.run(["fencepost", "convert", "post.md"], cwd=blog, env=given, capture_output=True)
        refused(done, "error[pandoc-missing]", "PYPANDOC_PANDOC")
    assert names(blog) == {"post.md", "p.svg"}


def test_all_three_beside_the_post(run: Command, blog: Path) -> None:
    done = run("fencepost", "convert", "post.md", cwd=blog)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert names(blog) == {"post.md", "p.svg", "post.html", "post.pdf", "post.epub"}


def test_several_posts_and_index_by_its_folder(run: Command, blog: Path) -> None:
    for name in ("one", "two"):
        (blog / name).mkdir()
        (blog / name / "index.md").write_text(f"# {name}\n", encoding="utf-8")
    posts = ["one/index.md", "two/index.md", "post.md"]
    assert run("fencepost", "convert", *posts, "--to", "html,epub", "--out-dir", "out", cwd=blog).returncode == 0
    assert names(blog / "out") == {f"{stem}.{suffix}" for stem in ("one", "two", "post") for suffix in ("html", "epub")}
    assert "<title>two</title>" in (blog / "out" / "two.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".md", ".markdown", ".mdx", ".MD"])
def test_suffixes_of_posts(run: Command, tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"p{suffix}").write_text("hello", encoding="utf-8")
    assert run("fencepost", "convert", f"p{suffix}", "--to", "html", cwd=tmp_path).returncode == 0
    assert "hello" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_standard_input(run: Command, blog: Path) -> None:
    assert run("fencepost", "convert", "-", "-o", "x.html", input=b"# Hi\n\ntext", cwd=blog).returncode == 0
    assert "text" in (blog / "x.html").read_text(encoding="utf-8")
    refused(run("fencepost", "convert", "-", "-o", "y.html", input=b"\xff", cwd=blog), "<stdin>:1:1: error[encoding]")


def page(run: Command, folder: Path, *options: str) -> str:
    done = run("fencepost", "convert", "post.md", "-o", "out.html", *options, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "out.html").read_text(encoding="utf-8")


def test_control_characters(run: Command, blog: Path) -> None:
    (blog / "post.md").write_bytes(b"one\n\na\0b `c\x1bd` e\x0cf\n\n    g\x08h\n")
    done = run("fencepost", "convert", "post.md", "--to", "html,pdf,epub", cwd=blog)
    said = done.stderr.decode()
    assert said.startswith("post.md:3:2: warning[control-character]: U+0000")
    assert "pdf-standard" not in said
    page = (blog / "post.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(blog / "post.epub") as book:
        chapter = book.read("EPUB/text/ch001.xhtml").decode("utf-8")
    for text in (page, chapter):
        assert "a\ufffdb <code>c\ufffdd</code> e f" in text
        assert "g\ufffdh" in text
        assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f]", text)


@pytest.mark.parametrize("command", ["inspect", "source", "css"])
def test_standard_output_that_is_full(environment: dict[str, str], blog: Path, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    words = [BIN / "fencepost", command, *([] if command == "css" else [blog / "post.md"])]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_a_reader_that_stops_early(environment: dict[str, str], blog: Path) -> None:
    (blog / "post.md").write_text(POST + "word\n\n" * 100_000, encoding="utf-8")
    words = [BIN / "fencepost", "source", blog / "post.md"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline() == b"---\n"
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_strict(run: Command, blog: Path) -> None:
    (blog / "warn.md").write_text("a[^no]\n", encoding="utf-8")
    assert run("fencepost", "convert", "warn.md", "--to", "html", cwd=blog).returncode == 0
    refused(run("fencepost", "convert", "warn.md", "--to", "html", "--strict", cwd=blog), "warning[footnote-undefined]")
    assert run("fencepost", "convert", "post.md", "--to", "html", "--strict", cwd=blog).returncode == 0


def test_fragment_metadata_css_template(run: Command, blog: Path) -> None:
    fragment = page(run, blog, "--fragment")
    assert fragment.lstrip().startswith("<p>Hello --name, “you”.</p>")
    assert "<title>Given &amp; more</title>" in page(run, blog, "-M", "title=Given & more")
    (blog / "m.yaml").write_text("title: Weak\nauthor: Jane\n", encoding="utf-8")
    weak = page(run, blog, "--metadata-file", "m.yaml")
    assert "<title>T</title>" in weak
    assert "Jane" in weak
    (blog / "own.css").write_text("p{color:red}", encoding="utf-8")
    assert re.search(r'href="own.css"|p\{color:red\}', page(run, blog, "--css", "own.css"))
    (blog / "own.html").write_text("<own>$body$</own>", encoding="utf-8")
    assert page(run, blog, "--template", "own.html").startswith("<own>")


def test_options_of_pandoc_are_passed_on(run: Command, blog: Path) -> None:
    assert '<h3 id="h">' in _with(run, blog, "# T\n\n## H\n", "--", "--shift-heading-level-by=1")


def _with(run: Command, folder: Path, text: str, *options: str) -> str:
    (folder / "post.md").write_text(text, encoding="utf-8")
    return page(run, folder, *options)


def test_configuration_and_its_precedence(run: Command, tmp_path: Path) -> None:
    """Command line over front matter over the file, which is found upward."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "fencepost.yaml").write_text("smart: false\nids: pandoc\n", encoding="utf-8")
    text = '# T\n\n## H. 1\n\n"x"\n'
    assert '"x"' in _with(run, folder, text)
    assert "“x”" in _with(run, folder, f"---\nsmart: true\n---\n{text}")
    assert '"x"' in _with(run, folder, f"---\nsmart: true\n---\n{text}", "--no-smart")
    (folder / "other.yml").write_text("breaks: hard\n", encoding="utf-8")
    assert re.search(r"“x”<br ?/>", _with(run, folder, text + "y\n", "--config", "other.yml"))
    (tmp_path / "fencepost.yaml").write_text("smart: false\nsmurt: true\n", encoding="utf-8")
    done = run("fencepost", "convert", "post.md", "-o", "x.html", cwd=folder)
    refused(done, "fencepost.yaml:2", "there is no option smurt")


def test_site_root_starts_where_it_is_named(run: Command, tmp_path: Path) -> None:
    """From the command's folder, or that of the file that names it; the post lies elsewhere."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (tmp_path / "posts" / "a.md").write_text("# A\n\n![x](/x.svg)\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("site-root: files\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text("site-root: files\nchapters: [posts/a.md]\n", encoding="utf-8")
    for words in (["convert", "posts/a.md", "--site-root", "files"], ["convert", "posts/a.md", "--config", "site.yaml"],
                  ["book", "book.yaml"]):  # fmt: skip
        done = run("fencepost", *words, "-o", "out.epub", cwd=tmp_path)
        assert done.returncode == 0 and b"image-missing" not in done.stderr, words


def test_a_sheet_on_the_web_may_stand_in_the_configuration(run: Command, tmp_path: Path) -> None:
    (tmp_path / "fencepost.yaml").write_text("css: ['https://example.org/a.css']\nembed: false\n", encoding="utf-8")
    assert 'href="https://example.org/a.css"' in _with(run, tmp_path, "# T\n")


def test_every_option_is_on_the_command_line() -> None:
    subparsers = next(action for action in build_parser()._actions if action.dest == "command")
    said = {option for action in subparsers.choices["convert"]._actions for option in action.option_strings}  # type: ignore[index, union-attr, call-overload]
    wanted = {"--" + spelled(option.name) for option in fields(Options)}
    assert wanted - said == {"--" + name.replace("_", "-") for name in NOT_ON_THE_COMMAND_LINE}


def test_every_option_is_front_matter() -> None:
    from fencepost.frontmatter import reading as frontmatter

    # value other than the default, as YAML would have it
    for option in fields(Options):
        default = getattr(Options(), option.name)
        other = next((choice for choice in option.metadata["choices"] if choice != default), None)
        value = (
            other
            or {bool: str(not default).lower(), int: "7", float: "7", str: "x", list: "[x]", dict: "{v: amber}"}[
                type(default)
            ]
        )
        for name in {option.name, option.name.replace("_", "-")}:
            found = frontmatter.read(f"{name}: {value}\n", "p.md", 1)
            assert option.name in found.options, name
            assert found.options[option.name] != default


def test_small_commands(run: Command, tmp_path: Path) -> None:
    assert re.fullmatch(rb"fencepost \d+\.\d+\.\d+\n", run("fencepost", "--version").stdout)
    folder = Path(run("fencepost", "datadir").stdout.decode().strip())
    assert (folder / "defaults" / "html.yaml").is_file()
    for name, sign in {"css": b".alert", "typst": b"#let fp-code", "latex": b"\\definecolor"}.items():
        assert sign in run("fencepost", name).stdout
    assert b"\xef" in run("fencepost", "source", "-", input=b"```py {1}\nx\n```\n").stdout
    assert json.loads(run("fencepost", "inspect", "-", input=b"# A\n").stdout)["path"]
    assert run("fencepost").returncode == 2


# --- images on the web


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    asked: list[str]
    hold: threading.Event


class _Images(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:  # noqa: N802
        self.server.asked.append(self.path)
        if self.path.startswith("/hang"):
            self.server.hold.wait(30)
            return
        self.send_response(200 if self.path == "/p.svg" else 404)
        self.end_headers()
        if self.path == "/p.svg":
            self.wfile.write(DRAWING.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    running = _Server(("127.0.0.1", 0), _Images)
    running.asked, running.hold = [], threading.Event()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.hold.set()
    running.shutdown()
    running.server_close()


def remote(server: _Server, folder: Path, *paths: str) -> None:
    port = server.server_address[1]
    text = "".join(f"![alt {path}](http://127.0.0.1:{port}/{path})\n\n" for path in paths)
    (folder / "web.md").write_text(f"# T\n\n{text}", encoding="utf-8")


def test_a_remote_image_is_fetched_once(run: Command, tmp_path: Path, server: _Server) -> None:
    remote(server, tmp_path, "p.svg", "p.svg")
    done = run("fencepost", "convert", "web.md", "--to", "pdf,epub", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert server.asked == ["/p.svg"]
    with zipfile.ZipFile(tmp_path / "web.epub") as book:
        assert [name for name in book.namelist() if name.endswith(".svg")]


def test_a_page_fetches_only_to_embed(run: Command, tmp_path: Path, server: _Server) -> None:
    remote(server, tmp_path, "p.svg")
    assert run("fencepost", "convert", "web.md", "--to", "html", cwd=tmp_path).returncode == 0
    assert server.asked == []
    assert run("fencepost", "convert", "web.md", "--to", "html", "--embed", cwd=tmp_path).returncode == 0
    assert server.asked == ["/p.svg"]
    assert "127.0.0.1" not in (tmp_path / "web.html").read_text(encoding="utf-8")


def test_offline_contacts_nobody(run: Command, tmp_path: Path, server: _Server) -> None:
    remote(server, tmp_path, "p.svg")
    done = run("fencepost", "convert", "web.md", "--offline", "--embed", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count(b"web.md:3:") == 1
    assert server.asked == []


def test_a_server_that_hangs(run: Command, tmp_path: Path, server: _Server) -> None:
    remote(server, tmp_path, "hang.png", "none.png")
    done = run("fencepost", "convert", "web.md", "--to", "pdf,epub", "--timeout-fetch", "0.5", cwd=tmp_path)
    assert done.returncode == 0
    assert [done.stderr.count(name) > 0 for name in (b"hang.png", b"none.png")] == [True, True]
    assert sorted(server.asked) == ["/hang.png", "/none.png"]
    assert os.path.getsize(tmp_path / "web.pdf") > 1000  # noqa: PTH202
