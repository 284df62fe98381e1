"""Read a post's front matter, and settle its options and its dialect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fencepost.diagnostics.model import Diagnostic
from fencepost.frontmatter import reading as frontmatter
from fencepost.frontmatter.layers import head_for_pandoc, in_a_line, layered
from fencepost.frontmatter.reading import Metadata
from fencepost.markdown.input import read_bytes
from fencepost.markdown.protect import Carried, carry, decode
from fencepost.markdown.reader import dialects_of, reader_of
from fencepost.options import OF_THE_SITE, merge, spelled
from fencepost.post.model import Post
from fencepost.post.start import Begun, begin
from fencepost.settings.config import configured
from fencepost.settings.run import Settings
from fencepost.untrusted.bounds import LIMITS, check_bounds


def look(
    path: str, settings: Settings, *, read: bool = False, data: bytes | None = None, folder: Path | None = None
) -> Post:
    """Read a post's bytes and front matter, settle its options, and make its text safe for pandoc.

    With `read`, pandoc begins at once (see `begin`), and anew where the post's options want it otherwise. `data` and
    `folder` are those of a post that is in no file.

    Raises:
        FencepostError: the post, its front matter or the configuration cannot be used.
    """
    return settle(begin(path, settings, read=read, data=data, folder=folder), settings)


def settle(begun: Begun, settings: Settings) -> Post:
    """Read the front matter of a post that was begun, and settle its options.

    Raises:
        FencepostError: the front matter or the configuration cannot be used.
    """
    try:
        post = _look_closer(begun, settings)
    except BaseException:
        if begun.reading:
            begun.reading.stop()
        raise
    is_a_block = in_a_line(post.meta.title) != post.meta.title  # to pandoc, if it reads the author's own front matter
    is_a_block |= any(said.code == "control-character" for said in post.meta.warnings)  # pandoc would read its escape
    if begun.reading and (is_a_block or not begun.reading.suits(post.options)):
        begun.reading.stop()
        post.reading = None
    if post.reading is None:
        with_own_head(post, begun.carried.source)
    return post


def _look_closer(begun: Begun, settings: Settings) -> Post:
    """Read the configuration and the front matter, and settle the options."""
    is_untrusted = bool(settings.options.get("untrusted"))
    site = configured(begun.folder, settings.config, search=not is_untrusted)
    meta = _metadata(begun, settings, site.get("fields", {}))
    if LIMITS.intersection(site):
        check_bounds(begun.carried.source, begun.path, merge(site, settings.weaker, settings.options))
    unusable = [name for name, value in meta.options.items() if name in OF_THE_SITE or _is_of_others(name, value)]
    own = {name: value for name, value in meta.options.items() if name not in unusable}
    options = merge(site, settings.weaker, own, settings.options)
    said = [_not_of_a_post(name, meta, begun.path) for name in unusable]
    found = [*begun.warnings, *meta.warnings, *said]
    post = Post(begun.path, begun.folder, begun.carried, meta, options, begun.reading, found)
    return _with_dialect(post) if options.dialect == "auto" and not is_untrusted else post


def _with_dialect(post: Post) -> Post:
    """Let the post's suffix or the project that it belongs to choose the dialect, where nobody has."""
    from fencepost.settings.project import ALERT_DIALECTS, guess_dialect, magic_comments

    found = ("quarto", Path(post.path)) if post.path.endswith(".qmd") else guess_dialect(post.folder)
    if found and found[0] in ALERT_DIALECTS:
        if post.options.alerts == "auto":
            post.options, post.dialect_from = replace(post.options, alerts=found[0]), str(found[1])
    elif found:
        post.options, post.dialect_from = replace(post.options, dialect=found[0]), str(found[1])
        if found[0] == "docusaurus" and not post.options.magic_comments:
            post.options = replace(post.options, magic_comments=magic_comments(found[1]))
    return post


def _is_of_others(name: str, value: Any) -> bool:
    """Say whether an option in front matter is of another system: `template: splash`, `theme: gaia`."""
    return name in ("template", "theme", "reference_doc") and bool(value) and not Path(value).is_file()


def _not_of_a_post(name: str, meta: Metadata, path: str) -> Diagnostic:
    """Say that an option is ignored: a post may not run what it likes, and other systems have keys of the same name."""
    why = "no post may say that" if name in OF_THE_SITE else f"there is no file {meta.options[name]}"
    problem = f"`{spelled(name)}` is ignored: {why}"
    return Diagnostic(path, meta.lines.get(spelled(name)), None, "warning", "front-matter-option", problem)


def with_own_head(post: Post, text: str) -> Carried:
    """Carry a post anew, with front matter that we wrote: what pandoc formats, and what is not ours."""
    reader, dialects = reader_of(post.options), dialects_of(post.options, post.path)
    post.carried = carry(text, reader, head=head_for_pandoc(post.meta), dialects=dialects)
    return post.carried


def _metadata(begun: Begun, settings: Settings, fields: dict[str, str]) -> Metadata:
    """Lay the post's metadata between the files that are weaker and the command line that is stronger."""
    layers = [frontmatter.read(decode(read_bytes(name), name), name, 1) for name in settings.metadata_files]
    found = frontmatter.split(begun.carried.source)
    if found.front is not None:
        own = frontmatter.read(found.front, begun.path, found.front_line, found.kind, fields=fields)
        if settings.options.get("untrusted"):
            from fencepost.untrusted.post import tamed

            own = tamed(own, begun.path)
        layers.append(own)
    else:
        layers.append(Metadata())
    if settings.metadata:
        layers.append(frontmatter.read(settings.metadata, "--metadata", 1))
    return layered(*layers)
