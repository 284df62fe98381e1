"""What the tests share: the tools they need, and where to look for them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples every time: a gate must not fall by chance; HYPOTHESIS_PROFILE=search looks for new ones
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
NODE_MODULES = TESTS / "tools" / "node_modules"
BIN = Path(sys.executable).parent


def need(found: object, what: str) -> None:
    """Skip a test for want of a tool, saying which; where tools are required (CI), fail."""
    if found:
        return
    if os.environ.get("FENCEPOST_REQUIRE_TOOLS"):
        pytest.fail(f"{what} is required here and is missing")
    pytest.skip(f"needs {what}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark with `corpus` each test that asks for the corpora, so that `-m corpus` runs these alone."""
    for item in items:
        if isinstance(item, pytest.Function) and "corpus" in item.fixturenames:
            item.add_marker(pytest.mark.corpus)


@pytest.fixture(scope="session")
def java() -> str:
    """Java, for the checkers that are jars."""
    found = shutil.which("java")
    need(found, "Java")
    return str(found)


@pytest.fixture(scope="session")
def chromium() -> str:
    """A Chromium to look at pages with."""
    named = os.environ.get("FENCEPOST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    need(found, "Chromium (or its path in FENCEPOST_CHROMIUM)")
    return str(found)


@pytest.fixture(scope="session")
def vnu(java: str) -> list[str]:
    """The W3C's HTML checker, as a command."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need(jar.is_file(), "vnu (npm ci --prefix tests/tools)")
    return [java, "-jar", str(jar)]


@pytest.fixture(scope="session")
def axe() -> Path:
    """The source of axe-core, to run inside a page."""
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    need(script.is_file(), "axe-core (npm ci --prefix tests/tools)")
    return script


@pytest.fixture(scope="session")
def ace(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[tuple[str, str, str]]]:
    """DAISY's Ace, as a function that lists what it finds wrong with an EPUB: (file, rule, markup)."""
    program = NODE_MODULES / ".bin" / "ace-cli"
    need(program.exists(), "DAISY Ace (npm ci --prefix tests/tools)")
    home = tmp_path_factory.mktemp("ace")

    def check(book: Path) -> list[tuple[str, str, str]]:
        out = home / book.stem
        environment = {**os.environ, "HOME": str(home), "PUPPETEER_EXECUTABLE_PATH": chromium}
        command = [str(program), "--force", "--outdir", str(out), str(book)]
        subprocess.run(command, env=environment, capture_output=True, check=True, timeout=180)
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
        assert report["earl:result"]["earl:outcome"] in ("pass", "fail")
        return [
            (page["earl:testSubject"]["url"], found["earl:test"]["dct:title"], found["earl:result"].get("html", ""))
            for page in report["assertions"]
            for found in page["assertions"]
        ]

    return check


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of posts and corpora that are not ours to commit."""
    named = os.environ.get("FENCEPOST_CORPUS")
    if not named:
        pytest.skip("needs FENCEPOST_CORPUS, a folder with posts/ and corpus/")
    return Path(named)


@pytest.fixture(scope="session")
def sample(corpus: Path) -> Path:
    """The sample post."""
    return corpus / "posts" / "why-i-love-modal.md"


@pytest.fixture(scope="session")
def showcase() -> Path:
    """Our own post, which uses every syntax."""
    return ROOT / "examples" / "showcase" / "index.md"


@pytest.fixture(scope="session")
def pandoc() -> str:
    """The pandoc that fencepost uses."""
    from fencepost.pandoc.run import binary

    return binary()


@pytest.fixture(scope="session")
def environment(pandoc: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `pandoc` and `fencepost` are found, and home is empty."""
    tools = tmp_path_factory.mktemp("bin")
    (tools / "pandoc").symlink_to(pandoc)
    home = tmp_path_factory.mktemp("home")
    path = os.pathsep.join([str(BIN), str(tools), os.environ["PATH"]])
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PANDOC_", "FENCEPOST_"))}
    own = {"PATH": path, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "SOURCE_DATE_EPOCH": "1700000000"}
    return {**kept, **own}


Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> Command:
    """Run a command as a user would, with a time limit; input and output are bytes."""

    def command(*words: str | Path, input: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(word) for word in words], input=input, capture_output=True, env=environment, cwd=cwd, timeout=120
        )

    return command


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what pandoc told an outer process from our own."""
    monkeypatch.delenv("PANDOC_READER_OPTIONS", raising=False)
    yield
