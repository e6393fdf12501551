"""The site is whole: every page is in its contents, every picture and every file it names is there."""

import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from tests.docs.markdown import all_pages, blocks, commands, prose
from tests.places import DOCS, ROOT

SITE = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]
LARGEST_GALLERY = 1_500_000
PAGES = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.relative_to(ROOT).as_posix())


def in_contents(entry: object) -> Iterator[str]:
    """Yield the pages of an entry of the contents."""
    match entry:
        case str(page):
            yield page
        case list(entries):
            for each in entries:
                yield from in_contents(each)
        case dict(named):
            for each in named.values():
                yield from in_contents(each)


def test_every_page_is_in_the_contents_once() -> None:
    """The builder does not say when one is missing."""
    assert sorted(in_contents(SITE["nav"])) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


@PAGES
def test_links_and_pictures_of_a_page_are_there(page: Path) -> None:
    """The builder does not look for pictures, nor at the pages beside the site."""
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(page)):
        if not re.match(r"\w+:", target):
            assert (page.parent / target).exists(), target


@PAGES
def test_files_that_a_page_names_are_there(page: Path) -> None:
    """A path in backticks that begins with a folder of the repository has not moved."""
    folders = {each.name for each in ROOT.iterdir() if each.is_dir()}
    new = {block.title for block in blocks(page)}
    for name in re.findall(r"`([\w./-]+)`", prose(page)):
        if "NAME" not in name and "/" in name and name.split("/")[0] in folders - {"out", "site"} and name not in new:
            assert (ROOT / name).exists(), name


@PAGES
def test_commands_of_a_page_are_commands(page: Path, rcsd: Callable[..., Result]) -> None:
    """Their words are known: asking for the help of the command succeeds, and names each option."""
    inline = re.findall(r"(?:`|^ {4})(rcsd [a-z][^`\n]*)(?:`|$)", prose(page), re.MULTILINE)
    for command in {*inline, *(each for block in blocks(page) for each in commands(block.text))}:
        words = [word for word in shlex.split(command)[1:] if word not in {"\\"}]
        result = rcsd(words[0], "--help")
        assert result.exit_code == 0, command
        for option in (word.partition("=")[0] for word in words if word.startswith("--")):
            assert option in result.output, command


def test_every_command_is_on_the_page_of_commands(rcsd: Callable[..., Result]) -> None:
    """Those that `rcsd --help` lists, in whatever group."""
    listed = re.findall(r"^  ([a-z]+)  ", rcsd("--help").output.partition("Options:")[2], re.MULTILINE)
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    assert len(listed) > 10
    for command in listed:
        assert re.search(rf"^rcsd {command}\b", page, re.MULTILINE), command


def test_pictures_of_the_gallery_are_shown_and_small() -> None:
    """No picture is left over, and all of them fit into a page that loads at once."""
    pictures = sorted((DOCS / "gallery").glob("*.png"))
    shown = re.findall(r"\(gallery/([\w-]+\.png)\)", (DOCS / "gallery.md").read_text("utf-8"))
    assert sorted(shown) == [picture.name for picture in pictures]
    assert sum(picture.stat().st_size for picture in pictures) < LARGEST_GALLERY
