"""Markdown pages of the repository and the blocks that stand in them."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.places import DOCS, ROOT

RUN = "bash"
"""Language of the blocks of commands that a test runs; those that take minutes are `console`."""

_BLOCK = re.compile(r'^```(\w*)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it is, and its text."""

    language: str
    title: str
    text: str


def all_pages() -> list[Path]:
    """Return every page of the site, and the pages beside it that a newcomer reads."""
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return [Block(*found) for found in _BLOCK.findall(page.read_text("utf-8"))]


def prose(page: Path) -> str:
    """Return a page without its fenced blocks."""
    return _BLOCK.sub("", page.read_text("utf-8"))


def commands(text: str) -> list[str]:
    """Return the lines of a text that call `rcsd`, without comments."""
    lines = (line.partition("  #")[0].strip() for line in text.splitlines())
    return [line for line in lines if line.startswith("rcsd ")]


def write_files(page: Path, folder: Path) -> None:
    """Write the blocks of a page that have a title as files of that name."""
    for block in blocks(page):
        if block.title:
            (folder / block.title).write_text(block.text, encoding="utf-8")
