"""Our scalar look-up gives the numbers of PySD's own."""

import numpy as np
import pytest
from pysd.py_backend.lookups import HardcodedLookups

from rcsd.simulation.pysd_backend.tables import ScalarLookups
from rcsd.simulation.reader.pysd_calls import quiet_pysd

X, Y = [0.0, 1.0, 2.5, 4.0], [1.0, 3.0, -2.0, 0.5]


@pytest.mark.parametrize("how", ["interpolate", "extrapolate", "hold_backward"])
def test_a_table_gives_the_numbers_of_pysd(how: str) -> None:
    """At its points, between them and beyond its ends."""
    tables = [kind(X, Y, {}, how, {}, "table") for kind in (ScalarLookups, HardcodedLookups)]
    for table in tables:
        table.initialize()
    for x in [-3.0, -0.1, *X, *np.linspace(0.05, 3.95, 21), 4.1, 9.0]:
        with quiet_pysd():
            ours, theirs = (table(x) for table in tables)
        assert ours == pytest.approx(theirs, rel=1e-14, abs=1e-14)


def test_a_table_replaced_by_a_constant_is_that_constant() -> None:
    """PySD lets a table be set to a number; that path is its own."""
    table = ScalarLookups(X, Y, {}, "interpolate", {}, "table")
    table.initialize()
    table.set_values(7.0)
    assert table(1.5) == 7.0
