"""The dialect of a project, guessed from its files above the post."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import BIN

from fencepost.settings.project import SIGNS, guess_dialect

PROJECTS = [
    # file                        what it holds                                     the dialect
    ("docusaurus.config.ts",      "",                                               "docusaurus"),
    (".vitepress/config.mts",     "",                                               "vitepress"),
    ("astro.config.mjs",          "integrations: [starlight()]",                    "expressive-code"),
    ("mkdocs.yml",                "",                                               "pymdownx"),
    ("_quarto.yml",               "",                                               "quarto"),
    ("hugo.toml",                 "",                                               "hugo"),
    ("config.toml",               'baseURL = "https://example.org/"',               "hugo"),
    (".obsidian/app.json",        "{}",                                             "obsidian"),
    ("astro.config.mjs",          "rehypePlugins: [rehypePrettyCode] // rehype-pretty-code", "rehype-pretty-code"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "dialect"), PROJECTS)
def test_guess(name: str, text: str, dialect: str, tmp_path: Path) -> None:
    file, posts = tmp_path / name, tmp_path / "docs" / "guide"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    posts.mkdir(parents=True)
    found = guess_dialect(posts)
    assert found is not None and found[0] == dialect
    assert found[1].name == name.split("/")[0]


def test_every_sign_has_a_project() -> None:
    assert {dialect for _, _, dialect in SIGNS} == {dialect for _, _, dialect in PROJECTS}


def test_a_site_beside_its_posts_tells_too(tmp_path: Path) -> None:
    site, posts = tmp_path / "website", tmp_path / "docs" / "guide"
    site.mkdir()
    posts.mkdir(parents=True)
    assert guess_dialect(posts) is None
    (site / "docusaurus.config.ts").touch()
    assert guess_dialect(posts) == ("docusaurus", site / "docusaurus.config.ts")


def test_any_config_is_no_hugo(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("title = 1", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    assert guess_dialect(tmp_path) is None


def test_no_further_than_the_repository(tmp_path: Path) -> None:
    (tmp_path / "docusaurus.config.js").touch()
    (tmp_path / "blog" / ".git").mkdir(parents=True)
    assert guess_dialect(tmp_path / "blog") is None
    assert guess_dialect(tmp_path / "missing") in (None, ("docusaurus", tmp_path / "docusaurus.config.js"))


def _inspect(post: Path, *more: str) -> dict[str, object]:
    done = subprocess.run(
        [str(BIN / "fencepost"), "inspect", *more, str(post)], capture_output=True, text=True, timeout=60
    )
    facts: dict[str, object] = json.loads(done.stdout)
    return facts


def test_inspect_says_so(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text("```js{1}\na\n```\n", encoding="utf-8")
    assert (_inspect(post)["dialect"], _inspect(post)["dialect_from"]) == ("auto", None)
    (tmp_path / ".vitepress").mkdir()
    facts = _inspect(post)
    assert (facts["dialect"], facts["dialect_from"]) == ("vitepress", str(tmp_path / ".vitepress"))
    assert facts["blocks"][0]["highlighted_lines"] == [1]  # type: ignore[index]
    chosen = _inspect(post, "--dialect", "docusaurus")
    assert (chosen["dialect"], chosen["dialect_from"]) == ("docusaurus", None)


def test_a_qmd_post_is_quarto_s_by_itself(tmp_path: Path) -> None:
    (tmp_path / "astro.config.mjs").write_text("", encoding="utf-8")
    post = tmp_path / "post.qmd"
    post.write_text("# Post\n", encoding="utf-8")
    assert _inspect(post)["dialect"] == "quarto"


def test_front_matter_wins(tmp_path: Path) -> None:
    (tmp_path / ".vitepress").mkdir()
    post = tmp_path / "post.md"
    post.write_text("---\ndialect: expressive-code\n---\n\n```js ins={1}\na\n```\n", encoding="utf-8")
    facts = _inspect(post)
    assert facts["dialect"] == "expressive-code"
    assert facts["blocks"][0]["ins"] == [1]  # type: ignore[index]
