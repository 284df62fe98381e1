"""Posts in the dialect for Hypothesis: every construct, nested, and no word twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st


@dataclass
class Written:
    """A post and its words: those of the body as they are read, and those that stand elsewhere (titles, notes, alt)."""

    text: str = ""
    words: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    count: int = 0

    def new(self) -> str:
        self.count += 1
        return f"w{self.count}q"

    def word(self) -> str:
        self.words.append(self.new())
        return self.words[-1]

    def other(self) -> str:
        self.elsewhere.append(self.new())
        return self.elsewhere[-1]

    def note(self) -> str:
        """Cite a new note; its text is written at the end."""
        label = f"n{len(self.notes)}"
        self.notes.append(f"[^{label}]: {self.other()} *{self.other()}*\n\n    {self.other()}\n")
        return f"[^{label}]"


def _inline(draw: Any, post: Written) -> str:
    kind = draw(st.sampled_from([
        "word", "word", "emph", "strong", "code", "link", "image", "note", "kbd", "strike", "escape", "auto", "break",
        "quote", "formula", "option",
    ]))  # fmt: skip
    ways = {
        "word": lambda: post.word(),
        "emph": lambda: f"*{post.word()}*",
        "strong": lambda: f"**{post.word()} {post.word()}**",
        "code": lambda: f"`{post.word()}`",
        "link": lambda: f"[{post.word()}](https://example.org/{draw(st.integers(0, 9))})",
        "image": lambda: f"![{post.other()}](none.png)",
        "note": lambda: post.word() + post.note(),
        "kbd": lambda: f"<kbd>{post.word()}</kbd>",
        "strike": lambda: f"~~{post.word()}~~",
        "escape": lambda: draw(st.sampled_from([r"\*", r"\[^x]", "&lt;", "&amp;", "\\`"])) + post.word(),
        "auto": lambda: f"<https://example.org/{post.word()}>",
        "break": lambda: f"{post.word()}  \n{post.word()}",
        "quote": lambda: f'"{post.word()}"',
        "formula": lambda: f"$x$ {post.word()}",
        "option": lambda: f"--{post.word()}",
    }
    return ways[kind]()


def _line(draw: Any, post: Written) -> str:
    return " ".join([post.word(), *(_inline(draw, post) for _ in range(draw(st.integers(0, 4))))])


def _one_line(draw: Any, post: Written) -> str:
    return _line(draw, post).replace("  \n", " ")


def _fence(draw: Any, post: Written) -> list[str]:
    lang = draw(st.sampled_from(["", "python", "js", "text", "nonsense"]))
    code = [post.word() for _ in range(draw(st.integers(1, 3)))]
    metas = {
        "title": lambda: f'title="{post.other()}"',
        "caption": lambda: f'caption="{post.other()}"',
        "lines": lambda: "{1}",
        "word": lambda: f"/{code[0]}/",
        "numbers": lambda: "showLineNumbers{3}",
    }
    chosen = draw(st.lists(st.sampled_from(sorted(metas)), unique=True, max_size=3)) if lang else []
    mark = draw(st.sampled_from(["```", "~~~~"]))
    return [" ".join([mark + lang, *(metas[name]() for name in chosen)]), *code, mark]


def _table(draw: Any, post: Written) -> list[str]:
    rows = draw(st.integers(1, 3))
    head = f"| {post.word()} | {post.word()} |"
    return [head, "|---|:-:|", *(f"| {post.word()} | **{post.word()}** |" for _ in range(rows))]


def _inside(lines: list[str], first: str, rest: str) -> list[str]:
    return [(first if not number else rest) + line if line or ">" in rest else "" for number, line in enumerate(lines)]


def _block(draw: Any, post: Written, depth: int) -> list[str]:
    leaves = ["para", "para", "heading", "fence", "table", "rule"]
    nests = ["quote", "alert", "titled alert", "bullets", "numbers", "container", "details"] if depth < 3 else []
    kind = draw(st.sampled_from(leaves + nests))
    ways = {
        "para": lambda: _line(draw, post).split("\n"),
        "heading": lambda: [f"{'#' * draw(st.integers(2, 4))} {_one_line(draw, post)}"],
        "fence": lambda: _fence(draw, post),
        "table": lambda: _table(draw, post),
        "rule": lambda: ["***"],
        "quote": lambda: _inside(_blocks(draw, post, depth + 1), "> ", "> "),
        "alert": lambda: _inside([f"[!{draw(_ALERT)}]", *_blocks(draw, post, depth + 1)], "> ", "> "),
        "titled alert": lambda: _inside(
            [f"[!{draw(_ALERT)}] {post.word()}", "", *_blocks(draw, post, depth + 1)], "> ", "> "
        ),
        "bullets": lambda: _inside(_blocks(draw, post, depth + 1), "- ", "  "),
        "numbers": lambda: _inside(_blocks(draw, post, depth + 1), "1. ", "   "),
        "container": lambda: [f":::{draw(_ALERT).lower()}", "", *_blocks(draw, post, depth + 1), "", ":::"],
        "details": lambda: [
            f"<details><summary>{post.word()}</summary>", "", *_blocks(draw, post, depth + 1), "", "</details>",
        ],
    }  # fmt: skip
    return ways[kind]()


_ALERT = st.sampled_from(["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])


def _blocks(draw: Any, post: Written, depth: int) -> list[str]:
    out: list[str] = []
    for _ in range(draw(st.integers(1, 3 if depth else 6))):
        out += [*_block(draw, post, depth), ""]
    return out[:-1]


@st.composite
def posts(draw: Any) -> Written:
    """Write a post."""
    post = Written()
    head = f"---\ntitle: {post.other()} *{post.other()}*\n---\n\n"
    body = "\n".join(_blocks(draw, post, 0))
    post.text = head + body + "\n\n" + "\n".join(post.notes)
    return post
