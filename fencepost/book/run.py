"""One run of `fencepost book`: the plan, the chapters, the outputs."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from fencepost import formats
from fencepost.book.chapters import Chapter, in_parts, read_chapters
from fencepost.book.joined import Book, for_target
from fencepost.book.links import Atlas
from fencepost.book.plan import Plan, check_twice, given_posts, read_plan
from fencepost.diagnostics.model import Diagnostic, FencepostError
from fencepost.diagnostics.order import in_order
from fencepost.formats.convert import check_sheets
from fencepost.frontmatter.dates import Stamp
from fencepost.frontmatter.layers import layered
from fencepost.frontmatter.reading import Metadata, quoted
from fencepost.markdown.protect import Carried, decode
from fencepost.markdown.suppress import heeded
from fencepost.options import Options, merge
from fencepost.pandoc.versions import say_untested
from fencepost.post.model import Post
from fencepost.settings.command_line import Say, formats_of, settings_of
from fencepost.settings.config import find_config, paths_from, read_config
from fencepost.settings.outputs import FORMATS, USUAL, place_of
from fencepost.settings.run import Settings

YAML = (".yaml", ".yml")
DEFAULTS = {"toc": True, "toc_depth": 2}  # a book has contents: its chapters and their sections


def make_book(options: argparse.Namespace, passed: list[str], say: Say) -> int:
    """Make the book that the command line names; returns the exit code.

    Raises:
        FencepostError: the book cannot be made; outputs that were there are as they were.
    """
    settings = settings_of(options, passed)
    plan, folder = _plan(options, settings)
    check_twice(plan)
    outputs = _outputs(options, plan)

    def work() -> bool:
        return _made(plan, folder, outputs, settings, options, say)

    if not options.untrusted:
        return int(work())
    from fencepost.untrusted.supervised import supervised

    return int(supervised(work, merge(settings.options), plan.path, outputs.values()))


def _made(
    plan: Plan, folder: Path, outputs: dict[str, Path], settings: Settings, options: argparse.Namespace, say: Say
) -> bool:
    """Read the chapters and write the book; says whether it counts as failed."""
    said = {**_site(folder, settings), **paths_from(folder, plan.meta.options)}
    is_printed_apart = bool(merge(said, settings.options).for_)  # a printing house takes the cover as a file of its own
    weaker = {**DEFAULTS, "cover_page": bool(plan.meta.cover) and not is_printed_apart, **said}
    # in a chapter, what its own post says wins over the book
    reading = replace(settings, metadata="", weaker=paths_from(folder, plan.meta.options))
    chapters, faults = read_chapters(plan, reading)
    for fault in faults:
        say(fault.diagnostic.text(_text(fault.diagnostic.path)))
    if faults:
        return True
    plan = _completed(plan, chapters, next(iter(outputs.values())).stem)
    book = _book(plan, in_parts(plan, chapters), folder, merge(weaker, settings.options))
    try:
        _write(book, outputs, settings)
    finally:
        _say_all(book, say, quiet=options.quiet)
    if not options.quiet:
        say_untested(say)
    posts = [book.post, *(chapter.post for chapter in chapters)]
    return bool(options.strict) and any(said.severity == "warning" for post in posts for said in post.diagnostics)


def _plan(options: argparse.Namespace, settings: Settings) -> tuple[Plan, Path]:
    """Read the plan from a YAML file or from the posts named, then lay the command line over it."""
    sources: list[str] = options.sources
    if Path(sources[0]).suffix.lower() in YAML:
        if len(sources) > 1:
            raise _error(sources[1], "a book is one YAML file, or posts", "name the posts in the file: chapters:")
        path, folder = sources[0], Path(sources[0]).parent
        plan = read_plan(decode(_bytes(path), path), path, folder)
    else:
        path, folder = "book", Path.cwd()
        plan = Plan(path, Metadata(), given_posts(sources))
    said = {name: getattr(options, name) for name in ("title", "author", "order", "parts") if getattr(options, name)}
    lines = "".join(f"{name}: {quoted(value)}\n" for name, value in said.items())
    lines += settings.metadata
    if lines:
        meta = plan.meta
        plan = read_plan(lines, "the command line", folder, plan)
        plan = replace(plan, path=path, meta=layered(meta, plan.meta))
    return plan, folder


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _error(path, f"cannot read it: {error.strerror}") from None


def _error(path: str, problem: str, help: str = "") -> FencepostError:
    return FencepostError(Diagnostic(path, None, None, "error", "book", problem, help))


def _site(folder: Path, settings: Settings) -> dict[str, object]:
    is_untrusted = bool(settings.options.get("untrusted"))  # then what is not named is not looked for
    config = Path(settings.config) if settings.config else None if is_untrusted else find_config(folder)
    return read_config(config) if config else {}


def _outputs(options: argparse.Namespace, plan: Plan) -> dict[str, Path]:
    """Say where each format goes: `-o`, else beside the YAML file under its name, else `book` in the folder."""
    formats = formats_of(options, USUAL)
    if options.output:
        outputs = {formats[0]: place_of(options.output)}
    else:
        home = Path(plan.path) if Path(plan.path).suffix.lower() in YAML else Path("book")
        folder = Path(options.out_dir) if options.out_dir else home.parent
        outputs = {name: folder / (home.stem + FORMATS[name][0]) for name in formats}
    posts = {Path(item.path).resolve() for item in plan.items} | {Path(plan.path).resolve()}
    for out in outputs.values():
        if out.resolve() in posts:
            raise FencepostError(
                Diagnostic(str(out), None, None, "error", "output", "the output is one of the sources")
            )
    return outputs


def _completed(plan: Plan, chapters: list[Chapter], stem: str) -> Plan:
    """Fill in what the plan leaves to the posts: title, authors, date, language."""
    meta = plan.meta
    metas = [chapter.meta for chapter in chapters]
    days = [stamp.day for one in metas for stamp in (one.date, one.updated) if stamp]
    series = {said if isinstance(said := one.extra.get("series"), str) else "" for one in metas}
    name = next(iter(series)) if len(series) == 1 else ""
    languages = [one.lang for one in metas]
    return replace(plan, meta=replace(
        meta,
        title=meta.title or name or stem,
        authors=meta.authors or tuple(dict.fromkeys(author for one in metas for author in one.authors)),
        date=meta.date or (_stamp(max(days)) if days else None),
        lang=meta.lang if "lang" in meta.lines else max(languages, key=languages.count),
        tags=meta.tags or tuple(dict.fromkeys(tag for one in metas for tag in one.tags)),
        extra={"rights": " ".join(filter(None, plan.licence)) or plan.rights, "publisher": plan.publisher},
    ))  # fmt: skip


def _stamp(day: date) -> Stamp:
    return Stamp(day.isoformat(), day)


def _book(plan: Plan, chapters: list[Chapter], folder: Path, options: Options) -> Book:
    parts = tuple(chapter.post for chapter in chapters)
    post = Post(plan.path, folder, Carried("", ""), plan.meta, options, parts=parts)
    if "title" not in plan.meta.lines:
        said = f"the book has no title; it is called {plan.meta.title}"
        post.diagnostics.append(
            Diagnostic(plan.path, None, None, "note", "book", said, 'write --title "…" or `title:`')
        )
    minutes = sum(chapter.parsed.minutes for chapter in chapters)
    return Book(post, b"", [], minutes, {}, plan=plan, chapters=chapters, atlas=Atlas(chapters))


def _write(book: Book, outputs: dict[str, Path], settings: Settings) -> None:
    """Write every format; pandoc and what follows work beside us for each."""
    check_sheets(book.post)
    tasks = []
    with formats.ending() as writers:
        for name, out in outputs.items():
            own = for_target(book, name)
            level = (f"--split-level={own.chapter_level(name)}",) if name == "epub" else ()
            chosen = replace(settings, pandoc=(*level, *settings.pandoc))
            writers.append(formats.start_writer(name, own.post, out, chosen))
            tasks.append(formats.write(own, writers[-1]))
        for task in tasks:
            task.join()
    for task in tasks:
        task.result()


def _say_all(book: Book, say: Say, *, quiet: bool) -> None:
    """Say what there was to say, post by post, each in the order of its text."""
    for post in (book.post, *book.post.parts):
        if not post.options.untrusted:  # a stranger does not say what is not said
            post.diagnostics = heeded(post.diagnostics, post.carried.source)
        for diagnostic in [] if quiet else in_order(post.diagnostics):
            say(diagnostic.text(_text(diagnostic.path) if post is book.post else post.carried.source))


def _text(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
