"""Posteriors of two examples beside those that others have published, of the same model with the same priors."""

import numpy as np
import pytest

from rcsd.study import load_study, run_to
from rcsd.study.steps.posterior import POSTERIOR
from tests.places import EXAMPLES

INFLUENZA = {
    "Transmission Rate": (1.73, 1.64, 1.85),
    "Recovery Rate": (0.54, 0.45, 0.64),
}
"""Median and 95 % of Grinsztajn, Semenova, Margossian and Riou 2021, from 4,000 draws of Stan."""

HARE_LYNX = {
    "Hare Growth Rate": (0.545, 0.064, 0.465, 0.630),
    "Predation Rate": (0.028, 0.004, 0.022, 0.033),
    "Lynx Death Rate": (0.803, 0.092, 0.692, 0.926),
    "Lynx Growth per Hare": (0.024, 0.004, 0.020, 0.029),
    "Initial Hares": (33.956, 2.856, 30.415, 37.630),
    "Initial Lynx": (5.933, 0.535, 5.273, 6.614),
    "error of hares": (0.250, 0.045, 0.200, 0.307),
    "error of lynx": (0.252, 0.044, 0.200, 0.309),
}
"""Mean, standard deviation, 10 and 90 % of Carpenter 2018, from 4,000 draws of Stan, rounded to a thousandth."""


def posterior_of(name, out):
    """Sample the posterior of an example, every criterion met; return its draws, those of the errors too, by name."""
    study = load_study(EXAMPLES / name)
    found = run_to(study, (POSTERIOR,), out=out)[POSTERIOR]
    assert found.posterior is not None
    assert tuple(found.faults) == ()
    draws = found.posterior.draws
    series = [target.series.name for target in study.targets]
    return dict(zip(draws.names, draws.values.T, strict=True)) | draws.noise_columns(series)


@pytest.mark.slow
def test_the_posterior_of_the_influenza_is_the_published_one(tmp_path):
    """Medians within a third of a published standard deviation, ends of the 95 % interval within a half."""
    draws = posterior_of("influenza", tmp_path)
    for name, (median, low, high) in INFLUENZA.items():
        sd = (high - low) / 3.92
        found = np.quantile(draws[name], [0.5, 0.025, 0.975])
        np.testing.assert_allclose(found[0], median, atol=sd / 3, err_msg=name)
        np.testing.assert_allclose(found[1:], [low, high], atol=sd / 2, err_msg=name)


@pytest.mark.slow
def test_the_posterior_of_hare_and_lynx_is_the_published_one(tmp_path):
    """Means within a fifth of a published standard deviation, ends of the 80 % interval within a third."""
    draws = posterior_of("hare_lynx", tmp_path)
    for name, (mean, sd, low, high) in HARE_LYNX.items():
        values = draws[name]
        np.testing.assert_allclose(values.mean(), mean, atol=sd / 5 + 0.0005, err_msg=name)
        np.testing.assert_allclose(np.quantile(values, [0.1, 0.9]), [low, high], atol=sd / 3 + 0.0005, err_msg=name)
