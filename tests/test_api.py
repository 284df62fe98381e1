"""Fencepost from Python, as `docs/api.md` shows it."""

from __future__ import annotations

import gc
import pickle
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import fencepost
from fencepost.diagnostics import model

TEXT = "---\ntitle: T\n---\n\n> [!NOTE]\n> x[^1]\n\n```py title=\"a.py\" {1}\na = 1\n```\n\n[^1]: y\n"  # fmt: skip
STARTS = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "epub": b"PK\x03\x04", "docx": b"PK\x03\x04", "odt": b"PK"}


def test_one_format_of_a_string() -> None:
    made = fencepost.convert(TEXT, to="html")
    assert (made.files, made.diagnostics) == ({}, ())
    assert b"a.py" in made.bytes["html"]


def test_every_format_of_a_string() -> None:
    made = fencepost.convert(TEXT, to=list(STARTS))
    assert set(made.bytes) == set(STARTS)
    assert all(made.bytes[name].startswith(start) for name, start in STARTS.items())


def test_files_from_a_path(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text(TEXT, encoding="utf-8")
    made = fencepost.convert(post, ["html", "epub"], out=tmp_path / "out")
    assert made.files == {name: tmp_path / "out" / f"post.{name}" for name in ("html", "epub")}
    assert all(file.is_file() for file in made.files.values())
    assert made.bytes == {}
    assert fencepost.convert(str(post), "pdf", out=tmp_path / "x.pdf").files["pdf"].read_bytes()[:5] == b"%PDF-"


def test_bytes_are_those_of_the_command(tmp_path: Path, run: Any) -> None:
    (tmp_path / "post.md").write_text(TEXT, encoding="utf-8")
    assert run("fencepost", "convert", "post.md", "-o", "post.html", "--toc", cwd=tmp_path).returncode == 0
    made = fencepost.convert(tmp_path / "post.md", "html", toc=True)
    assert made.bytes["html"] == (tmp_path / "post.html").read_bytes()


def test_images_of_a_string_are_found_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert fencepost.convert("![x](a.svg)\n", "html", folder=tmp_path).warnings == ()
    (missing,) = fencepost.convert("# T\n\n![x](a.svg)\n", "html", folder=tmp_path / "none").warnings
    assert (missing.code, missing.path, missing.line) == ("image-missing", "<text>", 3)


def test_metadata_is_stronger_than_front_matter() -> None:
    page = fencepost.convert(TEXT, "html", metadata={"title": "Mine: [a]", "tags": ["x", "y"]}).bytes["html"].decode()
    assert "<title>Mine: [a]</title>" in page
    assert 'content="x, y"' in page


def test_check_and_inspect_say_what_the_commands_say() -> None:
    assert [item.code for item in fencepost.check("# T\n\n[^x]\n")] == ["footnote-undefined"]
    assert [item.code for item in fencepost.check(Path("none.md"))] == ["input"]
    assert fencepost.inspect(TEXT)["blocks"][0]["title"] == "a.py"


def test_a_post_for_more_than_one_call() -> None:
    post = fencepost.Post(TEXT, toc=True)
    assert post.check() == ()
    assert post.convert("html").bytes == post.convert("html").bytes
    assert post.inspect()["metadata"]["title"] == "T"


def test_a_post_that_is_not_trusted(tmp_path: Path) -> None:
    made = fencepost.convert("# T\n\n<script>x()</script>\n\nwords\n", "html", untrusted=True)
    assert b"<script>x()" not in made.bytes["html"]
    assert {item.code for item in made.diagnostics} == {"untrusted-html"}
    made = fencepost.convert("# T\n", "html", untrusted=True, out=tmp_path / "t.html")
    assert made.files["html"].is_file()
    with pytest.raises(fencepost.LimitError, match="limit-time"):
        fencepost.convert("# T\n", "pdf", untrusted=True, max_seconds=0.01)


FAILS = [
    ({"source": Path("none.md")}, fencepost.InputError, "input"),
    ({"source": "---\ntitle: [\n---\n"}, fencepost.InputError, "front-matter"),
    ({"source": "# T\n", "tok": True}, fencepost.OptionError, "option"),
    ({"source": "# T\n", "toc": "yes"}, fencepost.OptionError, "option"),
    ({"source": "# T\n", "emoji": "blue"}, fencepost.OptionError, "option"),
    ({"source": "# T\n", "to": "rtf"}, fencepost.OptionError, "format"),
    ({"source": "# T\n", "to": []}, fencepost.OptionError, "format"),
    ({"source": "# T\n", "template": "none.html"}, fencepost.OptionError, "template"),
    ({"source": "# T\n", "config": "none.yaml"}, fencepost.OptionError, "config"),
    ({"source": "# T\n", "max_size": 0.000001}, fencepost.LimitError, "limit-size"),
    ({"source": "# T\n", "to": ["html", "pdf"], "out": "x.pdf"}, fencepost.OutputError, "output"),
    ({"source": "# T\n", "out": "/dev/null/x.html"}, fencepost.OutputError, "output"),
    ({"source": "A \U00013000\n", "to": "pdf", "pdf_standard": "a-2b"}, fencepost.StandardNotMetError, "pdf-standard"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "code"), FAILS)
def test_what_stops_a_call_is_an_error_of_its_kind(given: dict[str, Any], kind: type[Exception], code: str) -> None:
    with pytest.raises(kind) as raised:
        fencepost.convert(**{"to": "html", **given})
    error = raised.value
    assert isinstance(error, fencepost.FencepostError)
    assert error.diagnostic.code.startswith(code)
    assert str(error).startswith(error.diagnostic.place())
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.diagnostic) == (type(error), error.diagnostic)


def test_every_code_of_an_error_has_a_class() -> None:
    used = set()
    for file in (ROOT / "fencepost").rglob("*.py"):
        used |= set(re.findall(r'"error", "([a-z-]+)"', file.read_text(encoding="utf-8")))
    errors = {code: fencepost.FencepostError(fencepost.Diagnostic("", 1, 0, "error", code, "")) for code in used}
    plain = {code for code, error in errors.items() if type(error) is fencepost.FencepostError}
    assert used and plain == set()
    for kind in set(model.CLASSES.values()):
        assert kind.__name__ in (fencepost.FencepostError.__doc__ or "")
        assert kind.__name__ in fencepost.__all__


def test_the_process_is_left_as_it_was(tmp_path: Path) -> None:
    def state() -> tuple[Any, ...]:
        handlers = tuple(signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM))
        return gc.isenabled(), handlers, sys.stdout, sys.stderr, sys.stdout.errors, Path.cwd(), sys.getrecursionlimit()

    from fencepost.cli.main import main

    before = state()
    fencepost.convert(TEXT, ["html", "pdf", "epub"])
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["convert", str(tmp_path / "a.md"), "--to", "html"])
    assert state() == before


def test_threads_make_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    texts = [TEXT.replace("T\n", f"T{number}\n", 1) for number in range(4)]
    alone = [fencepost.convert(text, ["html", "pdf", "epub"]).bytes for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: fencepost.convert(text, ["html", "pdf", "epub"]).bytes, texts))
    assert together == alone


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    code = "import sys, fencepost; print(sorted(name for name in sys.modules if name.startswith('fencepost')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "['fencepost', 'fencepost.version']"
    assert dir(fencepost) == sorted(fencepost.__all__)
    assert all(getattr(fencepost, name) for name in fencepost.__all__)


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "fencepost", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"fencepost {fencepost.__version__}")


MANUAL = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_manual_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the manual, one after the other, in a folder with the post that it names."""
    (tmp_path / "post.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    examples = re.findall(r"^```python\n(.*?)^```$", MANUAL, re.M | re.S)
    assert len(examples) > 4
    for example in examples:
        exec(compile(example, "docs/api.md", "exec"), names)
    for name in fencepost.__all__:
        assert re.search(rf"\b{name}\b", MANUAL), name


def test_the_manual_is_well_typed(tmp_path: Path) -> None:
    """The examples pass mypy's strict mode, so the package's types reach a program that uses it."""
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```$", MANUAL, re.M | re.S))
    (tmp_path / "program.py").write_text(examples, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
