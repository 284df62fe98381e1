"""Code with Hebrew or Arabic keeps its order, with marks of words too: on paper by place, elsewhere in the document."""

from __future__ import annotations

import re
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import pytest

from fencepost.cli.main import main
from tests.conftest import need

POST = """---
title: T
---

```python "k"
x = "שלום k0135"
k0134 مرحبا k0135 end
```

```python /print/
print("שלום", print(3), 1 + 2)
```

```python /3/
f("שלום", 3, "עולם", 4)
```

Inline `f("שלום", 3, "עולם", 4){:python}` too.
"""
# each line's pieces, in the order of the code: what stands further right on paper comes later
LINES = [
    ["x", "=", "םולש", "k0135"],
    ["k0134", "ابحرم", "k0135", "end"],
    ["print(", "םולש", "print(3)", "1", "+", "2)"],
    ["f(", "םולש", "3,", "םלוע", "4)"],
    ["Inline", "f(", "םולש", "3,", "םלוע", "4)", "too"],
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rtl")
    (folder / "post.md").write_text(POST, encoding="utf-8")
    with pytest.raises(SystemExit, match="^0$"):
        main(["convert", "--offline", "--to", "html,pdf,epub,docx,odt", str(folder / "post.md")])
    return folder


def test_in_print(made: Path) -> None:
    import shutil

    need(shutil.which("pdftotext"), "pdftotext")
    done = subprocess.run(["pdftotext", "-bbox", made / "post.pdf", "-"], capture_output=True, check=True, text=True)
    found = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', done.stdout)
    rows: dict[int, list[tuple[float, str]]] = {}
    for x, bottom, word in found:
        near = next((row for row in rows if abs(row - float(bottom)) < 5), round(float(bottom)))
        rows.setdefault(near, []).append((float(x), unescape(word)))
    printed = [" ".join(word for _, word in sorted(row)) for row in rows.values()]
    for line in LINES:
        pattern = ".*?".join(map(re.escape, line))
        assert any(re.search(pattern, row) for row in printed), (line, printed)
    assert not re.search("[\u2066-\u2069\u200e\u200f]", done.stdout)  # who copies code, copies code alone


CODE = [line for line in POST.split("\n") if re.search("[\u0590-\u06ff]", line) and "Inline" not in line]


def _text(xml: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", xml)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("name", "member"),
    [("html", ""), ("epub", "ch001"), ("docx", "word/document.xml"), ("odt", "content.xml")],
)
def test_in_documents(name: str, member: str, made: Path) -> None:
    file = made / f"post.{name}"
    if member:
        with zipfile.ZipFile(file) as pack:
            parts = [pack.read(part).decode() for part in pack.namelist() if member in part]
        xml = "".join(parts)
    else:
        xml = file.read_text(encoding="utf-8")
    words = re.sub(r"<text:s\b[^>]*/>", " ", xml)
    for line in CODE:
        assert line in _text(words), (name, line)
    if name in ("html", "epub"):  # each token stands by itself: two of Hebrew do not change places
        strings = re.findall(r'<span class="hl-s"( dir="ltr")?>([^<]*)</span>', xml)
        assert len([way for way, _ in strings if way]) >= 5
        assert all(bool(way) == bool(re.search("[\u0590-\u06ff]", text)) for way, text in strings)
