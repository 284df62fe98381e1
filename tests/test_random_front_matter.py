"""Front matter of any keys and any values: no traceback, no words lost, and `check` and `convert` agree."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from fencepost.cli.main import main
from fencepost.settings.values import FIELDS

OTHERS = [
    # keys of other systems, and what templates of pandoc call their variables
    "layout", "permalink", "tags", "draft", "emoji", "links", "aliases", "weight", "math", "body", "dir", "stylesheet",
    "book", "header-includes", "include-before", "css", "template", "toc-title", "mainfont", "papersize", "margin",
    "geometry", "documentclass", "variables", "filters", "hero", "features", "sidebar_position", "slug", "authors",
    "cover", "image", "published", "date", "lastmod", "title", "description", "lang", "bibliography", "nocite", "x",
]  # fmt: skip
VALUES = [
    "true", "false", "null", "~", "0", "-1", "3.5", "1e999", ".nan", "2020-01-01", "2020-13-45", "''", '"😸"', "auto",
    "no", "a: b", "[a, b]", "[]", "{}", "{a: [1, {b: c}]}", "|\n  many\n  lines", ">-\n  folded", "*a", "&a x",
    '"C:\\\\b"', '"C:\\b"', "'it''s'", "#x", "<b>x</b>", "$$x$$", "`code`", "[x](y.md)", "@cite", "\\newpage", "[[x]]",
    "!!binary aGk=", "!custom x", "0x1F", "12:30:00", "a\tb", "../../etc", "https://example.org/a b", "%x", "[a", '"',
]  # fmt: skip


def front_matter(seed: int) -> str:
    """Write up to six keys with a value each."""
    chosen = random.Random(seed)
    names = [*OTHERS, *(name.replace("_", "-") for name in FIELDS)]
    keys = chosen.sample(names, chosen.randint(1, 6))
    return "".join(f"{key}: {chosen.choice(VALUES)}\n" for key in keys)


def code_of(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    return int(left.value.code or 0), said.out + said.err


@pytest.mark.parametrize("seed", [*range(40), 297])
def test_any_front_matter(seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    head = front_matter(seed)
    post, page = tmp_path / "a.md", tmp_path / "a.html"
    post.write_text(f"---\n{head}---\n\n# Heading\n\nfirst words `code` last\n", encoding="utf-8")
    converted, said = code_of(capfd, "convert", "--offline", str(post), "-o", str(page))
    checked, found = code_of(capfd, "check", "--to", "html", str(post))
    assert (converted == 0) == page.exists()
    assert (": error[" in said) == (": error[" in found), (head, said, found)
    assert not converted or checked, (head, said, found)
    if page.exists():
        shown = re.sub(r"<[^<>]*>", "", page.read_text(encoding="utf-8"))
        assert "first words code last" in shown, head


@pytest.mark.parametrize("value", ["1e999", "-1e999", ".nan", "1e300"])
def test_an_endless_limit_is_no_number(value: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    post = tmp_path / "a.md"
    post.write_text(f"---\ntypst-timeout: {value}\n---\n\n# T\n\nwords\n", encoding="utf-8")
    code, said = code_of(capfd, "convert", "--offline", str(post), "-o", str(tmp_path / "a.pdf"))
    assert code == 0 and (tmp_path / "a.pdf").exists()
    assert "warning[front-matter-option]: `typst-timeout` is ignored: a number was expected" in said
