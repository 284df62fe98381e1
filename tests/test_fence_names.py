"""Names of files that other tools' fences have are titles where nobody chose a dialect, and mark nothing."""

from __future__ import annotations

import pytest

from fencepost.fence import read_fence, resolve_fence

READS = {
    # language             meta                                   language   title
    ("tsx",                'filename="app/page.tsx"'):          ("tsx",      "app/page.tsx"),
    ("ts",                 "file='src/b.ts' {1}"):              ("ts",       "src/b.ts"),
    ("tsx",                'filename="a/b.tsx" switcher'):      ("tsx",      "a/b.tsx"),
    ("vue",                "[app/pages/index.vue]"):            ("vue",      "app/pages/index.vue"),
    ("ts",                 "[app/[id]/page.ts]"):               ("ts",       "app/[id]/page.ts"),
    ("js:title=src/a.js",  ""):                                 ("js",       "src/a.js"),
    ("js:src/a.js",        "{1}"):                              ("js",       "src/a.js"),
    ("js:next.config.js",  ""):                                 ("js",       "next.config.js"),
    ("diff-js:site.js",    ""):                                 ("diff",     "site.js"),
    ("js",                 "src/App.js active"):                ("js",       "src/App.js"),
    ("rust,ignore",        ""):                                 ("rust",     None),
    ("rust,linenos,hl_lines=1", ""):                            ("rust",     None),
    ("js",                 'title="t" [a.js]'):                 ("js",       "t"),
    ("c++",                ""):                                 ("c++",      None),
    ("js:line-numbers",    ""):                                 ("js:line-numbers", None),
    ("diff-js",            ""):                                 ("diff-js",  None),
    ("js",                 "/a.js/"):                           ("js",       None),
    ("js",                 '"a.js"'):                           ("js",       None),
    ("js",                 "showLineNumbers"):                  ("js",       None),
    ("js",                 "{1} a.js"):                         ("js",       None),
}  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), READS.items())
def test_names_are_read(written: tuple[str, str], wanted: tuple[str, str | None]) -> None:
    fence = read_fence(*written)
    assert (fence.lang, fence.title) == wanted


def test_a_name_marks_no_word() -> None:
    fence = read_fence("ts", '[a/pages/b.ts] file="c/pages/d" /pages/')
    assert [(word.text, fence.meta[word.column :][:7]) for word in fence.words] == [("pages", "/pages/")]
    assert len(resolve_fence(fence, "let pages").chars) == 1


def test_the_chosen_dialect_of_rehype_knows_no_names() -> None:
    assert read_fence("js", "[a.js]", "rehype-pretty-code").title is None
