"""The wheel, as a user has it: installed into an empty environment with no compiler, at work far from the checkout.

FENCEPOST_PYTHONS names other interpreters to try it with, as PATH names folders; packages come from pip's index.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, need

PYTHONS = [sys.executable, *filter(None, os.environ.get("FENCEPOST_PYTHONS", "").split(os.pathsep))]
POST = "---\ntitle: T\n---\n\n> [!NOTE]\n> x[^1]\n\n```py {1}\na\n```\n\n[^1]: y 🚀\n"
FOLDERS = ("filters", "templates", "defaults", "custom")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need(os.environ.get("FENCEPOST_REQUIRE_TOOLS"), "an index of packages (FENCEPOST_REQUIRE_TOOLS=1)")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (found,) = folder.iterdir()
    return found


def test_it_is_of_python_alone_and_has_what_pandoc_looks_for(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for folder in FOLDERS:
        ours = {file.name for file in (ROOT / folder).iterdir() if file.is_file()}
        there = {name.rpartition("/")[2] for name in names if name.startswith(f"fencepost/data/{folder}/")}
        assert ours <= there, folder


def oldest() -> str:
    """Write the oldest releases that pyproject.toml allows as constraints."""
    needed = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
    )
    return "\n".join(
        f"{name}=={version}" for name, version in re.findall(r'^  "([\w-]+)>=([\w.]+)', needed, re.MULTILINE)
    )


@pytest.mark.parametrize(("python", "constraints"), [*((python, "") for python in PYTHONS), (sys.executable, oldest())])
def test_it_installs_without_a_compiler_and_converts(
    wheel: Path, python: str, constraints: str, tmp_path: Path
) -> None:
    subprocess.run([python, "-m", "venv", tmp_path / "env"], check=True, timeout=120)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    (tmp_path / "constraints.txt").write_text(constraints, encoding="utf-8")
    asked = ["--only-binary", ":all:", "--constraint", tmp_path / "constraints.txt"]
    install = [scripts / "python", "-m", "pip", "install", "--quiet", *asked, wheel]
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    alone = kept | {"PATH": os.defpath, "HOME": str(tmp_path / "home")}
    for words in (["convert", "post.md"], ["check", "post.md"], ["inspect", "post.md"]):
        done = subprocess.run(
            [scripts / "fencepost", *words], cwd=tmp_path, env=alone, capture_output=True, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, b""), words
    whole = {"html": b"</html>", "pdf": b"%%EOF", "epub": b"PK\x05\x06"}
    for kind, end in whole.items():
        assert end in (tmp_path / f"post.{kind}").read_bytes()[-1100:]
