"""What is placed: labels and symbols, joined to bodies that move as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rcsd.simulation.layout.text import as_written, height_beside, label_size, line_width

Role = Literal["stock", "auxiliary", "flow", "shadow", "valve", "cloud"]
Side = Literal["top", "bottom", "left", "right"]

RADIUS: Final = 9.0
"""Of Stella's circle of an auxiliary or a flow."""
STOCK_HEIGHT: Final = 40.0
VALVE: Final = (12.0, 16.0)
CLOUD: Final = (20.0, 16.0)
_STOCK_AIR: Final = 12.0
_STOCK_SYMBOL: Final = (45.0, 35.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A label or a symbol.

    Attributes
    ----------
    role : str
        What it is; a ``flow`` is the flow's name, beside its ``valve``.
    name : str
        Of the variable; "" for a cloud.
    x, y : float
        Of its centre, from the body's origin.
    width, height : float
        Whole, as Vensim draws it.
    room : tuple of float
        What it takes in either notation, from its centre: left, top, right, bottom, with signs.
    below : bool
        Whether Stella's name stands under the symbol, not over it.
    """

    role: Role
    name: str
    x: float
    y: float
    width: float
    height: float
    room: tuple[float, float, float, float]
    below: bool = True


@dataclass(frozen=True, slots=True)
class Tube:
    """A flow's pipe within a body: corner points from the source to the target, and the glyphs that it joins."""

    flow: str
    source: int
    target: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Glyphs that keep their places to one another; the first gives it its name."""

    glyphs: tuple[Glyph, ...]
    tubes: tuple[Tube, ...] = ()


def label(role: Role, name: str) -> Body:
    """Return the body of a variable that stands alone, its centre the origin."""
    words = as_written(name, shadow=role == "shadow")
    width, height = label_size(words)
    return Body((Glyph(role, name, 0.0, 0.0, width, height, _label_room(words, width, height)),))


def _label_room(words: str, width: float, height: float) -> tuple[float, float, float, float]:
    """Room of a name in Vensim, or of a circle over a name on one line in Stella, one drawn over the other."""
    half = max(width, line_width(words)) / 2
    high = max(height, 2 * RADIUS + height_beside(words)) / 2
    return (-half, -high, half, high)


def stock(
    name: str, x: float, y: float, *, width: float = 0.0, height: float = STOCK_HEIGHT, below: bool = False
) -> Glyph:
    """Return a stock; Stella writes its name over the box, or under it."""
    least = label_size(name)
    wide, high = max(width, least[0] + _STOCK_AIR), max(height, least[1] + 6)
    half = max(wide, line_width(name)) / 2
    beside = max(high / 2, _STOCK_SYMBOL[1] / 2 + height_beside(name))
    over, under = (high / 2, beside) if below else (beside, high / 2)
    return Glyph("stock", name, x, y, wide, high, (-half, -over, half, under), below)


def valve(name: str, x: float, y: float) -> Glyph:
    """Return a valve; its room holds Stella's circle too."""
    return Glyph("valve", name, x, y, *VALVE, (-RADIUS, -RADIUS, RADIUS, RADIUS))


def cloud(x: float, y: float) -> Glyph:
    """Return the cloud at the end of a pipe."""
    return Glyph("cloud", "", x, y, *CLOUD, (-CLOUD[0] / 2, -CLOUD[1] / 2, CLOUD[0] / 2, CLOUD[1] / 2))


def flow_name(name: str, x: float, y: float, side: Side) -> Glyph:
    """Return the name of a flow beside its valve, which stands at a place."""
    width, height = label_size(name)
    wide, away = max(width, line_width(name)), RADIUS + 3
    high = max(height, height_beside(name))
    if side in ("top", "bottom"):
        near, far = height / 2, high - height / 2
        if side == "bottom":
            return Glyph("flow", name, x, y + away + near, width, height, (-wide / 2, -near, wide / 2, far))
        return Glyph("flow", name, x, y - away - near, width, height, (-wide / 2, -far, wide / 2, near))
    near, far = width / 2, wide - width / 2
    if side == "right":
        return Glyph("flow", name, x + away + near, y, width, height, (-near, -high / 2, far, high / 2))
    return Glyph("flow", name, x - away - near, y, width, height, (-far, -high / 2, near, high / 2))
