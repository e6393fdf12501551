"""What a study says of its parameters, on the town whose truth is known."""

import numpy as np
import pytest

from rcsd.study import calibrate_study, load_study
from rcsd.study.findings.profiles import uncertainty

POPULATION = """[series.population]
variable = "Population"
error = 0.01
[series.population.flags]
census = 0.5
broken = 0
"""


@pytest.fixture
def examined(town, tmp_path):
    """Return what is known of a town's parameters, texts of its study replaced."""

    def examine(study):
        loaded = load_study(town(study))
        return uncertainty(loaded, calibrate_study(loaded, out=tmp_path, quick=True), loaded.simulator())

    return examine


def test_a_cell_that_sets_a_constant_is_the_anchor_and_no_residual(examined):
    """Population begins with its cell of 2000: its ten residuals leave that year out, and spread from it."""
    known = examined({"broken = 0\n": "broken = 0.1\n"})
    population, gdp = known.noise
    assert population.anchor == 2000
    assert population.years.tolist() == list(range(2001, 2011))
    assert np.isnan(gdp.anchor)
    assert gdp.years.tolist() == list(range(2000, 2011))


@pytest.mark.parametrize(("centre", "drawn"), [(0.03, True), (0.002, False)])
def test_an_estimate_outside_the_data_is_laid_to_the_prior_that_holds_it_there(examined, centre, drawn):
    """A firm prior of too high an output draws the growth of output alone below the data; a weak one of its own may."""
    own, other = 'upper = 0.2\nunit = "1/Year"\n', 'unit = "yuan/(Year*person)"\n'
    known = examined(
        {
            POPULATION: "",
            own: f"{own}prior = {{ centre = {centre}, sd = 0.05 }}\n",
            other: f"{other}prior = {{ centre = 2.5, sd = 0.0005 }}\n",
        }
    )
    growth = next(profile for profile in known.profiles if profile.name == "Growth Rate")
    assert known.estimate["Growth Rate"] < growth.lower
    assert "Growth Rate" in known.conflicts
    assert ("Growth Rate" in known.drawn) == drawn
    assert "Output per Person" not in known.drawn
