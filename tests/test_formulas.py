"""Formulas in print: those that Typst cannot set as pandoc writes them, and the bars of determinants."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from pages import build

from fencepost.cli.main import main
from fencepost.filters import formulas

POST = r"""# T

A $\sqrt{}$ and $e^{i\pi}$, again $\sqrt{}$.

$$
\frac{}{} + \begin{vmatrix}a & b\\ c & d\end{vmatrix}
$$
"""


def test_a_formula_that_cannot_be_set_is_printed_as_tex(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = tmp_path / "post.md"
    post.write_text(POST, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["convert", str(post), "-o", str(tmp_path / "post.pdf")])
    assert end.value.code == 0
    said = capsys.readouterr().err
    assert [line.partition(": ")[0] for line in said.splitlines() if "[formula]" in line] == [
        f"{post}:3:3", f"{post}:3:35", f"{post}:5:1",
    ]  # fmt: skip
    with pymupdf.open(tmp_path / "post.pdf") as pdf:
        words = pdf[0].get_text()
    assert words.count(r"\sqrt{}") == 2 and r"\frac{}{} + \begin{vmatrix}" in words and "𝑒" in words


@pytest.mark.parametrize(("name", "bar"), [("vmatrix", "|"), ("Vmatrix", "‖")])
def test_determinants_have_their_bars(name: str, bar: str, tmp_path: Path) -> None:
    post = rf"# T{chr(10)}{chr(10)}So $\begin{{{name}}}a & b\\ c & d\end{{{name}}}$.{chr(10)}"
    with pymupdf.open(build(tmp_path, "pdf", post)) as pdf:
        assert pdf[0].get_text().count(bar) >= 2


def test_the_refused_are_found_by_halves() -> None:
    written = b"".join(b'#[#set math.equation(alt: "%d");$%d$];' % (at, at) for at in range(100))
    tried: list[str] = []

    def sets(text: str) -> bool:
        tried.append(text)
        return "$7$" not in text and "$88$" not in text

    assert formulas.refused(written, sets) == {"7", "88"}
    assert len(tried) < 40


def test_a_formula_that_pandoc_cannot_read_is_named_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = tmp_path / "post.md"
    post.write_text("# T\n\nSo $x$ and $\\unknown{y}$.\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["convert", str(post), "--to", "html,pdf"])
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if "warning[" in line] == [
        f"{post}:3:12: warning[formula]: pandoc cannot read this formula: its TeX is printed"
    ]
