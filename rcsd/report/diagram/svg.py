"""A picture -> SVG. Text stays text, and is as wide as it was measured whatever font the reader has."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from rcsd.report.diagram.ink import PAPER
from rcsd.report.diagram.shapes import Item, Picture, Stroke, Words
from rcsd.simulation.views.text import LINE, text_width
from rcsd.simulation.writer.xmile.xml import clean

_FONTS = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"
_BASELINE = 0.84
"""From the top of a line to its baseline, in ems: the middle of the small letters is the middle of the line."""
_ANCHORS = {"left": "end", "right": "start"}
_HALO = 3.0


def svg_of(picture: Picture, *, titles: bool = True) -> str:
    """Return a picture as the text of an SVG file, the same for the same picture.

    Variables carry ``data-v`` with their name, and arrows ``data-from`` and ``data-to``.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    titles : bool
        Whether a pointer over a variable shows what is told of it; a page may do that itself.
    """
    box = picture.box
    view = f"{_number(box.left)} {_number(box.top)} {_number(box.width)} {_number(box.height)}"
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{view}" font-family={quoteattr(_FONTS)} '
        f'role="img" aria-label={_attribute(picture.title)}>'
    )
    ground = (
        f'<rect x="{_number(box.left)}" y="{_number(box.top)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" fill="{PAPER}"/>'
    )
    title = [f"<title>{_text(picture.title)}</title>"] if titles else []
    return "\n".join([start, *title, ground, *(_item(item, titles=titles) for item in picture.items), "</svg>", ""])


def _item(item: Item, *, titles: bool) -> str:
    inside = "".join(_words(shape) if isinstance(shape, Words) else _stroke(shape) for shape in item.shapes)
    attributes = f" data-v={_attribute(item.key)}" if item.key else ""
    if item.joins:
        attributes += f" data-from={_attribute(item.joins[0])} data-to={_attribute(item.joins[1])}"
    title = f"<title>{_text(item.title)}</title>" if titles and item.title else ""
    return f"<g{attributes}>{title}{inside}</g>"


def _stroke(stroke: Stroke) -> str:
    path = "".join(name + " ".join(map(_number, values)) for name, values in stroke.segments)
    fill = stroke.fill or "none"
    line = f' stroke="{stroke.line}" stroke-width="{_number(stroke.width)}"' if stroke.line else ""
    dash = f' stroke-dasharray="{" ".join(map(_number, stroke.dash))}"' if stroke.dash else ""
    return f'<path d="{path}" fill="{fill}"{line}{dash}/>'


def _words(words: Words) -> str:
    anchor = _ANCHORS.get(words.side, "middle")
    x = {"end": words.box.right, "start": words.box.left}.get(anchor, words.box.centre.x)
    style = [f'font-size="{_number(words.size)}"', f'fill="{words.colour}"', f'text-anchor="{anchor}"']
    style += ['font-weight="bold"'] * words.bold + ['font-style="italic"'] * words.italic
    style += ['text-decoration="underline"'] * words.underline
    if words.halo:
        style.append(
            f'paint-order="stroke" stroke="{words.halo}" stroke-width="{_number(_HALO)}" stroke-linejoin="round"'
        )
    lines = "".join(_line(text, x, k, words) for k, text in enumerate(words.lines) if text)
    return f"<text {' '.join(style)}>{lines}</text>"


def _line(text: str, x: float, place: int, words: Words) -> str:
    y = words.box.top + words.size * (LINE * place + _BASELINE)
    wide = text_width(text, words.size, bold=words.bold)
    exact = f' textLength="{_number(wide)}" lengthAdjust="spacingAndGlyphs"' if len(text) > 1 else ""
    return f'<tspan x="{_number(x)}" y="{_number(y)}"{exact}>{_text(text)}</tspan>'


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    return escape(clean(text))


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
