"""Chinese names in a figure: a font of the system lends the letters, or one line says that there is none."""

import warnings

import pytest
from matplotlib import font_manager

from rcsd.errors import RcsdWarning
from rcsd.report.drawing import letters
from rcsd.report.drawing.save import save_bytes
from rcsd.report.drawing.style import house_style, new_figure


def drawn(title: str) -> bytes:
    """Draw a figure of a title alone."""
    with house_style():
        figure = new_figure()
        figure.suptitle(title)
    svg, _ = save_bytes(figure)
    return svg()


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of fonts that the system is taken to have beside those of matplotlib."""
    own = [font for font in font_manager.fontManager.ttflist if font.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    letters.families.cache_clear()
    yield own
    letters.families.cache_clear()


@pytest.mark.usefixtures("fonts")
def test_letters_that_no_font_has_are_said_in_one_line() -> None:
    """One warning for two letters in two formats; Latin text has none."""
    with pytest.warns(RcsdWarning, match="no font has letters such as '煤'.*Noto Sans CJK") as caught:
        drawn("煤炭产量")
    assert len(caught) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn("Coal, 10³ t")


def test_a_chinese_font_of_the_system_stands_after_the_own_one(fonts: list) -> None:
    """The first of a list; the figures' own font goes before it, so that Latin figures stay as they are."""
    for name in ("SimHei", "Noto Sans CJK SC"):
        fonts.append(font_manager.FontEntry(fname="/none", name=name))
    letters.families.cache_clear()
    assert letters.families() == ["DejaVu Sans", "Noto Sans CJK SC"]
