"""Points and boxes of a view. One convention for all formats.

x grows to the right and y downwards, in pixels at 100 % zoom (96 to an inch), as Vensim's sketch and XMILE have it. An
element is given by its centre; **width and height are whole**, where Vensim's sketch writes halves. An angle is in
degrees, counter-clockwise as seen on the screen, 0 to the right, as XMILE's.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a sheet.

    Attributes
    ----------
    x, y : float
        Pixels; x to the right, y down.
    """

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle.

    Attributes
    ----------
    left, top, right, bottom : float
        Its edges, in pixels; top is less than bottom.
    """

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Box:
        """Return the box of a width and a height around a centre."""
        return cls(centre.x - width / 2, centre.y - height / 2, centre.x + width / 2, centre.y + height / 2)

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """Its middle."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, by: float) -> Box:
        """Return the box with each edge moved outwards."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Return whether the other lies within, but for some slack."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def overlap(self, other: Box) -> tuple[float, float]:
        """Return the width and the height that two boxes share; (0, 0) if they do not."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return (wide, high) if wide > 0 and high > 0 else (0.0, 0.0)
