"""The whole analysis of a simulator: over time, with outcomes, failures and convergence."""

import math

import numpy as np
import pytest
from SALib.analyze import sobol

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import (
    FirstCrossing,
    Peak,
    SobolSettings,
    ValueAt,
    from_samples,
    outcomes_document,
    ranking,
    sobol_document,
    sobol_indices,
)
from rcsd.analysis.sensitivity.labelled import convergence_frame, outcomes_frame, pairs_frame, pawn_frame
from rcsd.errors import ModelError, ParameterError, SensitivityError, SimulationError

TIMES = np.arange(2000.0, 2011.0)
SPACE = ParameterSpace((Parameter("a", 0.0, 1.0, "m", "test"), Parameter("b", 0.0, 1.0, "m/Year", "test")))


@pytest.fixture
def line(closed_form):
    """Return y = a + b t, whose first orders are 1/(1 + t^2) and t^2/(1 + t^2), beside a constant and a product."""
    return closed_form(
        {"a": 0.5, "b": 0.5, "c": 1.0},
        {
            "y": lambda x, t: x["a"] + x["b"] * (t - 2000),
            "flat": lambda x, t: 3.3 * x["c"] + 0 * t,
            "pair": lambda x, t: (x["a"] - 0.5) * (x["b"] - 0.5) + 0 * t,
        },
        TIMES,
    )


def analyse(simulator, n=256, rng=None, **options):
    """Run with seed 0 unless told otherwise."""
    names = ("n_resamples", "on_failure", "pawn_times", "second_order")
    settings = SobolSettings(n_base=n, **{name: options.pop(name) for name in names if name in options})
    return sobol_indices(
        simulator, options.pop("inputs", SPACE), settings, rng=rng or np.random.default_rng(0), **options
    )


def test_the_leading_parameter_changes_with_time(line):
    """At t = 0 all is a, at t = 10 all but 1/101 is b; the ranking says who leads when."""
    result = analyse(line, n=1024)
    t = TIMES - 2000
    y = result.outputs.index("y")
    assert result.indices.first[:, y, 0] == pytest.approx(1 / (1 + t**2), abs=0.01)
    assert result.indices.total[:, y, 1] == pytest.approx(t**2 / (1 + t**2), abs=0.01)
    assert ranking(result, "y", 2000).leaders == ("a",)
    assert ranking(result, "y", 2010).leaders == ("b",)
    assert set(ranking(result, "y", 2001).leaders) == {"a", "b"}


def test_a_product_of_centred_inputs_is_all_interaction(line):
    """First orders vanish, both totals and the second order are 1."""
    found = ranking(analyse(line, n=1024, outputs=["pair"]), "pair", 2005)
    assert found.sum_first == pytest.approx(0, abs=0.05)
    assert [rank.total for rank in found.ranks] == pytest.approx([1, 1], abs=0.1)
    assert found.pairs[0].parameters == ("a", "b")
    assert found.pairs[0].second == pytest.approx(1, abs=0.1)


def test_every_slice_of_an_analysis_is_that_of_salib(line):
    """The rows are in SALib's order, and every output and time finds its own place."""
    seen = []
    run = line.run
    line.run = lambda inputs, **options: seen.append(run(inputs, **options)) or seen[-1]
    result = analyse(line, n=64, outputs=["pair", "y"])
    values = np.concatenate([ensemble.values for ensemble in seen])
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1], [0, 1]]}
    for time in range(TIMES.size):
        for output in range(2):
            theirs = sobol.analyze(problem, values[:, time, output], num_resamples=2, seed=1)
            assert result.indices.first[time, output] == pytest.approx(theirs["S1"], abs=1e-10)
            assert result.indices.total[time, output] == pytest.approx(theirs["ST"], abs=1e-10)
            assert result.indices.second[time, output] == pytest.approx(theirs["S2"], abs=1e-10, nan_ok=True)


def test_a_constant_output_has_nan_and_a_note(line):
    """NaN in every form, a sentence, and no name in the ranking."""
    result = analyse(line, n=16)
    flat = result.outputs.index("flat")
    assert np.isnan(result.indices.total[:, flat]).all()
    assert "Constant over the sample in 2000-2010, and without indices there: flat." in result.notes()
    assert ranking(result, "flat", 2005).ranks == ()
    assert result.to_frame().query("output == 'flat'").ST.isna().all()


@pytest.fixture
def heavy(closed_form):
    """Return a stock that grows at the rate a b, and its logarithm: equal parts of a and b, at each time."""
    return closed_form(
        {"a": 1.0, "b": 1.0},
        {
            "stock": lambda x, t: np.exp(x["a"] * x["b"] * (t - 2000)),
            "log": lambda x, t: x["a"] * x["b"] * (t - 2000),
        },
        np.array([2000.5, 2014.0]),
    )


RATES = ParameterSpace(tuple(Parameter(name, 0.02, 2.0, "Dmnl", "test") for name in "ab"))


@pytest.mark.parametrize("n", [64, 256, 1024])
def test_a_tail_too_heavy_for_the_sample_leaves_its_indices_undetermined(heavy, n):
    """Up to e^56 in 2014, where one run makes the variance: the numbers stay SALib's, but nothing is said of them."""
    seen = []
    run = heavy.run
    heavy.run = lambda inputs, **options: seen.append(run(inputs, **options)) or seen[-1]
    result = analyse(heavy, n=n, inputs=RATES, outcomes=[ValueAt("stock", 2014.0)])
    assert result.indices.undetermined.tolist() == [[False, False], [True, False]]
    values = np.concatenate([ensemble.values for ensemble in seen])[:, 1, 0]
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1], [0, 1]]}
    theirs = sobol.analyze(problem, values, num_resamples=2, seed=1)
    assert result.indices.total[1, 0] == pytest.approx(theirs["ST"], rel=1e-9)
    assert np.isnan(result.indices.shown.total[1, 0]).all()
    assert np.array_equal(result.indices.shown.total[0], result.indices.total[0])
    assert (ranking(result, "stock", 2014).ranks, ranking(result, "stock", 2014).undetermined) == ((), True)
    assert len(ranking(result, "log", 2014).ranks) == 2
    reason = f"The distribution over the sample has too heavy a tail for N = {n}"
    assert [note.partition(": analyse the logarithm or narrow the bounds")[0] for note in result.notes()] == [
        f"Not determined in 2014: stock. {reason}",
        f"Not determined: stock in 2014. {reason}",
    ]
    assert result.to_xarray()["undetermined"].sel(output="stock").values.tolist() == [0, 1]


@pytest.mark.parametrize("n", [16, 64, 256])
def test_a_small_sample_of_a_light_tail_is_not_taken_for_a_heavy_one(line, n):
    """Few rows have wide intervals of what varies evenly, too: there a larger N helps."""
    assert not any(level.undetermined.any() for level in analyse(line, n=n, outputs=["y"]).levels)


def test_a_log_scale_is_sampled_on_it(closed_form):
    """For k on a log scale log k is uniform, so that the variance of log k + u splits as the ranges say."""
    space = ParameterSpace(
        (Parameter("k", 0.01, 100.0, "Dmnl", "test", scale="log"), Parameter("u", 0.0, 2.0, "Dmnl", "test"))
    )
    simulator = closed_form({"k": 1.0, "u": 1.0}, {"y": lambda x, t: np.log(x["k"]) + x["u"] + 0 * t})
    share = math.log(1e4) ** 2 / (math.log(1e4) ** 2 + 4)
    result = analyse(simulator, n=1024, inputs=space)
    assert result.indices.first[0, 0] == pytest.approx([share, 1 - share], abs=0.01)
    assert result.distributions == ("uniform on a log scale from 0.01 to 100", "uniform from 0 to 2")


def test_marginals_of_samples_take_only_their_values(closed_form):
    """A sample of 0 and 1 in the ratio 3 to 1 has variance 3/16; a sample of -1 and 1 has 1."""
    seen = []
    simulator = closed_form({"p": 0.0, "q": 0.0}, {"y": lambda x, t: seen.append(x["p"]) or x["p"] + x["q"] + 0 * t})
    result = analyse(simulator, n=1024, inputs=from_samples({"p": [0, 0, 1, 0], "q": [-1, 1]}, {"p": "m"}))
    assert result.indices.first[0, 0] == pytest.approx([3 / 19, 16 / 19], abs=0.01)
    assert set(np.unique(np.concatenate(seen))) == {0.0, 1.0}
    assert result.parameter_units == ("m", "")


def test_one_seed_gives_one_result(line):
    """The same generator state gives the same numbers to the last bit, another other ones; 0 is a seed."""
    first, again, other = (analyse(line, n=16, rng=np.random.default_rng(seed)).to_frame() for seed in (0, 0, 1))
    assert first.equals(again)
    assert not first.equals(other)


def test_the_size_of_calls_changes_nothing(line, monkeypatch):
    """Rows go through the simulator some at a time, within the bound on memory."""
    whole = analyse(line, n=64)
    assert max(line.calls) > 16
    line.calls.clear()
    monkeypatch.setattr("rcsd.analysis.sensitivity.runs._MOST_BYTES", 7 * 8 * TIMES.size * 3)
    parts = analyse(line, n=64)
    assert max(line.calls[1:]) == 7
    assert sum(line.calls) == 64 * 6
    assert parts.to_frame().equals(whole.to_frame())


def test_progress_ends_at_the_number_of_runs(line):
    """Whoever waits hears of every call, and of the estimation after it."""
    heard = []
    analyse(line, n=32, progress=lambda *words: heard.append(words))
    assert heard[0] == ("simulate", 0, 192)
    assert ("simulate", 192, 192) in heard
    assert heard[-1] == ("estimate", 3, 3)


def test_convergence_is_that_of_the_first_rows(line):
    """N/8 of a sample is estimated as a sample of that size is; intervals narrow with N."""
    result = analyse(line, n=512)
    assert [level.n_base for level in result.levels] == [64, 128, 256, 512]
    small = analyse(line, n=64)
    assert result.levels[0].total == pytest.approx(small.indices.total, abs=1e-12, nan_ok=True)
    widths = [np.nanmean(level.total_conf) for level in result.levels]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[-1] > 0.65 * math.sqrt(8)  # those of scrambles narrow faster than 1/sqrt(N)
    assert set(convergence_frame(result).N) == {64, 128, 256, 512}


def test_outcomes_are_analysed_beside_the_series(line):
    """The value in 2010 has the indices of that slice; the peak of a rising line is its end."""
    result = analyse(line, outputs=["y"], outcomes=[ValueAt("y", 2010), Peak("y")])
    at, peak = result.outcomes
    assert at.indices.total == pytest.approx(result.indices.total[-1, 0])
    assert peak.indices.total == pytest.approx(result.indices.total[-1, 0])
    assert peak.mean == pytest.approx(result.mean[-1, 0])
    assert set(outcomes_document(result)) == {"y in 2010", "peak of y"}


def test_an_outcome_that_runs_lack_has_indices_only_with_a_stand_in(line):
    """The line a + 10 b reaches 5 in about half of the runs; the note counts the others either way."""
    crossings = [FirstCrossing("y", 5.0), FirstCrossing("y", 6.0, never=2011.0), FirstCrossing("y", 99.0, never=2011.0)]
    result = analyse(line, outputs=["y"], outcomes=crossings)
    bare, censored, none = result.outcomes
    assert bare.undefined
    assert np.isnan(bare.indices.total).all()
    assert np.isfinite(censored.indices.total).all()
    assert bare.n_never / result.n_runs == pytest.approx(0.45, abs=0.02)
    assert np.isnan(none.indices.total).all()
    notes = " ".join(result.notes())
    assert f"{bare.n_never} of 1,536 runs have none, so no indices" in notes
    assert "count as 2011" in notes


def failing(closed_form, share):
    """Return y = a + b t whose runs with a in the upper `share` of its range fail halfway."""
    return closed_form(
        {"a": 0.5, "b": 0.5},
        {"y": lambda x, t: x["a"] + x["b"] * (t - 2000)},
        TIMES,
        fails=lambda x: x["a"] > 1 - share,
    )


def test_failed_runs_are_refused_and_listed(closed_form):
    """The message counts them and gives the first with parameters and reason; the error has all."""
    with pytest.raises(SensitivityError, match=r"of 192 runs failed: row \d+ \(a = 0.9.*\): it went wrong") as caught:
        analyse(failing(closed_form, 0.05), n=32)
    failures = caught.value.failures
    assert failures.n > 0
    frame = failures.to_frame()
    assert (frame.a > 0.95).all()
    assert len(frame) == failures.n


def test_failed_runs_are_replaced_by_the_median_when_asked(closed_form):
    """The result has the count, the rule and the parameters; indices are those of the sample with medians in it."""
    result = analyse(failing(closed_form, 0.02), n=64, on_failure="median")
    n = result.failures.n
    assert n > 0
    assert (result.failures.parameters[:, 0] > 0.98).all()
    note = result.notes()[0]
    assert note.startswith(f"{n} of 384 runs failed: row ")
    assert "replaced as a whole by the median" in note
    assert np.isfinite(result.indices.total).all()
    clean = analyse(failing(closed_form, 0.0), n=64)
    assert result.indices.total == pytest.approx(clean.indices.total, abs=0.2)
    assert not np.array_equal(result.indices.total, clean.indices.total)


def test_the_median_is_that_of_the_good_runs(closed_form):
    """Worked out by hand on the values that the simulator returned."""
    seen = []
    simulator = failing(closed_form, 0.3)
    run = simulator.run
    simulator.run = lambda inputs, **options: seen.append(run(inputs, **options)) or seen[-1]
    result = analyse(simulator, n=16, on_failure="median")
    values = np.concatenate([ensemble.values for ensemble in seen])[..., 0]
    good = np.isfinite(values).all(axis=1)
    values[~good] = np.median(values[good], axis=0)
    assert result.failures.rows.tolist() == np.flatnonzero(~good).tolist()
    assert result.mean[:, 0] == pytest.approx(values.mean(axis=0))


def test_a_value_that_is_no_number_is_a_failure_whatever_the_status(closed_form):
    """A simulator that calls a run with NaN in it OK is not believed."""
    simulator = closed_form(
        {"a": 0.5, "b": 0.5}, {"y": lambda x, t: np.where(x["a"] > 0.9, np.nan, x["a"] + x["b"]) + 0 * t}
    )
    with pytest.raises(SensitivityError, match="a value is not a finite number"):
        analyse(simulator, n=32)


@pytest.mark.parametrize("rule", ["refuse", "median"])
def test_nothing_is_made_of_failures_alone(closed_form, rule):
    """When all runs failed there is no median either."""
    with pytest.raises(SimulationError, match=r"96 of 96 runs failed.*it went wrong.*check the inputs"):
        analyse(failing(closed_form, 2.0), n=16, on_failure=rule)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"outputs": ["Y2"]}, ModelError, "'Y2' is not a variable that can be saved"),
        ({"outputs": ["pear"]}, ModelError, "did you mean 'pair'"),
        ({"outputs": []}, ModelError, "no output to analyse"),
        ({"inputs": from_samples({"aa": [0, 1]})}, ParameterError, "'aa' is not a constant of the model"),
        ({"inputs": from_samples({})}, ParameterError, "no parameter varies"),
        ({"inputs": [*from_samples({"a": [0, 1]}), *from_samples({"a": [0, 1]})]}, ParameterError, "more than once: a"),
        ({"n": 100}, ParameterError, "take 64 or 128"),
        ({"n_resamples": 1}, ParameterError, "1 bootstrap resamples"),
        ({"on_failure": "drop"}, ParameterError, "use 'refuse' or 'median'"),
        ({"n": 64, "pawn_times": (1999.0,), "times": TIMES}, ParameterError, "PAWN at 1999"),
        ({"n": 32, "pawn_times": (2000.0,)}, ParameterError, "PAWN needs 64 or more"),
        ({"outputs": ["y"], "outcomes": [Peak("pair")]}, ModelError, "name it among the outputs"),
        ({"outputs": ["y"], "outcomes": [Peak("y"), Peak("y")]}, ParameterError, "twice"),
    ],
)
def test_bad_input_gets_one_message_before_anything_runs(line, options, error, message):
    """The message names the value and the remedy; no run is spent on it."""
    with pytest.raises(error, match=message):
        analyse(line, **{"n": 8, **options})
    assert line.calls == []


def test_bounds_in_the_wrong_order_are_refused():
    """A parameter checks its own bounds."""
    with pytest.raises(ParameterError, match="lower must be below upper"):
        Parameter("a", 2.0, 1.0, "m", "test")


@pytest.mark.parametrize("values", [[1.0, 1.0], [], [1.0, math.nan], [[1.0, 2.0]]])
def test_a_sample_without_a_spread_is_refused(values):
    """A constant that does not vary has no sensitivity."""
    with pytest.raises(ParameterError, match="parameter 'a'"):
        from_samples({"a": values})


def test_the_labelled_forms_agree(line):
    """Frame, dataset and JSON hold the same number at the same labels."""
    result = analyse(line, n=64, pawn_times=(2000.0, 2010.0))
    value = result.indices.total[3, result.outputs.index("y"), 1]
    frame = result.to_frame().set_index(["output", "time", "parameter"])
    assert frame.loc[("y", 2003.0, "b"), "ST"] == value
    dataset = result.to_xarray()
    assert float(dataset.ST.sel(N=64, output="y", time=2003, parameter="b")) == value
    document = sobol_document(result)
    assert document["y"]["ST"]["b"][3] == value
    assert document["y"]["times"] == TIMES.tolist()
    pair = result.indices.second[3, result.outputs.index("pair"), 0, 1]
    pairs = pairs_frame(result).set_index(["output", "time", "parameter", "other"])
    assert pairs.loc[("pair", 2003.0, "a", "b"), "S2"] == pair
    assert float(dataset.S2.sel(output="pair", time=2003, parameter="a", other="b")) == pair
    assert document["pair"]["S2"]["a"]["b"][3] == pair
    indices = {"times", "S1", "ST", "S1_conf", "ST_conf", "S2", "S2_conf"}
    assert set(document["y"]) == indices | {"mean", "sd", "spread", "effect", "measure"}
    spread = result.sd[3, result.outputs.index("y")]
    assert (document["y"]["sd"][3], document["y"]["measure"]) == (spread, "Dmnl")
    assert document["y"]["effect"]["b"][3] == pytest.approx(spread * np.sqrt(value))
    assert len(pawn_frame(result)) == 2 * 3 * 2
    assert len(outcomes_frame(result)) == 0


def test_without_second_order_it_takes_fewer_runs(line):
    """N (D + 2) in place of N (2 D + 2), with the same first rows of A."""
    result = analyse(line, n=32, second_order=False)
    assert result.n_runs == 32 * 4
    assert result.indices.second is None
    assert sobol_document(result)["y"]["S2"] is None
    assert pairs_frame(result).empty
    assert "S2" not in result.to_xarray()
