"""Reads the worked examples out of the documentation, so that a test runs what a reader copies."""

import re
from pathlib import Path

from tests.places import DOCS

_BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def files_of(page: str) -> dict[str, str]:
    """Return the blocks of a page that have a title, which is the path of a file, with their text."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return {match["title"]: match["text"] for match in _BLOCK.finditer(text) if match["title"]}


def write_files(files: dict[str, str], folder: Path) -> None:
    """Write files below a folder; none may be there before."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), f"{name} exists: the page promises new files only"
        path.write_text(text, encoding="utf-8")
