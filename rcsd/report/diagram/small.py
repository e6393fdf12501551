"""A picture as a small SVG, for an image within a page: no names, every style said once, strokes of a kind in one path.

It looks as `svg_of` draws it, at half the size and less.
"""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape

from rcsd.report.diagram.ink import PAPER
from rcsd.report.diagram.shapes import Item, Picture, Stroke, Words
from rcsd.simulation.views.text import LINE, text_width
from rcsd.simulation.writer.xmile.xml import clean

_FONTS = "Helvetica,Arial,'Liberation Sans','Nimbus Sans',sans-serif"
_BASELINE = 0.84
_ANCHORS = {"left": "end", "right": "start"}
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def small_svg(picture: Picture) -> str:
    """Return a picture as the text of a small SVG, the same for the same picture."""
    box, styles = picture.box, _Styles()
    view = f"{_number(box.left)} {_number(box.top)} {_number(box.width)} {_number(box.height)}"
    body = "".join(
        _arrows(list(group), styles) if is_arrow else "".join(_item(item, styles) for item in group)
        for is_arrow, group in groupby(picture.items, key=lambda item: bool(item.joins))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(box.width)}" height="{_number(box.height)}" '
        f'viewBox="{view}"><style>svg{{background:{PAPER};font-family:{_FONTS}}}{styles.rules}</style>{body}</svg>'
    )


class _Styles:
    """Styles by the class that has each."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def name(self, style: str) -> str:
        """Return the class of a style."""
        place = len(self._known)
        letters = _LETTERS[place % len(_LETTERS)] + (str(place // len(_LETTERS)) if place >= len(_LETTERS) else "")
        return self._known.setdefault(style, letters)

    @property
    def rules(self) -> str:
        """All of them."""
        return "".join(f".{name}{{{style}}}" for style, name in self._known.items())


def _arrows(items: list[Item], styles: _Styles) -> str:
    """Write arrows that follow one another: strokes of one style share a path, for it does not matter which lies above.

    Their signs come last, as each lies on what is drawn before it.
    """
    paths: dict[str, list[str]] = {}
    words: list[str] = []
    for item in items:
        for shape in item.shapes:
            if isinstance(shape, Words):
                words.append(_words(shape, styles))
            else:
                paths.setdefault(styles.name(_style(shape)), []).append(_path(shape))
    drawn = "".join(f'<path class="{name}" d="{"".join(each)}"/>' for name, each in paths.items())
    return drawn + "".join(words)


def _item(item: Item, styles: _Styles) -> str:
    return "".join(
        _words(shape, styles)
        if isinstance(shape, Words)
        else f'<path class="{styles.name(_style(shape))}" d="{_path(shape)}"/>'
        for shape in item.shapes
    )


def _style(stroke: Stroke) -> str:
    parts = [f"fill:{stroke.fill or 'none'}"]
    if stroke.line:
        parts += [f"stroke:{stroke.line}", f"stroke-width:{_number(stroke.width)}"]
    if stroke.dash:
        parts.append(f"stroke-dasharray:{' '.join(map(_number, stroke.dash))}")
    return ";".join(parts)


def _path(stroke: Stroke) -> str:
    return "".join(name + " ".join(map(_number, values)) for name, values in stroke.segments)


def _words(words: Words, styles: _Styles) -> str:
    anchor = _ANCHORS.get(words.side, "middle")
    x = {"end": words.box.right, "start": words.box.left}.get(anchor, words.box.centre.x)
    parts = [f"font-size:{_number(words.size)}px", f"fill:{words.colour}", f"text-anchor:{anchor}"]
    parts += ["font-weight:bold"] * words.bold + ["font-style:italic"] * words.italic
    parts += ["text-decoration:underline"] * words.underline
    if words.halo:
        parts.append(f"paint-order:stroke;stroke:{words.halo};stroke-width:3;stroke-linejoin:round")
    name = styles.name(";".join(parts))
    return "".join(_line(text, x, k, words, name) for k, text in enumerate(words.lines) if text)


def _line(text: str, x: float, place: int, words: Words, name: str) -> str:
    y = words.box.top + words.size * (LINE * place + _BASELINE)
    wide = text_width(text, words.size, bold=words.bold)
    exact = f' textLength="{_number(wide)}"' if len(text) > 1 else ""
    return f'<text class="{name}" x="{_number(x)}" y="{_number(y)}"{exact}>{escape(clean(text))}</text>'


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
