"""Where an arrow runs: straight, along corners, or on the arc through three points."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rcsd.simulation.views.geometry import Point

_FLAT = 1e-3
"""Three points whose triangle is flatter, relative to its longest side, lie on a line."""
_LARGEST = 50.0
"""Radii longer than so many chords are drawn straight."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a circle, or a straight line where the radius is infinite.

    Attributes
    ----------
    start, stop : Point
        Its ends.
    centre : Point or None
        Of the circle; None for a straight line.
    radius : float
        In pixels; infinite for a straight line.
    first, sweep : float
        Angle at the start and the angle passed over, in radians as x to y turns: clockwise on the screen when positive.
    """

    start: Point
    stop: Point
    centre: Point | None = None
    radius: float = math.inf
    first: float = 0.0
    sweep: float = 0.0

    def at(self, share: float) -> Point:
        """Return the place after a share of its length."""
        if self.centre is None:
            return Point(
                self.start.x + share * (self.stop.x - self.start.x), self.start.y + share * (self.stop.y - self.start.y)
            )
        angle = self.first + share * self.sweep
        return Point(
            self.centre.x + self.radius * math.cos(angle),
            self.centre.y + self.radius * math.sin(angle),
        )

    def between(self, low: float, high: float) -> Arc:
        """Return the piece between two shares of the length."""
        return Arc(
            self.at(low),
            self.at(high),
            self.centre,
            self.radius,
            self.first + low * self.sweep,
            (high - low) * self.sweep,
        )

    @property
    def length(self) -> float:
        """Pixels along it."""
        if self.centre is None:
            return math.dist((self.start.x, self.start.y), (self.stop.x, self.stop.y))
        return abs(self.sweep) * self.radius


def arc_through(start: Point, middle: Point, stop: Point) -> Arc:
    """Return the arc from one point through another to a third; a straight line if they lie on one, or nearly."""
    ax, ay = middle.x - start.x, middle.y - start.y
    bx, by = stop.x - start.x, stop.y - start.y
    chord = math.hypot(bx, by)
    cross = ax * by - ay * bx
    longest = max(chord, math.hypot(ax, ay))
    if longest == 0 or abs(cross) <= _FLAT * longest**2 or chord == 0:
        return Arc(start, stop)
    square_a, square_b = ax * ax + ay * ay, bx * bx + by * by
    cx = (by * square_a - ay * square_b) / (2 * cross)
    cy = (ax * square_b - bx * square_a) / (2 * cross)
    radius = math.hypot(cx, cy)
    if radius > _LARGEST * chord:
        return Arc(start, stop)
    centre = Point(start.x + cx, start.y + cy)
    first = math.atan2(-cy, -cx)
    through = math.atan2(middle.y - centre.y, middle.x - centre.x)
    last = math.atan2(stop.y - centre.y, stop.x - centre.x)
    turn = (last - first) % math.tau
    if (through - first) % math.tau > turn:
        turn -= math.tau
    return Arc(start, stop, centre, radius, first, turn)


def middle_of_angle(start: Point, stop: Point, angle: float) -> Point | None:
    """Return the middle of the arc that leaves its start at an angle.

    Parameters
    ----------
    start, stop : Point
        Its ends.
    angle : float
        Degrees, counter-clockwise on the screen, 0 to the right, as an XMILE connector has it.

    Returns
    -------
    Point or None
        None where the arc is a straight line.
    """
    chord = math.hypot(stop.x - start.x, stop.y - start.y)
    towards = math.atan2(start.y - stop.y, stop.x - start.x)
    bend = (math.radians(angle) - towards + math.pi) % math.tau - math.pi
    if chord == 0 or abs(math.sin(bend / 2)) < _FLAT:
        return None
    # an arc whose tangent makes the angle b with the chord c rises c/2 tan(b/2) above it
    rise = chord / 2 * math.tan(max(-1.55, min(1.55, bend / 2)))
    across = towards + math.pi / 2
    return Point(
        (start.x + stop.x) / 2 + rise * math.cos(across),
        (start.y + stop.y) / 2 - rise * math.sin(across),
    )


def angle_of_middle(start: Point, middle: Point, stop: Point) -> float:
    """Return the angle at which the arc through three points leaves its start: the inverse of `middle_of_angle`.

    Returns
    -------
    float
        Degrees from 0 up to 360, counter-clockwise on the screen, 0 to the right.
    """
    arc = arc_through(start, middle, stop)
    if arc.centre is None:
        return math.degrees(math.atan2(start.y - stop.y, stop.x - start.x)) % 360
    tangent = arc.first + math.copysign(math.pi / 2, arc.sweep)
    return math.degrees(-tangent) % 360
