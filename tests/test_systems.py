"""What differs from system to system, as far as it can be tried on one: locales, newlines, paths, names, signals.

Windows and macOS are not run here. What is simulated: names that are one there, locales that cannot spell the text,
CRLF, and a system without `fork`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath

import pytest
from conftest import BIN, ROOT, Command

from fencepost import formats
from fencepost.cli import job
from fencepost.cli.main import main
from fencepost.images import is_within
from fencepost.options import Options
from fencepost.post.settle import settle
from fencepost.post.start import begin
from fencepost.settings.run import Settings
from fencepost.untrusted import supervised

POST = "---\ntitle: „Größe“ — 中文\n---\n\nÉtude 🚀 `naïve`\n\n![bild](gibt’s-nicht.png)\n"
LOCALES = [
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1252"},  # a console of Windows
    {"PYTHONIOENCODING": "latin-1:strict"},
]


@pytest.mark.parametrize("kind", ["html", "pdf", "epub", "docx"])
@pytest.mark.parametrize("locale", LOCALES, ids=["C", "ascii", "cp1252", "latin-1"])
def test_text_is_utf_8_whatever_the_locale(
    locale: dict[str, str], kind: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "größe.md").write_text(POST, encoding="utf-8")
    command = [BIN / "fencepost", "convert", "größe.md", "-o", f"größe-中.{kind}"]
    usual, other = (
        subprocess.run(command, cwd=tmp_path, env=environment | more, capture_output=True, timeout=120)
        for more in ({}, locale)
    )
    assert other.returncode == 0, other.stderr
    assert b"Traceback" not in other.stderr
    assert b"warning[image-missing]" in other.stderr
    assert usual.returncode == 0
    assert (tmp_path / f"größe-中.{kind}").is_file()
    if kind == "html":
        assert "Étude 🚀" in (tmp_path / "größe-中.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES, ids=["C", "ascii", "cp1252", "latin-1"])
def test_standard_output_and_filters_are_utf_8(
    locale: dict[str, str], environment: dict[str, str], pandoc: str
) -> None:
    env = environment | locale
    for words in (["source", "-"], ["convert", "-", "--to", "html", "-o", "-"], ["read", "-"], ["check", "-"]):
        done = subprocess.run(
            [BIN / "fencepost", *words], input=POST.encode(), env=env, capture_output=True, timeout=60
        )
        assert b"Traceback" not in done.stderr, (words, done.stderr)
        assert done.returncode in (0, 1)
        if words[0] in ("source", "convert"):
            assert "Étude" in done.stdout.decode("utf-8")
    piped = [pandoc, "-f", "gfm", "--filter", str(BIN / "fencepost"), "-t", "html"]
    done = subprocess.run(piped, input=POST.encode(), env=env, capture_output=True, timeout=60)
    assert done.returncode == 0 and "Étude 🚀" in done.stdout.decode("utf-8")


def test_line_ends_make_no_difference(tmp_path: Path, run: Command) -> None:
    text = POST + "\n```py {1}\na\nb\n```\n\n> [!NOTE]\n> x[^1]\n\n[^1]: y\n"
    pages = []
    for end in ("\n", "\r\n", "\r"):
        (tmp_path / "p.md").write_bytes(text.replace("\n", end).encode())
        assert run("fencepost", "convert", "p.md", "-o", "p.html", cwd=tmp_path).returncode == 0
        pages.append((tmp_path / "p.html").read_bytes())
    assert pages[0] == pages[1] == pages[2]
    assert b"\r" not in pages[0]


@pytest.mark.parametrize(("system", "code"), [("linux", 0), ("darwin", 1), ("win32", 1)])
def test_outputs_that_are_one_where_case_does_not_count(
    system: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, name in (("a", "Post"), ("b", "post")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.md").write_text("# T\n", encoding="utf-8")
    monkeypatch.setattr(job, "PLATFORM", system)
    words = [tmp_path / "a" / "Post.md", tmp_path / "b" / "post.md", "--to", "html", "--out-dir", tmp_path / "out"]
    with pytest.raises(SystemExit) as left:
        main(["convert", *map(str, words)])
    assert left.value.code == code
    assert ("is also the output of" in capsys.readouterr().err) == bool(code)


def test_outputs_whose_names_are_one_when_accents_are_composed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, name in (("a", "caf\xe9"), ("b", "cafe\u0301")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.md").write_text("# T\n", encoding="utf-8")
    words = ["convert", *map(str, tmp_path.glob("*/*.md")), "--to", "html", "--out-dir", str(tmp_path / "out")]
    monkeypatch.setattr(job, "PLATFORM", "darwin")
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 1 and "is also the output of" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["con", "AUX", "com1", "nul .x", "lpt\xb9"])
@pytest.mark.parametrize(("system", "code"), [("linux", 0), ("win32", 1)])
def test_names_that_are_devices_of_windows(
    system: str, code: int, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / f"{name}.md").write_text("# T\n", encoding="utf-8")
    monkeypatch.setattr(job, "PLATFORM", system)
    with pytest.raises(SystemExit) as left:
        main(["convert", str(tmp_path / f"{name}.md"), "--to", "html"])
    assert left.value.code == code
    assert ("is a device to Windows" in capsys.readouterr().err) == bool(code)


def test_another_machine_is_not_asked_whether_a_file_is_there() -> None:
    """To Windows `//host/share/x.svg` is a path, and to look at it calls the host: it is refused by its name alone."""
    blog = PureWindowsPath("C:/blog")
    for place in ("//host/share/x.svg", r"\\host\share\x.svg", "D:/x.svg"):
        assert not is_within(blog / place, (blog,))  # type: ignore[arg-type]  # it would have no `resolve`


@pytest.mark.parametrize("target", [r"C:\x.png", "C:/x.png", r"..\x.png", r"\\\\host\x.png", "//", "con", "nul:"])
def test_paths_of_windows_in_a_post_are_missing_images(target: str, tmp_path: Path, run: Command) -> None:
    (tmp_path / "p.md").write_text(f"# T\n\n![a](<{target}>) [b](<{target}>)\n", encoding="utf-8")
    for more in ([], ["--untrusted"]):
        done = run("fencepost", "convert", "p.md", "--to", "html,pdf,epub", "--offline", *more, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert b"warning[" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize("length", [200, 251, 252])
def test_names_as_long_as_can_be(length: int, tmp_path: Path, run: Command) -> None:
    """An output whose name the system refuses is an error, and the others of the post are there."""
    post = tmp_path / f"{'a' * (length - 1)}.md"
    post.write_text("# T\n", encoding="utf-8")
    done = run("fencepost", "convert", post.name, "--to", "html", cwd=tmp_path)
    out = post.with_suffix(".html")
    assert (done.returncode == 0) == (len(out.name) <= 255) == (len(list(tmp_path.iterdir())) == 2), done.stderr
    assert done.returncode == 0 or b"error[output]" in done.stderr


def test_paths_longer_than_windows_allows_by_itself(tmp_path: Path, run: Command) -> None:
    folder = tmp_path.joinpath(*["d" * 60] * 6)
    folder.mkdir(parents=True)
    (folder / "p.md").write_text("# T\n\n![a](own.svg)\n", encoding="utf-8")
    (folder / "own.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>', encoding="utf-8")
    done = run("fencepost", "convert", folder / "p.md", "--to", "html,pdf,epub,docx,odt")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(list(folder.iterdir())) == 7


def test_a_device_stays_one_and_a_link_too(tmp_path: Path, run: Command) -> None:
    (tmp_path / "p.md").write_text("# T\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "real.html").write_text("old", encoding="utf-8")
    (tmp_path / "link.html").symlink_to("real.html")
    with subprocess.Popen(["cat", tmp_path / "pipe.html"], stdout=subprocess.PIPE) as reader:
        assert run("fencepost", "convert", "p.md", "-o", "pipe.html", cwd=tmp_path).returncode == 0
        assert b"</html>" in reader.communicate(timeout=20)[0]
    assert (tmp_path / "pipe.html").is_fifo()
    assert run("fencepost", "convert", "p.md", "-o", "link.html", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link.html").is_symlink()
    assert "</html>" in (tmp_path / "real.html").read_text(encoding="utf-8")


def test_each_line_keeps_its_own_end(tmp_path: Path, run: Command) -> None:
    before = b"# T\r\n\r> [!NOTES]\n> x\r\n\xe2\x80\xa8 [a](#T)"
    (tmp_path / "p.md").write_bytes(before)
    run("fencepost", "check", "--fix", "p.md", cwd=tmp_path)
    assert (tmp_path / "p.md").read_bytes() == before.replace(b"NOTES", b"NOTE").replace(b"#T)", b"#t)")


def test_without_fork_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    done = []
    assert supervised.supervised(lambda: done.append(os.getpid()) or True, Options(), "post.md", []) is True
    assert done == [os.getpid()]


SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGKILL] if sys.platform != "win32" else []


@pytest.mark.parametrize("sent", SIGNALS)
@pytest.mark.parametrize("kind", ["html", "pdf", "epub"])
def test_a_run_that_is_ended_leaves_the_old_output(
    sent: signal.Signals, kind: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    """At several moments of its way; either the old file is there, or the new one as a whole."""
    (tmp_path / "post.md").write_text("# T\n\n" + "word *word* `code`\n\n" * 3000, encoding="utf-8")
    whole = {"html": b"</html>", "pdf": b"%%EOF", "epub": b"PK\x05\x06"}[kind]
    out = tmp_path / f"post.{kind}"
    for wait in (0.15, 0.3, 0.5, 0.8, 1.2):
        out.write_bytes(b"old")
        command = [BIN / "fencepost", "convert", "post.md", "-o", out.name]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(sent)
        code = process.wait(timeout=60)
        data = out.read_bytes()
        assert data == b"old" or whole in data[-1100:], (wait, code, data[:20])
        assert code != 0 or data != b"old"
        if sent != signal.SIGKILL:  # what was begun beside the output is taken away
            assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".post")] == []
            assert code in (0, 128 + sent, -sent), code  # the last: Python itself was not up yet


def test_an_output_that_was_not_in_its_place_when_the_run_ended_never_is(tmp_path: Path) -> None:
    """The work goes on in a thread of its own until the process is gone."""
    (tmp_path / "post.md").write_text("# T\n", encoding="utf-8")
    out = tmp_path / "post.html"
    settings = Settings()
    post = settle(begin(str(tmp_path / "post.md"), settings), settings)
    target = formats.start_writer("html", post, out, settings)
    target.end()
    target.put(b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["post.md"]


def test_a_second_signal_does_not_wait_for_what_the_first_has_begun(tmp_path: Path) -> None:
    code = (
        "import time; from fencepost.system import signals; signals.heed_signals();"
        "signals.on_signal(lambda: time.sleep(60)); print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout and process.stdout.readline().strip() == b"up"
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):  # the first is still at work
            process.wait(timeout=0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == -signal.SIGTERM


def test_nothing_goes_through_a_shell() -> None:
    """No process of ours is begun by a shell, so a file's name cannot be a command."""
    for file in (ROOT / "fencepost").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "shell=True" not in text and "os.system(" not in text and "os.popen(" not in text, file
