"""Damaged files: a diagram is drawn of what is left, or refused; nothing else happens."""

import random
import warnings
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rcsd.errors import ModelError, RcsdWarning
from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.svg import svg_of
from rcsd.simulation.views import View, blemishes, read_views
from tests.sketches import SKETCH, XMILE

PIECES = [
    "999999",
    "nan",
    "inf",
    "1e308",
    "-1e308",
    "-",
    '"',
    ",",
    ",,,",
    "\n",
    "|",
    "<!",
    "&x;",
    "\x00",
    "\ud800",
    "6",
    "",
]


def damaged(text: str, start: int, seed: int) -> str:
    """Return a text with some letters replaced, left out or doubled."""
    rng = random.Random(seed)
    letters = list(text)
    for _ in range(rng.randint(1, 12)):
        place, other = rng.randrange(start, len(letters)), rng.randrange(start, len(letters))
        if rng.random() < 0.8:
            letters[place : place + rng.randint(0, 4)] = [rng.choice(PIECES)]
        else:
            letters[place : place + 20] = letters[other : other + 20]
    return "".join(letters)


@pytest.mark.parametrize("text", [SKETCH, XMILE], ids=["mdl", "xmile"])
def test_a_damaged_file_is_drawn_or_refused(text: str, tmp_path: Path) -> None:
    """What is drawn is well-formed XML; most of these files still have a view."""
    suffix, mark = (".mdl", "\\\\\\---///") if text is SKETCH else (".xmile", "<views>")
    path = tmp_path / f"model{suffix}"
    drawn = 0
    for seed in range(80):
        path.write_bytes(damaged(text, text.index(mark), seed).encode(errors="surrogatepass"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RcsdWarning)
            views = views_or_refusal(path)
        for view in views:
            ET.fromstring(svg_of(picture_of(view)))
            blemishes(view, crossings=True)
            drawn += 1
    assert drawn > 25


def views_or_refusal(path: Path) -> tuple[View, ...]:
    """Return the views, none where the file is refused by a message."""
    try:
        return read_views(path)
    except ModelError as error:
        assert path.name in str(error)
        return ()
