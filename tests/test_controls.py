"""Control characters that escapes in front matter make: no output holds one, and each is said."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.dom import minidom

import pytest
from conftest import Command

FRONTS = {
    "YAML": ("---\n{}\n---\n", '{}: "Cleaning C:\\builds\\0x\\e\\x01\\uffff"'),
    "TOML": ("+++\n{}\n+++\n", '{} = "Cleaning C:\\builds\\u0000x\\u001b"'),
    "JSON": ("{{\n{}\n}}\n", '"{}": "Cleaning C:\\builds\\u0000x\\u001b"'),
}
FIELDS = (
    "title",
    "subtitle",
    "description",
    "author",
    "tags",
    "categories",
    "keywords",
    "canonical",
    "rights",
    "cover_alt",
)


@pytest.mark.parametrize("kind", FRONTS)
@pytest.mark.parametrize("field", FIELDS)
def test_no_output_holds_one(tmp_path: Path, run: Command, kind: str, field: str) -> None:
    whole, line = FRONTS[kind]
    (tmp_path / "a.md").write_text(whole.format(line.format(field)) + "\nWords.\n", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "--to", "html,epub,docx,odt", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    said = done.stderr.decode()
    assert said.count("a.md:2:") == 1 and "warning[control-character]" in said and "U+0008" in said
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f]", page)
    for suffix in ("epub", "docx", "odt"):
        with zipfile.ZipFile(tmp_path / f"a.{suffix}") as book:
            for name in book.namelist():
                if name.endswith((".xml", ".opf", ".xhtml", ".ncx", ".rels")):
                    minidom.parseString(book.read(name))


def test_a_backslash_in_single_quotes_is_one(tmp_path: Path, run: Command) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 'C:\\builds'\ndescription: C:\\b\n---\n\nWords.\n", encoding="utf-8")
    done = run("fencepost", "convert", "a.md", "-o", "a.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "C:\\b" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["html", "epub", "docx", "pdf"])
def test_references_to_control_characters_are_replaced(tmp_path: Path, run: Command, kind: str) -> None:
    text = '# T\n\na&#8;b [c](d&#x1F;) `e&#8;f` <b title="&#14;">x</b> &#65; &#9; &#12;y\n'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = run("fencepost", "convert", "--offline", "a.md", "-o", f"a.{kind}", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / f"a.{kind}").exists()
    assert b"a.md:3:2: warning[control-character]: &#8; is a control character: U+FFFD is printed" in done.stderr
    assert done.stderr.count(b"control-character") == 1
    if kind == "html":
        page = (tmp_path / "a.html").read_text(encoding="utf-8")
        assert "a\ufffdb" in page and "e&amp;#8;f" in page and 'title="\ufffd"' in page and "A" in page
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
