"""The average over structures, and what its weights may look at."""

import numpy as np
import pytest

from rcsd.analysis.forecasting.levels import HIGH, LOW, MIDDLE
from rcsd.study.panel.scoring.averages import averaged, structure_weights
from tests.study.panel.scoring.made import archive_of, cells_of_values, normal_quantiles

CAME = np.full((3, 3, 2), 100.0)


def made():
    """Make a structure that is right, and one that is 20 % off."""
    return archive_of({"right": normal_quantiles(CAME), "off": normal_quantiles(1.2 * CAME)})


def test_the_structure_that_forecast_better_gains_from_origin_to_origin():
    """Equal at the first origin; later odds are those of the densities: ln(1.2)^2 / (2 0.1^2) a forecast."""
    weights = structure_weights(made(), "forecast", cells_of_values(CAME)).weights
    np.testing.assert_allclose(weights[:, 0], 0.5)
    apart = np.log(1.2) ** 2 / (2 * 0.1**2)
    # each origin of which something is known counts once, with its mean: 2005 in 2006, 2005 and 2006 in 2007
    np.testing.assert_allclose(np.log(weights[0] / weights[1])[1:], [apart, 2 * apart], rtol=1e-4)


def test_outcomes_after_an_origin_do_not_reach_its_weights():
    """Other values in the last years change no weight but those of origins that know them."""
    later = CAME.copy()
    later[:, 1:, 1] = 55.0  # 2006 + 2 and 2007 + 2: after every origin
    later[:, 2, 0] = 55.0  # 2007 + 1
    one, other = (structure_weights(made(), "forecast", cells_of_values(came)) for came in (CAME, later))
    np.testing.assert_array_equal(one.weights, other.weights)
    assert not np.array_equal(one.scores, other.scores)


def test_the_average_is_the_pool_with_the_weights_of_its_origin():
    """Between the two at the first origin and wider than either; next to the right one at the last."""
    archive = made()
    weights = structure_weights(archive, "forecast", cells_of_values(CAME))
    found = averaged(archive, "forecast", "gdp", weights)
    assert 100 < found[0, 0, 0, MIDDLE] < 120
    single = archive.quantiles["forecast"][0, 0, 0, 0, 0]
    assert np.log(found[0, 0, 0, HIGH] / found[0, 0, 0, LOW]) > np.log(single[HIGH] / single[LOW])
    assert found[0, 2, 0, MIDDLE] == pytest.approx(100, abs=1.5)


def test_one_structure_is_its_own_average():
    """Bit for bit."""
    archive = archive_of({"only": normal_quantiles(CAME)})
    weights = structure_weights(archive, "forecast", cells_of_values(CAME))
    np.testing.assert_array_equal(averaged(archive, "forecast", "gdp", weights), archive.quantiles["forecast"][0, 0])


def test_a_structure_for_comparison_has_no_weight_and_moves_no_other():
    """It is scored like the rest, and the average is that without it, bit for bit."""
    three = archive_of({n: normal_quantiles(f * CAME) for n, f in [("right", 1.0), ("beside", 1.1), ("off", 1.2)]})
    weights = structure_weights(three, "forecast", cells_of_values(CAME), ["right", "off"])
    without = structure_weights(made(), "forecast", cells_of_values(CAME))
    np.testing.assert_array_equal(weights.weights[1], 0)
    np.testing.assert_array_equal(weights.weights[[0, 2]], without.weights)
    assert np.isfinite(weights.scores[1]).any()
    np.testing.assert_array_equal(
        averaged(three, "forecast", "gdp", weights), averaged(made(), "forecast", "gdp", without)
    )
