"""The models of the benchmarks are what their tables say."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from tests.places import BENCHMARKS


@pytest.mark.slow
def test_four_cities_are_four_times_the_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has the numbers of the city alone, and answers to constants of its own."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    from cases import cases  # noqa: PLC0415 - a script's neighbour

    *_, city, four = cases(tmp_path)
    alone = rcsd.load(city.path).simulator("interpreted").run({"Investment Rate": [0.3, 0.35]}, outputs=["GDP"])
    rates = {"Jixi Investment Rate": 0.3, "Hegang Investment Rate": 0.35}
    together = rcsd.load(four.path).simulator("interpreted").run(rates, outputs=["Jixi GDP", "Hegang GDP"])
    np.testing.assert_array_equal(together.values[0].T, alone.of("GDP"))
