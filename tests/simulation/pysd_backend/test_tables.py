"""Tables, and cells of data files, as PySD reads them here."""

from pathlib import Path

import numpy as np
import pytest
from pysd.py_backend.lookups import HardcodedLookups

from rcsd.errors import RcsdWarning
from rcsd.simulation.loading import load
from rcsd.simulation.pysd_backend.tables import ScalarLookups
from rcsd.simulation.reader.pysd_calls import quiet_pysd
from tests.simulation.functions.models import series, vensim

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


def test_points_that_lie_close_stay_apart(tmp_path: Path) -> None:
    """Two points at one x are a step, the first of them there; and x keep all their digits."""
    path = vensim(
        tmp_path, "edge((0,2),(3,2),(3,7),(6,7))\nat = edge(Time)\nfine((0,0),(1.23456789012,1))\nx = fine(1)"
    )
    for backend in ("pysd", "interpreted"):
        assert series(path, "at", backend)[0][:7].tolist() == [2, 2, 2, 2, 7, 7, 7]
        assert series(path, "x", backend)[0][0] == pytest.approx(1 / 1.23456789012, rel=1e-15)


def test_a_word_in_a_cell_counts_as_nought(tmp_path: Path) -> None:
    """As the message says, and as the other backends have it; alone and in an array."""
    (tmp_path / "yields.csv").write_text("6,none\n")
    path = tmp_path / "farm.mdl"
    path.write_text(
        "{UTF-8}\nField: near, far ~~|\nYield[Field] = GET DIRECT CONSTANTS('yields.csv', ',', 'A1') ~~|\n"
        "Rest = GET DIRECT CONSTANTS('yields.csv', ',', 'B1') ~~|\n"
        + "".join(f"{name} = 1 ~~|\n" for name in ("FINAL TIME", "TIME STEP", "SAVEPER"))
        + "INITIAL TIME = 0 ~~|\n"
    )
    with pytest.warns(RcsdWarning, match="a cell that holds no number counts as 0"):
        model = load(path)
        for backend in ("pysd", "interpreted"):
            run = model.run(outputs=["Yield[near]", "Yield[far]", "Rest"], backend=backend)
            assert run.values[0, -1].tolist() == [6, 0, 0]
