"""What is placed: labels and symbols, joined to bodies that move as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rcsd.simulation.layout.text import as_written, beside_size, label_size

Role = Literal["stock", "auxiliary", "flow", "shadow", "valve", "cloud"]
Side = Literal["top", "bottom", "left", "right"]

RADIUS: Final = 9.0
"""Of Stella's circle of an auxiliary or a flow."""
STOCK_HEIGHT: Final = 40.0
VALVE: Final = (12.0, 16.0)
CLOUD: Final = (20.0, 16.0)
CLOUD_ROOM: Final = (20.0, 17.0)
"""Half of what the larger cloud of Stella's takes, bumps included."""
_STOCK_AIR: Final = 12.0
STOCK_SYMBOL: Final = (45.0, 35.0)
"""Stella's shadow of a stock, whose name stands beside it."""


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
    """

    role: Role
    name: str
    x: float
    y: float
    width: float
    height: float
    room: tuple[float, float, float, float]


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


def label(role: Role, name: str, *, boxed: bool = False) -> Body:
    """Return the body of a variable that stands alone, its centre the origin; `boxed` is a shadow of a stock."""
    words = as_written(name, shadow=role == "shadow")
    width, height = label_size(words)
    symbol = STOCK_SYMBOL[1] if boxed else 2 * RADIUS
    room = _label_room(words, width, height, symbol)
    return Body((Glyph(role, name, 0.0, 0.0, width, height, room),))


def _label_room(words: str, width: float, height: float, symbol: float) -> tuple[float, float, float, float]:
    """Room of a name in Vensim, and of a symbol of some height with its name in Stella, both around one middle."""
    half = max(width, beside_size(words)[0]) / 2
    high = max(height, symbol + beside_size(words)[1]) / 2
    return (-half, -high, half, high)


def stock(name: str, x: float, y: float, *, width: float = 0.0, height: float = STOCK_HEIGHT) -> Glyph:
    """Return a stock, its name inside."""
    least = label_size(name)
    wide, high = max(width, least[0] + _STOCK_AIR), max(height, least[1] + 6)
    return Glyph("stock", name, x, y, wide, high, (-wide / 2, -high / 2, wide / 2, high / 2))


def valve(name: str, x: float, y: float) -> Glyph:
    """Return a valve; its room holds Stella's circle too."""
    return Glyph("valve", name, x, y, *VALVE, (-RADIUS, -RADIUS, RADIUS, RADIUS))


def cloud(x: float, y: float) -> Glyph:
    """Return the cloud at the end of a pipe."""
    return Glyph("cloud", "", x, y, *CLOUD, (-CLOUD_ROOM[0], -CLOUD_ROOM[1], CLOUD_ROOM[0], CLOUD_ROOM[1]))


def flow_name(name: str, x: float, y: float, side: Side) -> Glyph:
    """Return the name of a flow beside its valve, which stands at a place."""
    width, height = label_size(name)
    wide, away = max(width, beside_size(name)[0]), RADIUS + 3
    high = max(height, beside_size(name)[1])
    if side in ("top", "bottom"):
        near, far = height / 2, high - height / 2
        if side == "bottom":
            return Glyph("flow", name, x, y + away + near, width, height, (-wide / 2, -near, wide / 2, far))
        return Glyph("flow", name, x, y - away - near, width, height, (-wide / 2, -far, wide / 2, near))
    near, far = width / 2, wide - width / 2
    if side == "right":
        return Glyph("flow", name, x + away + near, y, width, height, (-near, -high / 2, far, high / 2))
    return Glyph("flow", name, x - away - near, y, width, height, (-far, -high / 2, near, high / 2))
