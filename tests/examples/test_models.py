"""What the models of the examples must do by closed forms and conservation laws."""

import numpy as np
import pytest

import rcsd
from tests.places import EXAMPLES


def run(name: str, *outputs: str, **settings):
    """Run an example's model once with some constants; return time and one array for each output."""
    model = rcsd.load(EXAMPLES / name / f"{name}.mdl")
    ensemble = model.run(settings.pop("set", {}), outputs=list(outputs), **settings)
    return ensemble.times, *(ensemble.of(output)[0] for output in outputs)


def test_an_epidemic_ends_with_the_final_size_of_kermack_and_mckendrick():
    """ln(S(0) / S) = R0 (N - S) / N once nobody is ill: with one boy ill at first, N - S counts him."""
    fast = {"Transmission Rate": 5.0, "Recovery Rate": 2.0}
    _, susceptible, ill = run("influenza", "Susceptible", "In Bed", set=fast)
    assert ill[-1] < 1e-6
    assert np.log(762 / susceptible[-1]) == pytest.approx(2.5 * (763 - susceptible[-1]) / 763, rel=1e-5)


def test_hare_and_lynx_go_round_on_the_closed_curve_of_volterra():
    """The sum delta u - gamma ln u + beta v - alpha ln v never changes."""
    _, hares, lynx = run("hare_lynx", "Hares", "Lynx")
    level = 0.024 * hares - 0.8 * np.log(hares) + 0.028 * lynx - 0.55 * np.log(lynx)
    assert np.ptp(hares) > 30
    assert np.ptp(level) < 1e-4


def test_sales_follow_the_closed_form_of_bass():
    """F(t) = (1 - exp(-(p + q) t)) / (1 + q / p exp(-(p + q) t)) of the market has bought."""
    time, sold = run("bass_diffusion", "Sold")
    p, q, t = 0.0104, 0.419, time - 1948
    fading = np.exp(-(p + q) * t)
    np.testing.assert_allclose(sold, 16900 * (1 - fading) / (1 + q / p * fading), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("exponent", [0.0, 0.25, 1.0])
def test_coffee_cools_by_the_closed_form(exponent):
    """The excess E falls by E^-n = E(0)^-n + n k t / (reference excess)^n, exponentially where n is 0."""
    time, excess = run("coffee_cup", "Excess[Black]", set={"Convection Exponent": exponent})
    began, rate = 82.3 - 17, 0.025
    expected = (
        began * np.exp(-rate * time)
        if exponent == 0
        else (began**-exponent + exponent * rate * time / 40**exponent) ** (-1 / exponent)
    )
    np.testing.assert_allclose(excess, expected, rtol=1e-6)


def test_carbon_is_neither_made_nor_lost():
    """Air, land and sea together gain what fossil fuels give off, and nothing without them."""
    pools = ("Atmosphere", "Land", "Surface Ocean", "Deep Ocean")
    time, emitted, *carbon = run("carbon_cycle", "Fossil Emission", *pools)
    gained = np.diff(sum(carbon))
    # emissions are straight lines between the years of the table, and the run saves every year
    np.testing.assert_allclose(gained, 0.5 * (emitted[1:] + emitted[:-1]), atol=1e-6)
    assert time[0] == 1850
    assert gained.sum() > 300


def test_search_lasts_as_long_as_one_over_the_rate_of_finding_a_job():
    """In a steady state the mean duration of unemployment is one over the job finding rate."""
    _, mean, finding = run(
        "unemployment", "Mean Duration", "Job Finding Rate", set={"Job Destruction Rate": 0.0, "Separation Rate": 0.04}
    )
    assert mean[-1] / 4.345 == pytest.approx(1 / finding[-1], rel=1e-6)
    assert finding[-1] == pytest.approx(0.04 * 146000 / 7000, rel=1e-6)
