"""What a picture may cost and do: its size is read first, a drawing only draws, a server may not drip."""

from __future__ import annotations

import base64
import contextlib
import gzip
import re
import socket
import struct
import threading
import time
import zipfile
from pathlib import Path

import pytest

from fencepost.formats.convert import convert
from fencepost.images import ImageError, Images
from fencepost.images.pixels import size_of
from fencepost.images.svgclean import harmless
from fencepost.post.model import Post
from fencepost.post.settle import look
from fencepost.settings.run import Settings

SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'"
HUGE = 65_000
BIG_ENDIAN = struct.pack(">II", HUGE, HUGE)
BIG, SMALL = struct.pack("<HH", HUGE, HUGE), struct.pack("<HH", 1, 1)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 2**31 - 1, 2**31 - 1) + b"\x08\x02\x00\x00\x00"
CLAIMS = {
    "a.png":  PNG,
    "b.jpg":  b"\xff\xd8\xff\xc0\x00\x11\x08" + BIG + b"\x03" + bytes(9),
    "c.gif":  b"GIF89a" + BIG + b"\x00\x00\x00",
    "d.gif":  b"GIF89a" + SMALL + b"\x00\x00\x00,\x00\x00\x00\x00" + BIG + b"\x00\x02\x00;",  # in a frame
    "e.webp": b"RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes(4) + b"\xff\xff\x00" * 2 + bytes(8),
    "f.webp": b"RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00\x2f\xff\xff\xff\x0f" + bytes(16),
    "g.avif": b"\x00\x00\x00\x1cftypavif" + bytes(12) + b"\x00\x00\x00\x14ispe" + bytes(4) + BIG_ENDIAN,
    "h.bmp":  b"BM" + bytes(12) + struct.pack("<Iii", 40, HUGE, -HUGE) + bytes(30),
    "i.svg":  f"{SVG}><image href='data:image/png;base64,{base64.b64encode(PNG).decode()}'/></svg>".encode(),
    "j.svgz": gzip.compress(f"{SVG}>".encode() + b" " * (65 * 2**20) + b"</svg>"),
}  # fmt: skip


def made(folder: Path, text: str, kind: str, **options: object) -> Post:
    """Convert a post of some text."""
    (folder / "post.md").write_text(text, encoding="utf-8")
    settings = Settings(dict(options))
    post = look(str(folder / "post.md"), settings)
    convert(post, {kind: folder / f"post.{kind}"}, settings)
    return post


@pytest.mark.parametrize("kind", ["pdf", "epub", "docx", "odt", "html"])
def test_a_picture_that_claims_too_many_pixels_is_missing_and_the_post_is_made(kind: str, tmp_path: Path) -> None:
    for name, data in CLAIMS.items():
        (tmp_path / name).write_bytes(data)
    post = made(tmp_path, "\n\n".join(["# T", *(f"![a]({name})" for name in CLAIMS)]), kind, embed=True)
    said = [found.message for found in post.diagnostics if found.code == "image-missing"]
    assert (tmp_path / f"post.{kind}").stat().st_size > 500
    assert [name for name in CLAIMS if not any(name in message for message in said)] == []
    assert sum("million" in message for message in said) >= 9


def test_the_option_says_how_many_pixels(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF89a" + struct.pack("<HH", 2000, 1000) + b"\x00\x00\x00;")
    assert Images(tmp_path, megapixels=2).picture("a.gif").suffix == ".gif"
    with pytest.raises(ImageError, match="2000 × 1000 pixels, more than 1.5 million"):
        Images(tmp_path, megapixels=1.5).picture("a.gif")


@pytest.mark.parametrize("name", CLAIMS)
def test_sizes_are_read_of_every_kind(name: str) -> None:
    if not name.endswith((".svg", ".svgz")):
        size = size_of(CLAIMS[name])
        assert size and size[0] * size[1] > 100_000_000


SIZES = ("width='1e6' height='1e6'", "viewBox='0 0 9e5 9e5'", "width='1e20' height='1e20'", "width='10' height='1e9'")


@pytest.mark.parametrize("size", SIZES)
def test_a_drawing_of_any_size_is_drawn_for_word_in_bounds(size: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect width='9' height='9'/></svg>"
    )
    made(tmp_path, "# T\n\n![a](a.svg)\n", "docx")
    with zipfile.ZipFile(tmp_path / "post.docx") as archive:
        drawn = next(archive.read(name) for name in archive.namelist() if name.endswith(".png"))
    found = size_of(drawn)
    assert found and found[0] * found[1] <= 17_000_000


INNER = base64.b64encode(f"{SVG} onload='EVIL'><script>EVIL</script></svg>".encode()).decode()
RUNS = {
    "script":     "<script>EVIL</script>",
    "cdata":      "<script><![CDATA[ </script> EVIL ]]></script>",
    "prefixed":   "<s:script xmlns:s='http://www.w3.org/2000/svg'>EVIL</s:script>",
    "handler":    "<g onclick='EVIL'/>",
    "shouted":    "<g ONCLICK = \"EVIL\"/>",
    "a line on":  "<g\nonload='EVIL'/>",
    "link":       "<a xlink:href='javascript:EVIL'><text>x</text></a>",
    "entity":     "<a href='&#106;ava&#x0A;script:EVIL'><text>x</text></a>",
    "moved":      "<a><set attributeName='href' to='javascript:EVIL'/></a>",
    "animated":   "<a><animate attributeName='xlink:href' values='javascript:EVIL'/></a>",
    "frame":      "<foreignObject><iframe src='https://EVIL.example'></iframe></foreignObject>",
    "image":      "<image xlink:href='https://EVIL.example/a.png'/>",
    "no scheme":  "<image href='//EVIL.example/a.png'/>",
    "use":        "<use href='https://EVIL.example/a.svg#x'/>",
    "import":     "<style>@import url(https://EVIL.example/a.css); a{}</style>",
    "font":       "<style>@font-face{src:url('https://EVIL.example/a.woff')}</style>",
    "fill":       "<rect fill='url(https://EVIL.example/a.svg#x)'/>",
    "style":      "<rect style='fill:url(&quot;https://EVIL.example/#x&quot;)'/>",
    "inner":      f"<image href='data:image/svg+xml;base64,{INNER}'/>",
    "as a PNG":   f"<image href='data:image/png;base64,{INNER}'/>",
}  # fmt: skip


def said_by(svg: bytes) -> str:
    """Give a drawing with the drawings in it."""
    text = svg.decode()
    for inner in re.findall(r"base64,([\w+/=]+)", text):
        text += base64.b64decode(inner).decode("utf-8", "replace")
    return text


@pytest.mark.parametrize("what", RUNS)
def test_a_drawing_runs_and_fetches_nothing(what: str) -> None:
    svg = f"<?xml version='1.0'?><?xml-stylesheet href='EVIL'?>{SVG}>{RUNS[what]}<rect id='kept'/></svg>".encode()
    clean = harmless(svg, lambda raster: None)
    assert "EVIL" not in said_by(clean) and b"<rect id='kept'/>" in clean
    from xml.etree import ElementTree

    ElementTree.fromstring(clean)


def test_entities_of_a_head_are_written_out_and_say_nothing_else() -> None:
    head = (
        '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY bad "java"><!ENTITY script "script:EVIL">]>'
    )
    svg = f"{head}<svg xmlns='&ns;'><a href='&bad;&script;'><rect id='kept'/></a></svg>".encode()
    clean = harmless(svg, lambda raster: None)
    assert b"EVIL" not in clean and b"ENTITY" not in clean and b"http://www.w3.org/2000/svg" in clean


KEPT = (
    "<a href='https://example.org/'><text>x</text></a>", "<use href='#a'/>", "<rect fill='url(#b)'/>",
    "<style>text{font-family:'A'} @font-face{src:url(data:font/woff2;base64,AAAA)}</style>",
    "<animate attributeName='x' to='3'/>", "<!-- a <script> in words -->", "<text>on = 1, data: url(x)</text>",
    "<image href='data:image/gif;base64,R0lGODlhAQABAAAAACw='/>",
)  # fmt: skip


@pytest.mark.parametrize("part", KEPT)
def test_what_only_draws_stays_as_it_was_written(part: str) -> None:
    svg = f"{SVG}>{part}</svg>".encode()
    assert harmless(svg, lambda raster: None) == svg


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<!--",
        "<![CDATA[",
        "<style>",
        "<script>",
        " onx='",
        "url(",
        "<!ENTITY ",
        "<!DOCTYPE [",
        '<a "',
        "data:",
        'a="',
        "<?",
    ],
)
def test_a_hostile_drawing_takes_no_time(piece: str) -> None:
    start = time.process_time()
    harmless(f"{SVG} onload=''>{piece * 20_000}</svg>".encode(), lambda raster: None)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("is_untrusted", [True, False])
@pytest.mark.parametrize("kind", ["epub", "docx", "odt"])
def test_no_script_and_no_path_of_this_machine_is_packed(kind: str, is_untrusted: bool, tmp_path: Path) -> None:
    drawing = (
        f"{SVG} onload='EVIL'><script>EVIL</script><image xlink:href='https://EVIL.example/'/><rect/></svg>".encode()
    )
    (tmp_path / "a.svg").write_bytes(drawing)
    named = base64.b64encode(drawing).decode()
    text = f"# T\n\n![a](a.svg)\n\n![b](data:image/png;base64,{named})\n\nWords[^1]\n\n[^1]: ![c](a.svg)\n"
    made(tmp_path, text, kind, untrusted=is_untrusted)
    with zipfile.ZipFile(tmp_path / f"post.{kind}") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, data in parts.items() if b"EVIL" in data or b"/fencepost-" in data] == []
    assert any(name.endswith((".png", ".svg")) for name in parts)


def test_the_time_of_an_image_is_for_the_whole_of_it(tmp_path: Path) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = server.accept()
        with peer, contextlib.suppress(OSError):
            peer.recv(4096)
            peer.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a")
            for _ in range(60):
                time.sleep(0.3)
                peer.sendall(b"\x00")

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    start = time.monotonic()
    with pytest.raises(ImageError, match="could not be fetched: it took"):
        Images(tmp_path, seconds=1).picture(f"http://127.0.0.1:{server.getsockname()[1]}/a.gif")
    assert time.monotonic() - start < 4
    dripping.join(5)
    server.close()


ELSEWHERE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="40" height="40"><image width="9" height="9" xlink:href="photo.png"/>
<image href='https://example.org/b.png'/><use href="#a"/>
<image href="data:image/png;base64,AAAA"/><rect id="a" width="9" height="9"/></svg>"""


@pytest.mark.parametrize("format", ["pdf", "epub", "docx"])
def test_a_picture_that_a_drawing_only_names_is_said_to_be_left_out(format: str, tmp_path: Path) -> None:
    import fencepost

    (tmp_path / "d.svg").write_text(ELSEWHERE, encoding="utf-8")
    made = fencepost.convert("# T\n\nA ![x](d.svg) word\n", format, folder=tmp_path)
    (said,) = (item for item in made.warnings if item.code == "image-reference")
    assert (said.line, said.path) == (3, "<text>")
    assert "photo.png, https://example.org/b.png" in said.message and "data:" not in said.message
