"""Links between the posts of a book lead to the chapter that their path names, and to no other of the same name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Command

POSTS = {
    "index.md": "Home",
    "cli.md": "Top",
    "a/cli.md": "Auth",
    "a/x.md": "X",
    "b/cli.md": "Other",
    "b/my file.md": "Spaces",
    "b/README.md": "Read me",
    "c/index.md": "Folder",
    "c/2024-01-02-dated.md": "Dated",
}  # fmt: skip
IDS = {
    "Top": "cli", "Auth": "cli-1", "Other": "cli-2", "Spaces": "my-file", "Read me": "readme",
    "Folder": "c", "Dated": "dated",
}  # fmt: skip
LINKS = [
    # the post, its link, the chapter (empty: none, and a diagnostic says so; None: none, and nothing is said)
    ("a/x.md", "cli.md", "Auth"),
    ("a/x.md", "./cli.md#run", "Auth"),
    ("a/x.md", "../cli.md", "Top"),
    ("a/x.md", "../b/cli.md", "Other"),
    ("a/x.md", "../b/cli", "Other"),
    ("a/x.md", "../b/cli.html", "Other"),
    ("a/x.md", "../cli/", "Auth"),  # as a page of a site: out of the post's own folder
    ("a/x.md", "../../b/cli/", "Other"),
    ("a/x.md", "../b/my%20file.md", "Spaces"),
    ("a/x.md", "../b/", "Read me"),
    ("a/x.md", "../b/README.md", "Read me"),
    ("a/x.md", "../c/", "Folder"),
    ("a/x.md", "../c/index.md", "Folder"),
    ("a/x.md", "../c/dated", "Dated"),
    ("a/x.md", "/b/cli", "Other"),
    ("a/x.md", "/docs/a/cli/", "Auth"),
    ("a/x.md", "/cli", "Top"),
    ("c/index.md", "../cli/", "Top"),
    ("a/x.md", "../reference/cli.md#run", ""),
    ("a/x.md", "../reference/cli/", ""),
    ("a/x.md", "../reference/cli", ""),
    ("a/x.md", "/reference/dated.md", ""),
    ("a/x.md", "https://example.org/cli", None),
]  # fmt: skip


@pytest.mark.parametrize(("post", "link", "wanted"), LINKS)
def test_a_link_leads_by_its_path(tmp_path: Path, run: Command, post: str, link: str, wanted: str | None) -> None:
    for name, title in POSTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        words = f"[here]({link})" if name == post else "Words."
        (tmp_path / name).write_text(f"---\ntitle: {title}\n---\n\n{words}\n\n## Run\n", encoding="utf-8")
    done = run("fencepost", "book", *POSTS, "-o", "book.html", cwd=tmp_path)
    page = (tmp_path / "book.html").read_text(encoding="utf-8")
    target = re.search(r'<a\s[^>]*?href="([^"]*)"[^>]*>here</a>', page)
    assert target is not None
    if not wanted:
        assert not target[1].startswith("#")
        assert ("book-link" in done.stderr.decode()) == (wanted == "")
        return
    assert target[1] == "#" + IDS[wanted] + (".run" if "#run" in link else "")
    assert f'id="{target[1][1:]}"' in page
