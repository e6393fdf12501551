"""Theorems of data envelopment analysis, on drawn data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcsd.papers.dea import DeaData, dea, malmquist, model_of, scale_efficiency
from tests.papers.dea.oracles import counted_slacks_based, data_of, hull_scores, multiplier_score, samples

CCR, BCC = model_of("ccr", orientation="input"), model_of("bcc", orientation="input")
SBM, SBM_VARIABLE = model_of("sbm"), model_of("sbm", returns="variable")
TIGHT = 1e-7


@settings(max_examples=40)
@given(samples())
def test_scores_lie_where_they_must(data):
    """0 < SBM <= CCR <= BCC <= 1, somebody is efficient, and both orientations of CCR agree."""
    ccr, bcc, sbm = (dea(data, model).scores for model in (CCR, BCC, SBM))
    assert (sbm > 0).all() and (bcc <= 1).all()
    assert (sbm <= ccr + TIGHT).all()
    assert (ccr <= bcc + TIGHT).all()
    assert sbm.max() == ccr.max() == 1
    np.testing.assert_allclose(dea(data, model_of("ccr", orientation="output")).scores, ccr, atol=TIGHT)
    assert (dea(data, SBM_VARIABLE).scores >= sbm - TIGHT).all()


@settings(max_examples=25)
@given(samples(most=8))
def test_envelopment_and_multiplier_forms_agree(data):
    """Strong duality, the multiplier form solved on its own, one unit at a time."""
    for model in (CCR, BCC, model_of("bcc", orientation="output")):
        variable = model.returns == "variable"
        alone = [multiplier_score(data, k, variable=variable, orientation=model.orientation) for k in range(len(data))]
        np.testing.assert_allclose(dea(data, model).scores, alone, atol=TIGHT)


@settings(max_examples=25)
@given(samples())
def test_weights_prove_the_scores(data):
    """The multipliers give the score back, are not negative, and no unit makes a profit at them."""
    for model in (CCR, BCC):
        found = dea(data, model)
        w = found.weights
        np.testing.assert_allclose((w.inputs * data.inputs).sum(1), 1, atol=TIGHT)
        np.testing.assert_allclose((w.outputs * data.outputs).sum(1) + w.intercept, found.scores, atol=TIGHT)
        profit = w.outputs @ data.outputs.T - w.inputs @ data.inputs.T + w.intercept[:, None]
        assert profit.max() < TIGHT
        assert min(w.inputs.min(), w.outputs.min()) > -TIGHT


@settings(max_examples=25)
@given(samples(), st.integers(0, 10_000))
def test_units_of_measurement_do_not_matter(data, seed):
    """Columns in other units: equal scores, slacks and targets in the new units, equal lambdas."""
    factors = 10.0 ** np.random.default_rng(seed).uniform(-4, 4, 16)
    m = data.inputs.shape[1]
    other = data_of(data.inputs * factors[:m], data.outputs * factors[m : m + data.outputs.shape[1]])
    for model in (CCR, BCC, SBM):
        one, two = dea(data, model), dea(other, model)
        np.testing.assert_allclose(one.scores, two.scores, atol=TIGHT)
        assert one.standing == two.standing


@settings(max_examples=25)
@given(samples())
def test_targets_are_efficient_and_made_of_peers(data):
    """Target = what lambda mixes = the unit's own figures less what is asked; at the target nobody asks for more."""
    for model in (CCR, BCC, SBM):
        found = dea(data, model)
        own = np.hstack([data.inputs, data.outputs])
        np.testing.assert_allclose(found.lambdas @ own, found.targets, rtol=1e-5, atol=1e-5)
        m = data.inputs.shape[1]
        both = data_of(np.vstack([data.inputs, found.targets[:, :m]]), np.vstack([data.outputs, found.targets[:, m:]]))
        np.testing.assert_allclose(dea(both, model).scores[len(data) :], 1, atol=1e-5)


@settings(max_examples=25)
@given(samples(), st.floats(0.5, 0.95))
def test_a_dominated_unit_scores_below_one(data, factor):
    """A unit with the inputs of another and a share of its outputs is found out by every model."""
    worse = data_of(np.vstack([data.inputs, data.inputs[:1]]), np.vstack([data.outputs, factor * data.outputs[:1]]))
    for model in (CCR, SBM, SBM_VARIABLE, model_of("bcc", orientation="output")):
        assert dea(worse, model).scores[-1] <= factor + TIGHT


@settings(max_examples=25)
@given(samples())
def test_a_unit_that_is_left_out_changes_only_who_leans_on_it(data):
    """Inefficient units leave the frontier as it is; super-efficiency is 1 or more where the score was 1."""
    found, above = dea(data, CCR), dea(data, model_of("ccr", orientation="input", super_efficiency=True))
    on = found.scores == 1
    assert (above.scores[on] >= 1 - TIGHT).all()
    np.testing.assert_array_equal(above.scores[~on], found.scores[~on])
    keep = np.flatnonzero(on)
    np.testing.assert_allclose(dea(data.take(keep), CCR).scores, 1)
    if keep.size > 1:
        k = int(keep[0])
        others = data_of(np.delete(data.inputs, k, 0), np.delete(data.outputs, k, 0))
        shrunk = data_of(
            np.vstack([others.inputs, data.inputs[k] / 1e3]), np.vstack([others.outputs, data.outputs[k] / 1e3])
        )
        # with constant returns a thousandth of the unit stands where the unit does
        assert dea(shrunk, model_of("ccr", orientation="input", super_efficiency=True)).scores[-1] == pytest.approx(
            above.scores[k], rel=1e-6
        )


@settings(max_examples=25)
@given(samples())
def test_scale_efficiency_is_one_exactly_where_a_sum_of_one_is_optimal(data):
    """Banker and Thrall: constant returns, and only these, when CCR and BCC agree."""
    for orientation in ("input", "output"):
        found = scale_efficiency(data, orientation)
        assert (found.sum_least <= found.sum_greatest + 1e-6).all()
        for efficiency, returns in zip(found.efficiency, found.returns, strict=True):
            if efficiency < 1 - 1e-4:
                assert returns != "constant"
            if efficiency > 1 - 1e-9:
                assert returns == "constant"


def test_returns_to_scale_are_read_off_all_optima():
    """C is half of D: a mix of C has the sum 2, of D 1; one optimum alone would say decreasing."""
    found = scale_efficiency(data_of([2, 4, 8], [1, 4, 8]), "input")
    assert found.returns == ("increasing", "constant", "constant")
    assert found.sum_least[2] == pytest.approx(1, abs=1e-6)
    assert found.sum_greatest[2] == pytest.approx(2, abs=1e-6)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=2, max_size=10))
def test_one_input_one_output_in_closed_form(pairs):
    """CCR is the ratio over the best ratio, BCC the height under the hull, super-efficiency the lead over the next."""
    x, y = np.array(pairs, dtype=float).T
    data = data_of(x, y)
    ratio = y / x
    np.testing.assert_allclose(dea(data, CCR).scores, ratio / ratio.max(), atol=1e-9)
    np.testing.assert_allclose(dea(data, model_of("bcc", orientation="output")).scores, hull_scores(x, y), atol=1e-8)
    above = dea(data, model_of("ccr", super_efficiency=True)).scores
    rest = np.array([np.delete(ratio, k).max() for k in range(len(ratio))])
    np.testing.assert_allclose(above, np.where(ratio == ratio.max(), ratio / rest, ratio / ratio.max()), rtol=1e-8)


@settings(max_examples=15)
@given(samples(most=4, columns=1))
def test_slacks_based_measure_by_counting_all_vertices(data):
    """The least of all basic solutions."""
    for model in (SBM, SBM_VARIABLE):
        counted = [counted_slacks_based(data, k, variable=model.returns == "variable") for k in range(len(data))]
        np.testing.assert_allclose(dea(data, model).scores, counted, atol=1e-7)


@settings(max_examples=15)
@given(samples(most=8), st.integers(0, 10_000))
def test_malmquist_factors_multiply_up(data, seed):
    """Index = efficiency x technical change, efficiency = pure x scale change; progress of all is the frontier's."""
    rng = np.random.default_rng(seed)
    n, grown = len(data), rng.uniform(1.1, 2.0)
    moved = data.outputs * rng.uniform(0.5, 2, data.outputs.shape)
    three = data_of(
        np.vstack([data.inputs] * 3),
        np.vstack([data.outputs, moved, moved * grown]),
        periods=[1] * n + [2] * n + [3] * n,
    )
    three = DeaData(
        three.units[:n] * 3, three.periods, three.inputs, three.outputs, three.undesirable, *names_of(three)
    )
    for orientation in ("input", "output"):
        found = malmquist(three, orientation)
        np.testing.assert_allclose(found.productivity, found.efficiency_change * found.technical_change, rtol=1e-9)
        np.testing.assert_allclose(
            found.efficiency_change, found.pure_efficiency_change * found.scale_change, rtol=1e-9
        )
        np.testing.assert_allclose(found.technical_change[n:], grown, rtol=1e-6)
        np.testing.assert_allclose(found.efficiency_change[n:], 1, rtol=1e-6)
    back = malmquist(three, "input")
    np.testing.assert_allclose(back.productivity, malmquist(three, "output").productivity, rtol=1e-6)


def names_of(data):
    """Return the names of the columns."""
    return data.input_names, data.output_names


def test_many_units_are_solved_as_each_alone():
    """Working set and batches change no score: 300 units against the dual form, 20 of them one by one."""
    rng = np.random.default_rng(7)
    x = rng.lognormal(size=(300, 3))
    y = x.prod(axis=1, keepdims=True) ** 0.3 * rng.uniform(0.2, 1, (300, 1)) * rng.lognormal(0, 0.4, (300, 2))
    data = data_of(x, y)
    for model in (CCR, BCC):
        scores = dea(data, model).scores
        for k in range(0, 300, 15):
            alone = multiplier_score(data, k, variable=model.returns == "variable")
            assert scores[k] == pytest.approx(alone, abs=1e-8)
