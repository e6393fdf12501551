"""A diagram -> files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rcsd.errors import ParameterError
from rcsd.files import together, write_bytes_atomic
from rcsd.names import canonical
from rcsd.report.diagram.choosing import Diagram
from rcsd.report.diagram.page import page_of
from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.png import png_of
from rcsd.report.diagram.shapes import Picture
from rcsd.report.diagram.sheet import sheet_of
from rcsd.report.diagram.svg import svg_of

SUFFIXES = (".svg", ".png", ".html")
_NO_LETTER = re.compile(r"[^\w]+")


def drawn(diagram: Diagram, suffix: str) -> bytes:
    """Return a diagram as the content of a file: its view, or the sheet of all its views.

    Parameters
    ----------
    diagram : Diagram
        What is drawn.
    suffix : str
        One of `SUFFIXES`.

    Raises
    ------
    ParameterError
        For another suffix, and where there is no view.
    """
    kind = suffix.lower()
    if kind not in SUFFIXES:
        raise ParameterError(f"a diagram is written as {', '.join(SUFFIXES)}; got {suffix or 'no suffix'}")
    if not diagram.views:
        raise ParameterError(f"{diagram.name}: has no variable, and so nothing to draw")
    pictures = _pictures(diagram)
    if kind == ".html":
        return page_of(diagram.name, pictures, diagram.told).encode()
    return _written(sheet_of(diagram.name, pictures), kind)


def write_diagram(diagram: Diagram, path: str | Path, *, each: bool = False) -> tuple[Path, ...]:
    """Write a diagram.

    Parameters
    ----------
    diagram : Diagram
        What is drawn.
    path : str or Path
        Where; the suffix says what is written: .svg, .png, or .html, which has a tab for each view.
    each : bool
        Whether each view is written to a file of its own as well, named after it.

    Returns
    -------
    tuple of Path
        What was written; the sheet of all views first.

    Raises
    ------
    ParameterError
        For another suffix.
    OutputError
        When a file cannot be written.
    """
    whole = Path(path)
    contents = {whole: drawn(diagram, whole.suffix)}
    if each:
        names = _names(diagram)
        for name, picture in zip(names, _pictures(diagram), strict=True):
            target = whole.with_name(f"{whole.stem}-{name}{whole.suffix}")
            kind = whole.suffix.lower()
            one = page_of(picture.title, [picture], diagram.told).encode() if kind == ".html" else None
            contents[target] = one or _written(picture, kind)
    with together():
        for target, content in contents.items():
            write_bytes_atomic(target, content)
    return tuple(contents)


def _pictures(diagram: Diagram) -> Sequence[Picture]:
    titles = {key: told.text for key, told in diagram.told.items()}
    return [picture_of(view, titles) for view in diagram.views]


def _written(picture: Picture, kind: str) -> bytes:
    return png_of(picture) if kind == ".png" else svg_of(picture).encode()


def _names(diagram: Diagram) -> list[str]:
    """Return a part of a file's name for each view, none twice."""
    names: list[str] = []
    for number, view in enumerate(diagram.views, 1):
        name = _NO_LETTER.sub("-", canonical(view.name)).strip("-")[:60] or str(number)
        while name in names:
            name = f"{name}-{number}"
        names.append(name)
    return names
