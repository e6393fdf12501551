"""A drawing: drawn when it is first asked for, and once."""

import pytest
from matplotlib.figure import Figure

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import house_style, new_figure


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the formats in which figures are saved from now on."""
    formats: list[str] = []
    save = Figure.savefig

    def noting(figure: Figure, *words: object, **settings: object) -> None:
        formats.append(str(settings["format"]))
        save(figure, *words, **settings)

    monkeypatch.setattr(Figure, "savefig", noting)
    return formats


def line() -> Drawing:
    """Return a figure of one line, all of whose settings are the report's."""
    with house_style():
        figure = new_figure()
        figure.add_subplot().plot([0, 1], [0, 1])
        return Drawing("line", *save_bytes(figure), "A line rises.", "It rises.")


def test_a_figure_is_drawn_when_it_is_asked_for(saved):
    """Its words cost nothing; either format brings both, and neither is drawn twice."""
    drawing = line()
    assert (drawing.name, drawing.alt, drawing.wide) == ("line", "A line rises.", False)
    assert saved == []
    assert drawing.png.startswith(b"\x89PNG")
    assert saved == ["svg", "png"]
    assert b"<svg" in drawing.svg
    assert drawing.png is drawing.png
    assert saved == ["svg", "png"]


def test_the_format_asked_for_first_changes_no_byte():
    """PNG before SVG gives the bytes of SVG before PNG: the layout is that of the same format."""
    first, second = line(), line()
    svg, png = first.svg, first.png
    assert (second.png, second.svg) == (png, svg)
