"""Bass's diffusion: the closed form against the differential equation, Bass's own formula, and the cluster."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.papers.digital_cluster import DigitalClusterParameters, bass_path, cluster_path

YEARS = np.linspace(0, 60, 121)


@given(p=st.floats(0.001, 0.1), q=st.floats(0, 1), m=st.floats(0.1, 1), share=st.floats(0, 1))
def test_the_closed_form_solves_the_equation(p, q, m, share):
    """Its slope, by central differences, is (p + q D)(m - D), and it begins where it should."""
    path = bass_path(YEARS, external=p, imitation=q, ceiling=m, initial=share * m)
    assert path[0] == pytest.approx(share * m, abs=1e-12)
    ends = [
        bass_path(YEARS[1:] + step, external=p, imitation=q, ceiling=m, initial=share * m) for step in (1e-4, -1e-4)
    ]
    slope = (ends[0] - ends[1]) / 2e-4
    np.testing.assert_allclose(slope, (p + q * path[1:]) * (m - path[1:]), rtol=1e-5, atol=1e-8)


def test_without_first_adopters_it_is_bass_s_formula():
    """F(t) = (1 - exp(-(p+q)t))/(1 + (q/p) exp(-(p+q)t)), with its peak of adoption at ln(q/p)/(p+q) (Bass 1969)."""
    p, q = 0.03, 0.38
    falling = np.exp(-(p + q) * YEARS)
    np.testing.assert_allclose(
        bass_path(YEARS, external=p, imitation=q), (1 - falling) / (1 + q / p * falling), atol=1e-14
    )
    fine = np.linspace(0, 20, 20001)
    fastest = fine[np.argmax(np.gradient(bass_path(fine, external=p, imitation=q), fine))]
    assert fastest == pytest.approx(np.log(q / p) / (p + q), abs=0.002)


@pytest.mark.parametrize("changes", [{"saving_response": 0.0}, {"maximum_transaction_saving": 0.0}])
@pytest.mark.parametrize("quality", [0.3, 1.0])
def test_the_cluster_diffuses_as_the_closed_form_where_saving_adds_no_adopters(changes, quality):
    """With no answer to saving, or nothing saved, Digitalisation is Bass's, support and institutions in it."""
    parameters = DigitalClusterParameters(institutional_quality=quality, digital_support=2.0, **changes)
    expected = bass_path(YEARS, external=3 * 0.003, imitation=quality * 0.35, ceiling=0.95, initial=0.01)
    np.testing.assert_allclose(cluster_path(parameters, YEARS).values["Digitalisation"], expected, atol=1e-8)


def test_nothing_spreads_from_nothing():
    """Without external influence and first adopters the share stays at zero, without any influence at what it was."""
    assert (bass_path(YEARS, external=0.0, imitation=0.4) == 0).all()
    assert (bass_path(YEARS, external=0.0, imitation=0.0, initial=0.2) == 0.2).all()
