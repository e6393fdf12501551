"""Zeros, infeasible super-efficiency, undesirable outputs, periods, and input that cannot be used."""

import numpy as np
import pandas as pd
import pytest

from rcsd.errors import ParameterError, SeriesError
from rcsd.papers.dea import DeaData, dea, malmquist, model_of, read_table, scale_efficiency
from rcsd.papers.dea.method.data import Roles
from tests.papers.dea.oracles import data_of


def test_super_efficiency_that_has_no_solution_is_a_standing_and_no_error():
    """With variable returns nobody else reaches the largest output with an input-oriented score."""
    found = dea(data_of([1, 2, 4], [1, 3, 4]), model_of("bcc", orientation="input", super_efficiency=True))
    assert found.standing == ("efficient", "efficient", "infeasible")
    assert np.isnan(found.scores[2])
    # (1, 1) against the other two alone: nothing below input 2
    assert found.scores[0] == pytest.approx(2)
    # between (1, 1) and (4, 4) output 3 takes input 3
    assert found.scores[1] == pytest.approx(1.5)


def test_a_term_whose_own_value_is_zero_is_left_out_of_the_slacks_based_measure():
    """B lacks the second output: by the first alone it makes half of A; the zero neither divides nor counts."""
    data = data_of([[1.0, 2.0], [1.0, 0.0]], [[2.0, 3.0], [1.0, 0.0]])
    found = dea(data, model_of("sbm"))
    np.testing.assert_allclose(found.scores, [1, 1])  # its second input is zero, and nobody else does without
    dominated = dea(data_of([[1.0], [1.0]], [[2.0, 3.0], [1.0, 0.0]]), model_of("sbm"))
    assert dominated.scores[1] == pytest.approx(0.5)
    assert dominated.scores[1] <= dea(data_of([[1.0], [1.0]], [[2.0, 3.0], [1.0, 0.0]])).scores[1] + 1e-9


def test_undesirable_outputs_count_in_the_slacks_based_measure():
    """Tone (2003), by hand: B makes A's good output with twice the bad: 1 / (1 + (0 + 1/2) / 2) = 0.8."""
    data = data_of([1, 1], [4, 4], [[2.0], [4.0]])
    found = dea(data, model_of("sbm", returns="variable", n_undesirable=1))
    np.testing.assert_allclose(found.scores, [1, 0.8])
    assert found.undesirable_slacks[1, 0] == pytest.approx(2)
    assert found.targets[1].tolist() == pytest.approx([1, 4, 2])


def test_a_radial_score_does_not_hang_on_the_translation_of_undesirable_outputs():
    """Input-oriented BCC: the same as with any other reflection; a cleaner unit is not efficient by chance."""
    rng = np.random.default_rng(3)
    x, y, b = rng.uniform(1, 9, (12, 2)), rng.uniform(1, 9, (12, 1)), rng.uniform(1, 9, (12, 1))
    model = model_of("bcc", orientation="input", n_undesirable=1)
    by_hand = dea(data_of(x, np.hstack([y, 1000 - b])), model_of("bcc", orientation="input"))
    found = dea(data_of(x, y, b), model)
    np.testing.assert_allclose(found.scores, by_hand.scores, atol=1e-7)
    assert (found.targets[:, -1] <= b[:, 0] + 1e-6).all()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"kind": "ccr", "n_undesirable": 1}, "model ccr cannot take undesirable outputs"),
        ({"kind": "sbm", "orientation": "input", "n_undesirable": 1}, "ask for none or output"),
        ({"kind": "sbm", "super_efficiency": True}, "super-efficiency is that of the radial models"),
        ({"kind": "ccr", "returns": "variable"}, "for variable ones ask for bcc"),
        ({"kind": "bcc", "orientation": "none"}, "only sbm looks at both"),
        ({"kind": "ccd"}, "choose ccr, bcc or sbm"),
    ],
)
def test_a_combination_without_meaning_is_refused(words, message):
    """With the rule, and what to ask for instead."""
    kind = words.pop("kind")
    with pytest.raises(ParameterError, match=message):
        model_of(kind, **words)


def test_own_periods_are_measured_apart_and_put_back_in_order():
    """Rows of two years, mixed: as each year alone."""
    rng = np.random.default_rng(5)
    x, y = rng.uniform(1, 9, (10, 2)), rng.uniform(1, 9, (10, 2))
    periods = [2001, 2000] * 5
    together = dea(data_of(x, y, periods=periods), by_period=True)
    for year in (2000, 2001):
        rows = [k for k in range(10) if periods[k] == year]
        alone = dea(data_of(x[rows], y[rows]))
        np.testing.assert_allclose(together.scores[rows], alone.scores)
        np.testing.assert_allclose(together.lambdas[rows][:, rows].toarray(), alone.lambdas.toarray())
        assert all(periods[i] == year for k in rows for i in together.peers[k])


def test_a_unit_that_comes_and_goes_has_changes_only_where_it_stands_twice():
    """An unbalanced panel: the frontier counts all, the index those of both periods; a broken chain is NaN."""
    frame = pd.DataFrame(
        [("a", 1, 1.0, 1.0), ("b", 1, 1.0, 2.0), ("a", 2, 1.0, 2.0), ("a", 3, 1.0, 3.0), ("b", 3, 1.0, 3.0)],
        columns=["u", "p", "x", "y"],
    )
    found = malmquist(DeaData.from_frame(frame, inputs=["x"], outputs=["y"], unit="u", period="p"))
    assert list(zip(found.units, found.first, strict=True)) == [("a", 1), ("a", 2)]
    np.testing.assert_allclose(found.productivity, [2, 1.5])
    assert found.cumulated().loc[3, "a"] == pytest.approx(3)


def test_an_output_that_nobody_had_leaves_the_index_undefined():
    """The first period's frontier cannot reach a unit with an output that is new; the others keep their index."""
    frame = pd.DataFrame(
        [("a", 1, 1.0, 1.0, 0.0), ("b", 1, 1.0, 2.0, 0.0), ("a", 2, 1.0, 2.0, 1.0), ("b", 2, 1.0, 2.0, 0.0)],
        columns=["u", "p", "x", "y", "z"],
    )
    found = malmquist(DeaData.from_frame(frame, inputs=["x"], outputs=["y", "z"], unit="u", period="p"), "input")
    assert np.isnan(found.productivity[0])
    assert np.isfinite(found.productivity[1])


FAULTS = [
    ({"x": [1.0, -2.0]}, "B: x is -2, but inputs and outputs are amounts, zero or more"),
    ({"x": [1.0, 0.0]}, r"B: every input is zero \(x\), so it has no score"),
    ({"y": [1.0, 0.0]}, r"B: every output is zero \(y\), so it has no score"),
    ({"x": [1.0, np.nan]}, "B: x is empty: leave out the rows without a value"),
    ({"x": [1.0, "much"]}, "B: x: 'much' is not a number"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_a_cell_that_cannot_be_used_is_named(change, message):
    """Row, unit, column, value and rule, in one message."""
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]}, index=["A", "B"]).assign(**change)
    with pytest.raises(SeriesError, match=message):
        DeaData.from_frame(frame, inputs=["x"], outputs=["y"])


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    """Each with its line."""
    path = tmp_path / "t.csv"
    path.write_text("unit,x,y\nA,1,2\nB,-1,\nA,1,2\n", encoding="utf-8")
    with pytest.raises(SeriesError) as caught:
        read_table(path).data(Roles(("x",), ("y",)))
    told = str(caught.value)
    assert "3 fault(s)" in told
    assert f"{path}:3: B: x is -1" in told
    assert f"{path}:3: B: y is empty" in told
    assert f"{path}:4: A stands here for the second time, first in {path}:2" in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit,x,y\n", "the table has no rows"),
        ("unit,x,x\nA,1,2\n", "the heading 'x' stands twice"),
        ("unit,x,y\nA,1\n", "2 cells instead of the 3 of the header"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, text, message):
    """In one sentence."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeriesError, match=message):
        read_table(path)


def test_names_of_columns_are_checked():
    """A column that is not there gets its neighbour named; one in two roles, or none at all, is refused."""
    frame = pd.DataFrame({"staff": [1.0, 2.0], "sales": [3.0, 4.0]})
    with pytest.raises(ParameterError, match=r"no column 'stuff'.*staff"):
        DeaData.from_frame(frame, inputs=["stuff"], outputs=["sales"])
    with pytest.raises(ParameterError, match="column 'staff' is named in two places"):
        DeaData.from_frame(frame, inputs=["staff"], outputs=["staff"])
    with pytest.raises(ParameterError, match="at least one output"):
        DeaData.from_frame(frame, inputs=["staff"], outputs=[])


def test_sizes_that_differ_by_a_million_are_no_trouble():
    """Rows are scaled to each unit's own figures."""
    rng = np.random.default_rng(11)
    size = 10.0 ** rng.uniform(-3, 3, 40)
    x, y = size[:, None] * rng.uniform(1, 2, (40, 2)), size[:, None] * rng.uniform(1, 2, (40, 2))
    plain = dea(data_of(x / size[:, None], y / size[:, None])).scores
    np.testing.assert_allclose(dea(data_of(x, y)).scores, plain, atol=1e-7)
    assert scale_efficiency(data_of(x, y), "input").bcc.min() > 0


def test_results_as_frames():
    """One row per unit with its peers in words; one row per pair with its lambda."""
    found = dea(data_of([2.0, 4.0], [2.0, 3.0]), model_of("ccr", orientation="input"))
    assert found.to_frame()["peers"].tolist() == ["u0", "u0"]
    pairs = found.lambdas_frame()
    assert pairs[["unit", "peer"]].to_numpy().tolist() == [["u0", "u0"], ["u1", "u0"]]
    assert pairs["lambda"].tolist() == pytest.approx([1.0, 1.5])
