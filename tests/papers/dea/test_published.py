"""Published tables, to their printed digits."""

import numpy as np
import pandas as pd
import pytest

from rcsd.papers.dea import DeaData, dea, malmquist, model_of, scale_efficiency
from tests.papers.dea.oracles import FRIED, TONE, data_of


def tone():
    """Return the data of Tone (2001), Table 2."""
    return DeaData.from_frame(TONE, inputs=["x1", "x2"], outputs=["y1", "y2"])


def fried():
    """Return the data of Fried, Lovell and Schmidt."""
    return DeaData.from_frame(FRIED, inputs=["x1", "x2"], outputs=["y"])


@pytest.mark.parametrize(
    ("model", "scores"),
    [
        (model_of("ccr", orientation="input"), [0.9, 0.833333, 1, 1, 1]),
        (model_of("bcc", orientation="input"), [1, 0.833333, 1, 1, 1]),
        (model_of("sbm"), [0.797980, 0.568182, 1, 0.666667, 1]),
        (model_of("sbm", returns="variable"), [0.818182, 0.606061, 1, 0.666667, 1]),
    ],
)
def test_tones_units(model, scores):
    """Tone (2001), Tables 2 and 3."""
    np.testing.assert_allclose(dea(tone(), model).scores, scores, atol=5e-7)


def test_tones_weakly_efficient_unit_is_found_by_its_slack():
    """D scores 1 by the radial models, and lacks one unit of the second output beside C."""
    found = dea(tone(), model_of("ccr", orientation="input"))
    assert found.standing == ("inefficient", "inefficient", "efficient", "weakly efficient", "efficient")
    np.testing.assert_allclose(found.output_slacks[3], [0, 1], atol=1e-9)
    assert found.peers[3] == (2,)


@pytest.mark.parametrize(("kind", "scores"), [("ccr", [0.5, 0.5, 1, 0.8, 0.8333]), ("bcc", [1, 0.625, 1, 0.9, 1])])
def test_one_input_and_one_output(kind, scores):
    """Coelli and others (2005), An Introduction to Efficiency and Productivity Analysis, chapter 6: input-oriented."""
    found = dea(data_of([2, 4, 3, 5, 6], [1, 2, 3, 4, 5]), model_of(kind, orientation="input"))
    np.testing.assert_allclose(found.scores, scores, atol=5e-5)


@pytest.mark.parametrize(
    ("kind", "orientation", "scores"),
    [
        (
            "ccr",
            "input",
            [
                1,
                0.6222896791,
                0.8198562444,
                1,
                0.3103709311,
                0.5555555556,
                1,
                0.7576690896,
                0.8201058201,
                0.4905660377,
                1,
            ],
        ),
        ("bcc", "input", [1, 0.8699861687, 1, 1, 0.7116402116, 1, 1, 1, 1, 0.4931209269, 1]),
        ("bcc", "output", [1, 1 / 1.507518797, 1, 1, 1 / 3.203947368, 1, 1, 1, 1, 1 / 1.192307692, 1]),
    ],
)
def test_eleven_units_of_fried_lovell_and_schmidt(kind, orientation, scores):
    """Scores as other packages print them for these data, ten digits."""
    np.testing.assert_allclose(dea(fried(), model_of(kind, orientation=orientation)).scores, scores, atol=5e-10)


def test_slacks_and_lambdas_of_fried_lovell_and_schmidt():
    """Slacks of the second phase; the mix of two units, from the same print."""
    constant = dea(fried(), model_of("ccr", orientation="input"))
    slacks = np.zeros((11, 2))
    slacks[5, 0], slacks[8, 0], slacks[10, 1] = 4.444444444, 1.640211640, 4
    np.testing.assert_allclose(constant.input_slacks, slacks, atol=1e-7)
    np.testing.assert_allclose(constant.output_slacks, 0, atol=1e-7)
    np.testing.assert_allclose(constant.lambdas[[1], :].toarray()[0, [3, 6]], [0.4249783174, 0.10928013877], atol=1e-8)
    variable = dea(fried(), model_of("bcc", orientation="input"))
    assert variable.output_slacks[4, 0] == pytest.approx(2.698412698, abs=1e-7)
    row = variable.lambdas[[9], :].toarray()[0]
    np.testing.assert_allclose(row[[0, 3, 6]], [0.03711078928, 0.4433381608, 0.5195510500], atol=1e-8)
    assert row.sum() == pytest.approx(1)
    output = dea(fried(), model_of("bcc", orientation="output"))
    np.testing.assert_allclose(output.input_slacks[9], [5, 11], atol=1e-6)


def test_malmquist_of_five_units_in_three_periods():
    """One input, one output, constant returns: index, efficiency and technical change as other packages print them."""
    x = [[2, 3, 5, 4, 4], [1, 2, 4, 3, 4], [0.5, 1.5, 3, 2, 4]]
    y = [[1, 4, 6, 3, 5], [1, 4, 6, 3, 3], [2, 4, 6, 3, 1]]
    frame = pd.DataFrame(
        [(f"u{k}", 2000 + p, x[p][k], y[p][k]) for p in range(3) for k in range(5)], columns=["u", "p", "x", "y"]
    )
    found = malmquist(DeaData.from_frame(frame, inputs=["x"], outputs=["y"], unit="u", period="p"))
    np.testing.assert_allclose(found.productivity, [2, 1.5, 1.25, 4 / 3, 0.6, 4, 4 / 3, 4 / 3, 1.5, 1 / 3], rtol=1e-9)
    np.testing.assert_allclose(
        found.efficiency_change, [4 / 3, 1, 5 / 6, 8 / 9, 0.4, 2, 2 / 3, 2 / 3, 0.75, 1 / 6], rtol=1e-9
    )
    np.testing.assert_allclose(found.technical_change, [1.5] * 5 + [2.0] * 5, rtol=1e-9)
    assert found.cumulated().loc[2002].tolist() == pytest.approx([8, 2, 5 / 3, 2, 0.2])


def test_returns_to_scale_of_one_input_and_one_output():
    """Coelli and others (2005), the same table: the second, projected by its input, is too small as well."""
    found = scale_efficiency(data_of([2, 4, 3, 5, 6], [1, 2, 3, 4, 5]), "input")
    assert found.returns == ("increasing", "increasing", "constant", "decreasing", "decreasing")
    np.testing.assert_allclose(found.efficiency, [0.5, 0.8, 1, 0.8 / 0.9, 5 / 6], rtol=1e-9)
