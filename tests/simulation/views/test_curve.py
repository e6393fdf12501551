"""Arcs against the geometry of the circle."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rcsd.simulation.views import Point
from rcsd.simulation.views.curve import angle_of_middle, arc_through, middle_of_angle

COORDINATE = st.integers(-500, 500).map(float)
POINT = st.builds(Point, COORDINATE, COORDINATE)


def test_half_a_circle_has_half_the_circumference():
    """From (-1, 0) over (0, -1), which is above on a screen, to (1, 0): clockwise, length pi."""
    arc = arc_through(Point(-1, 0), Point(0, -1), Point(1, 0))
    assert (arc.centre.x, arc.centre.y, arc.radius) == pytest.approx((0, 0, 1), abs=1e-12)
    assert arc.sweep == pytest.approx(math.pi)
    assert arc.length == pytest.approx(math.pi)


def test_three_quarters_are_drawn_the_long_way_round():
    """The point in the middle decides which of the two arcs is meant."""
    arc = arc_through(Point(1, 0), Point(-math.sqrt(0.5), math.sqrt(0.5)), Point(0, -1))
    assert arc.sweep == pytest.approx(1.5 * math.pi)


@given(POINT, POINT, POINT)
def test_an_arc_passes_through_all_three_points(start, middle, stop):
    """Each is as far from the centre as the radius, and the ends are the ends."""
    arc = arc_through(start, middle, stop)
    assume(arc.centre is not None)
    for point in (start, middle, stop):
        assert math.dist((point.x, point.y), (arc.centre.x, arc.centre.y)) == pytest.approx(arc.radius, rel=1e-6)
    assert (arc.at(0).x, arc.at(0).y) == pytest.approx((start.x, start.y), abs=1e-3)
    assert (arc.at(1).x, arc.at(1).y) == pytest.approx((stop.x, stop.y), abs=1e-3)
    assert min(math.dist((p.x, p.y), (middle.x, middle.y)) for p in map(arc.at, [k / 400 for k in range(401)])) <= (
        arc.length / 400
    )


@pytest.mark.parametrize("middle", [Point(5, 0), Point(5, 0.001), Point(20, 0)])
def test_points_on_a_line_make_a_line(middle):
    """Three points on a line have no circle."""
    arc = arc_through(Point(0, 0), middle, Point(10, 0))
    assert arc.centre is None
    assert arc.length == 10


def test_an_angle_of_a_right_angle_to_the_chord_is_a_semicircle():
    """XMILE counts from the right, against the clock: 90 degrees from the left end is up."""
    middle = middle_of_angle(Point(0, 0), Point(10, 0), 90)
    assert (middle.x, middle.y) == pytest.approx((5, -5))


@given(POINT, POINT, st.integers(0, 359))
def test_angle_and_middle_are_inverse(start, stop, angle):
    """An arc's angle at its start gives its middle, and the middle the angle."""
    assume(math.dist((start.x, start.y), (stop.x, stop.y)) > 20)
    middle = middle_of_angle(start, stop, angle)
    towards = math.degrees(math.atan2(start.y - stop.y, stop.x - start.x))
    bend = (angle - towards + 180) % 360 - 180
    assume(5 < abs(bend) < 170)
    assert (angle_of_middle(start, middle, stop) - angle + 180) % 360 - 180 == pytest.approx(0, abs=1e-6)
