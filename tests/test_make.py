"""A blog's own Makefile that includes ours: three formats, incremental, in parallel, one output a post."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Command

MAKEFILE = "POSTS := $(wildcard posts/*.md posts/*/index.md)\ninclude $(shell fencepost datadir)/fencepost.mk\n"
ALL = {f"{stem}.{suffix}" for stem in ("one", "two", "three") for suffix in ("html", "pdf", "epub")}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (tmp_path / "posts" / "three").mkdir(parents=True)
    for name in ("one.md", "two.md", "three/index.md"):
        (tmp_path / "posts" / name).write_text(f"# {name}\n\ntext\n", encoding="utf-8")
    return tmp_path


def built(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


def make(run: Command, folder: Path, *words: str) -> str:
    done = run("make", *words, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_all_posts_in_parallel_and_only_what_is_old(run: Command, blog: Path) -> None:
    assert make(run, blog, "-j2").count("fencepost convert") == 9
    assert built(blog / "build") == ALL
    assert "fencepost convert" not in make(run, blog, "-j2")
    later = (blog / "build" / "two.pdf").stat().st_mtime + 10
    os.utime(blog / "posts" / "two.md", (later, later))
    assert make(run, blog, "-n").count("fencepost convert") == 3


def test_one_post_one_format(run: Command, blog: Path) -> None:
    make(run, blog, "html", "POST=posts/one.md", "OUT=site/pages")
    assert built(blog / "site" / "pages") == {"one.html"}
    make(run, blog, "epub", "POST=posts/three/index.md", "OUT=site/pages")
    assert built(blog / "site" / "pages") == {"one.html", "three.epub"}
    assert not (blog / "build").exists()


def test_configuration_makes_anew(run: Command, blog: Path) -> None:
    make(run, blog, "html")
    (blog / "fencepost.yaml").write_text("smart: false\n", encoding="utf-8")
    later = (blog / "build" / "one.html").stat().st_mtime + 10
    os.utime(blog / "fencepost.yaml", (later, later))
    assert make(run, blog, "-n", "html").count("fencepost convert") == 3


def test_flags(run: Command, blog: Path) -> None:
    make(run, blog, "html", "POST=posts/one.md", "FENCEPOST_FLAGS=--fragment")
    assert (blog / "build" / "one.html").read_text(encoding="utf-8").lstrip().startswith("<")
    assert "<html" not in (blog / "build" / "one.html").read_text(encoding="utf-8")


def test_two_posts_with_one_output(run: Command, blog: Path) -> None:
    (blog / "posts" / "three.md").write_text("again", encoding="utf-8")
    done = run("make", cwd=blog)
    assert done.returncode != 0
    assert b"two posts would be one output" in done.stderr
    assert built(blog / "build") == set()


def test_a_post_that_fails_leaves_nothing(run: Command, blog: Path) -> None:
    (blog / "posts" / "two.md").write_bytes(b"\xff")
    done = run("make", "-k", cwd=blog)
    assert done.returncode != 0
    assert built(blog / "build") == {name for name in ALL if not name.startswith("two")}


NAMES = [
    "it's",
    "a&b",
    "a$b",
    "a$(b)c",
    "a#b",
    'q"r',
    "a`b`c",
    "a>b",
    "a!b",
    "a,b",
    "a@b",
    "a\\b",
    "a*b",
    "a[b]",
    "~x",
    "é",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_command(run: Command, blog: Path, name: str) -> None:
    (blog / "posts" / f"{name}.md").write_text("# T\n", encoding="utf-8")
    before = {file.name for file in blog.iterdir()}
    make(run, blog, "html")
    assert f"{name}.html" in built(blog / "build")
    assert {file.name for file in blog.iterdir()} == before | {"build"}
