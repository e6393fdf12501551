"""INT of an XMILE file rounds down, as that format says."""

from pathlib import Path

import pytest

from rcsd.simulation.loading import load

MODEL = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<sim_specs><start>0</start><stop>1</stop><dt>1</dt></sim_specs>
<model><variables>
<aux name="a"><eqn>-2.5</eqn></aux>
<aux name="y"><eqn>INT(a)</eqn></aux>
</variables></model></xmile>
"""


@pytest.mark.parametrize("backend", ["compiled", "interpreted"])
def test_int_rounds_down(tmp_path: Path, backend: str) -> None:
    """The greatest whole number that is not greater: -3 for -2.5, 2 for 2.5."""
    path = tmp_path / "m.xmile"
    path.write_text(MODEL, "utf-8")
    found = load(path).simulator(backend).run({"a": [-2.5, 2.5, -3.0]}, outputs=["y"])
    assert found.of("y")[:, 0].tolist() == [-3.0, 2.0, -3.0]
