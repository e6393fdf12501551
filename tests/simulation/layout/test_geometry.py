"""Pieces and boxes: the fast formulas against places on the pieces."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from rcsd.simulation.layout.placing.geometry import crosses, enters, overlap_depth

NUMBERS = st.integers(-20, 20).map(float)
POINTS = st.tuples(NUMBERS, NUMBERS).map(np.array)
SHARES = np.linspace(0, 1, 4001)[:, None]


@given(POINTS, POINTS, POINTS, st.tuples(st.integers(1, 15), st.integers(1, 15)))
def test_a_piece_enters_a_box_when_one_of_its_places_lies_well_inside(p, q, corner, size) -> None:
    """Places on the piece, four thousand of them, are looked for in the box, a little smaller and a little larger."""
    assume((p != q).any())
    box = np.concatenate([corner, corner + size])
    places = p + SHARES * (q - p)

    def holds(margin: float) -> bool:
        return bool(((places > box[:2] + margin) & (places < box[2:] - margin)).all(axis=1).any())

    found = bool(enters(p, q, box))
    assert found or not holds(0.02)
    assert not found or holds(-0.02)


@given(POINTS, POINTS, POINTS, POINTS)
def test_two_pieces_cross_where_both_have_a_place_inside(p, q, r, s) -> None:
    """Cramer's rule gives the share of each piece at which their lines meet."""
    matrix = np.stack([q - p, r - s], axis=1)
    if abs(np.linalg.det(matrix)) < 1e-9:
        assert not crosses(p, q, r, s)
        return
    shares = np.linalg.solve(matrix, r - p)
    if np.abs(shares * (1 - shares)).min() > 1e-9:
        assert bool(crosses(p, q, r, s)) == bool(((shares > 0) & (shares < 1)).all())


def test_boxes_overlap_by_the_lesser_of_across_and_down() -> None:
    """Boxes that share 3 by 5 overlap by 3; boxes that only touch do not."""
    a = np.array([0.0, 0.0, 10.0, 10.0])
    assert overlap_depth(a, np.array([7.0, 5.0, 20.0, 20.0])) == 3
    assert overlap_depth(a, np.array([10.0, 0.0, 20.0, 10.0])) == 0
