"""Linked cities against cities apart, and what links gain."""

import numpy as np
import pytest

from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError
from rcsd.papers.city import compare_region, region
from rcsd.papers.city.link_gain import LinkGainSimulator, gain_in
from rcsd.papers.city.region import DECAY, KNOWLEDGE, OTHERS, PEOPLE, region_space
from rcsd.simulation.loading import load


class Closed:
    """A simulator whose output is (1 + link) times a scale, in a closed form."""

    name = "closed"
    variables = ("Output",)

    def __init__(self):
        self.constants = {"Link": 0.0, "Scale": 2.0}
        self.units = {"Link": "1/Year", "Scale": "thing", "Output": "thing"}

    def run(self, inputs=None, *, outputs=None, times=None):
        """Make the runs; the output is negative where the scale is."""
        rows = np.broadcast_arrays(
            *(np.asarray({**self.constants, **(inputs or {})}[n], float) for n in ("Link", "Scale"))
        )
        link, scale = (np.atleast_1d(row) for row in rows)
        values = ((1 + link) * scale)[:, None, None]
        n = len(values)
        return Ensemble(values, np.array([2030.0]), ("Output",), {"Output": "thing"}, np.zeros(n, int), ("",) * n, {})


@pytest.fixture(scope="module")
def loaded():
    """Return both models, read once."""
    return {name: load(name) for name in ("four_cities", "resource_city")}


def test_the_gain_is_the_change_that_the_links_make():
    """In the closed form it is the link itself, whatever the scale, beside the output that is asked for as well."""
    simulator = LinkGainSimulator(Closed(), ["Link"])
    run = simulator.run({"Link": [0.0, 0.05, 0.2], "Scale": [1.0, 3.0, 7.0]}, outputs=["Output", gain_in("Output")])
    np.testing.assert_allclose(run.of("Output")[:, 0], [1.0, 3.15, 8.4])
    np.testing.assert_allclose(run.of("Gain in Output")[:, 0], [0.0, 5.0, 20.0], atol=1e-12)
    assert run.units == {"Output": "thing", "Gain in Output": "%"}
    assert simulator.variables == ("Output", "Gain in Output")
    with pytest.raises(ModelError, match="'Gain in Nothing' is not a variable"):
        simulator.run(outputs=["Gain in Nothing"])


def test_the_comparison_holds_the_cases_that_were_asked_for(loaded, monkeypatch):
    """Without links there is nothing but the cities apart; a mobility alone has no case with both."""
    monkeypatch.setattr(region, "load", loaded.__getitem__)
    found = compare_region([0.05], 0.0)
    assert [case.name for case in found.cases] == ["knowledge 0.05"]
    assert found.people is None and found.both is None
    assert found.neutral_gap <= 1e-12
    alone = compare_region([], 0.03)
    assert [case.name for case in alone.cases] == ["people 0.03"]
    effect = found.effect(found.sweep[0])
    assert effect.shape == (3, 5, found.times.size)
    assert (effect[:, :, 0] == 0).all()  # stocks of 2000 are given
    total = found.sweep[0].values.sum(axis=1)[0, -1] / found.apart.sum(axis=1)[0, -1]
    assert effect[0, -1, -1] == pytest.approx(100 * (total - 1), rel=1e-9)


def test_what_varies_has_the_ranges_of_model_and_studies(loaded):
    """The links over their documented ranges, the co-evolution over that of the four studies."""
    space = region_space(loaded["four_cities"])
    bounds = {each.name: (each.lower, each.upper) for each in space.parameters}
    assert bounds[KNOWLEDGE] == (0, 0.1)
    assert bounds[PEOPLE] == (0, 0.06)
    assert bounds[DECAY] == (0, 2)
    assert bounds["Preference Speed"] == (1.25, 4)
    assert set(OTHERS) < set(bounds)


@pytest.mark.parametrize(
    ("links", "mobility", "decay", "message"),
    [
        ([0.05, 0.05], 0.0, 1.0, "links must grow and lie above zero; got 0.05, 0.05"),
        ([0.0, 0.05], 0.0, 1.0, "links must grow and lie above zero"),
        ([0.2], 0.0, 1.0, "Intercity Link must lie between 0 and 0.1; got 0.2"),
        ([0.05], -0.01, 1.0, "Intercity Mobility must lie between 0 and 0.06; got -0.01"),
        ([0.05], 0.0, float("nan"), "Distance Decay must lie between 0 and 2; got nan"),
    ],
)
def test_what_is_out_of_range_is_refused(links, mobility, decay, message, loaded, monkeypatch):
    """One message with the number, the rule and the name; nothing is run."""
    monkeypatch.setattr(region, "load", loaded.__getitem__)
    with pytest.raises(ParameterError, match=message):
        compare_region(links, mobility, decay)
