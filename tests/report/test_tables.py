"""Tables: rows fit their headings, and marks stand where they belong."""

import math
from dataclasses import replace

import pytest

from rcsd.analysis.backtest import BASELINES
from rcsd.analysis.forecasting import SEASONAL
from rcsd.report.fact import bare
from rcsd.report.sections.cities.tables import overview_table
from rcsd.report.sections.data.tables import flags_table
from rcsd.report.sections.fit.tables import fit_table
from rcsd.report.sections.holdout.tables import best_error, holdout_table, single_table
from rcsd.report.sections.parameters.starts_table import starts_table
from rcsd.report.sections.parameters.tables import parameter_table
from rcsd.report.table import Table, cells, words
from rcsd.report.wording import BASELINE_LABELS, DRAWN_RULES, TABLE_RULES
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from tests.report.knowledge import with_targets


def test_a_row_that_does_not_fit_its_headings_is_refused():
    """Two cells under one heading are a mistake of the program, named with the table."""
    with pytest.raises(ValueError, match=r"'Cities'.*2 cells under 1 columns"):
        Table(caption="Cities", columns=words("City"), rows=(cells("Jixi", "coal"),))


def test_theils_shares_in_the_fit_table_sum_to_one(result):
    """U_M, U_S and U_C of each row add up to one within rounding to three decimals."""
    table = fit_table(result)
    headings = [column.heading for column in table.columns]
    first = headings.index("U_M")
    for row in table.rows:
        assert sum(float(bare(cell.text)) for cell in row[first : first + 3]) == pytest.approx(1, abs=0.002)


def test_the_fit_table_has_a_second_row_only_where_cells_are_flagged(result):
    """One series without flags and one with two make three rows."""
    clean = replace(result[BACKTEST].targets[0], flags=((),) * len(result[BACKTEST].targets[0].flags))
    table = fit_table(with_targets(result, clean, result[BACKTEST].targets[1]))
    assert [row[1].text for row in table.rows] == ["all that count", "all that count", "unflagged"]


def test_the_best_error_is_the_lowest_of_model_and_forecasts(result):
    """Population is best by the model (0.53 %), real GDP by drift."""
    population, gdp = (target.holdout for target in result[BACKTEST].targets)
    assert best_error(population) == population.statistics.mape
    assert best_error(gdp) == gdp.baselines["drift"].statistics.mape


def test_no_error_is_best_where_none_is_defined(result):
    """A score whose errors are all undefined marks nothing."""
    score = result[BACKTEST].targets[0].holdout
    undefined = replace(score, statistics=replace(score.statistics, mape=math.nan), baselines={})
    assert math.isnan(best_error(undefined))
    bare = replace(result[BACKTEST].targets[0], holdouts={"known": undefined})
    row = holdout_table(with_targets(result, bare)).rows[0]
    assert all(cell.mark == "" for cell in row)


def test_each_scored_row_has_one_best(result):
    """Of the model and each rule once exactly one cell of a row is marked as best."""
    table = holdout_table(result)
    again = [column.heading for column in table.columns].index("Best benchmark")
    for row in table.rows:
        assert sum(cell.mark == "best" for place, cell in enumerate(row) if place != again) <= 1
        assert sum(cell.mark == "best" for cell in row) >= 1


def test_the_best_of_all_rules_is_named_though_it_has_no_column(result):
    """Drift, the best for real GDP, has no column of its own: it stands as the best, with its name and the star."""
    table = holdout_table(result)
    headings = [column.heading for column in table.columns]
    assert "Drift" not in headings
    best, which, model = (headings.index(name) for name in ("Best benchmark", "Which", "Model, drivers forecast"))
    gdp = table.rows[1]
    assert (gdp[best].mark, gdp[which].text, gdp[model].mark) == ("best", "drift", "")


def test_the_years_one_by_one_mark_an_interval_that_missed(result):
    """Of three years an interval 0.9 to 1.1 times the median holds all; one far above holds none."""
    target = result[BACKTEST].targets[0]
    table = single_table(result)
    at = [column.heading for column in table.columns].index("90 % interval")
    assert {row[at].mark for row in table.rows} == {""}
    far = replace(target.forecast, lower=3 * target.forecast.upper, upper=4 * target.forecast.upper)
    missed = replace(target, forecasts={"forecast": far})
    assert [row[at].mark for row in single_table(with_targets(result, missed)).rows] == ["alert"] * 3


def test_a_lead_that_is_no_win_earns_no_star_alone(result):
    """Level with exponential smoothing but for 0.01 points: both have a star."""
    target = result[BACKTEST].targets[0]
    score = target.holdout
    near = replace(score.statistics, mape=score.statistics.mape + 0.01)
    rivals = {**score.baselines, "ets": replace(score.baselines["ets"], statistics=near)}
    level = replace(score, baselines=rivals, best_baseline="ets", beats_best=False)
    told = with_targets(result, replace(target, holdouts={"forecast": level}))
    table = holdout_table(told)
    starred = [column.heading for column, cell in zip(table.columns, table.rows[0], strict=True) if cell.mark == "best"]
    assert starred == ["Model, drivers forecast", "Exp. smoothing", "Best benchmark"]


def test_forecasts_stand_side_by_side_by_what_they_know(result):
    """Three columns where there are three; a study that PySD runs has one, and no column of forecasts by year."""
    for table in (holdout_table(result), overview_table([result])):
        headings = [column.heading.split(", ")[-1] for column in table.columns]
        assert [each for each in headings if each.startswith("drivers")] == [
            "drivers forecast", "drivers known", "drivers frozen",
        ]  # fmt: skip
    bare = (replace(each, holdouts={"known": each.holdout}, forecasts={}) for each in result[BACKTEST].targets)
    alone = with_targets(result, *bare)
    for table in (holdout_table(alone), overview_table([alone]), single_table(alone)):
        assert not any("frozen" in column.heading for column in table.columns)
    assert "Forecast" not in [column.heading for column in single_table(alone).columns]


def test_flagged_cells_are_listed_with_their_weights(result):
    """2003 of population weighs 0.25; 2005 of real GDP is dropped, 2008 weighs 0.25."""
    rows = [(row[0].text, row[1].text, row[-1].text) for row in flags_table(result[BACKTEST].targets).rows]
    assert rows == [("Population", "2003", "0.25"), ("Real GDP", "2005", "dropped"), ("Real GDP", "2008", "0.25")]


def test_an_unfinished_start_is_marked(result):
    """The start that ran out of evaluations is marked, the others are not."""
    marks = [row[4].mark for row in starts_table(result[CALIBRATE].fit).rows]
    assert marks == ["", "", "", "alert"]


def test_the_overview_has_a_row_per_study_and_series(result):
    """Two studies of two series make four rows, each leading to its study's report."""
    table = overview_table([result, result])
    assert len(table.rows) == 4
    assert {row[0].link for row in table.rows} == {"logistic/index.html"}


def test_the_overview_says_which_forecasts_are_beaten(result):
    """Population beats every rival and has the star; none has it that does not, and each row names the best rival."""
    target = result[BACKTEST].targets[0]
    lost = replace(target.holdout, beats_last=False, beats_best=False, beats_two_line=False)
    beaten = replace(target, holdouts={"forecast": lost})
    half = replace(target, holdouts={"forecast": replace(lost, beats_last=True, beats_two_line=True)})
    worse = with_targets(result, *result[BACKTEST].targets, beaten, half, replace(target, holdouts={}))
    table = overview_table([worse])
    model = [column.heading for column in table.columns].index("Hold-out, drivers forecast")
    best = target.holdout.best_baseline
    assert [(row[model].mark, row[-1].text) for row in table.rows] == [
        ("best", BASELINE_LABELS[best]),
        ("", "drift"),
        ("", BASELINE_LABELS[best]),
        ("", BASELINE_LABELS[best]),
        ("", "–"),
    ]


def test_every_benchmark_forecast_has_its_label():
    """The one list of labels names exactly the forecasts that the backtest makes, in their order; others are of it."""
    assert list(BASELINE_LABELS) == [*BASELINES, *SEASONAL]
    assert {*TABLE_RULES, *DRAWN_RULES} <= set(BASELINES)


def test_a_dropped_cell_of_the_holdout_is_shown_in_every_table_of_its_errors(result):
    """With 2012 dropped the errors are means of two cells of three: both tables say so and mark it."""
    whole = result[BACKTEST].targets[0]
    score = replace(whole.holdout, statistics=replace(whole.holdout.statistics, n=2))
    dropped = with_targets(result, replace(whole, holdouts={"known": score}), result[BACKTEST].targets[1])
    for table in (holdout_table(dropped), overview_table([dropped])):
        column = [column.heading for column in table.columns].index("Scored")
        assert [(row[column].text, row[column].mark) for row in table.rows] == [("2 of 3", "alert"), ("3 of 3", "")]


def test_the_start_of_every_parameter_is_shown(result):
    """The first descent began somewhere, whether the study says where or not: no cell of the column is empty."""
    table = parameter_table(result)
    column = [column.heading for column in table.columns].index("Start")
    assert [row[column].text for row in table.rows] == ["0.1", "0.1"]


def test_runs_and_evaluations_are_told_apart(result):
    """The table counts runs and the settings limit evaluations: the note says what each of them is."""
    note = starts_table(result[CALIBRATE].fit).note
    assert "Runs: every simulation" in note
    assert "Evaluations, which the settings limit, are" in note


def test_starts_of_many_parameters_say_where_their_ends_stand(result):
    """A column a parameter would be wider than the page; where all ended in one place none is missed."""
    fit = result[CALIBRATE].fit
    values = {f"p{k}": 1.0 for k in range(9)}
    starts = tuple(replace(start, estimate=values if start.estimate else {}) for start in fit.starts)
    many = replace(fit, names=tuple(values), starts=starts, estimate=values)
    assert len(starts_table(fit).columns) == 6 + len(fit.names)
    assert len(starts_table(many).columns) == 6
    assert starts_table(many).note.endswith("Where each ended stands under `starts` in manifest.json.")
    assert "manifest" not in starts_table(many, one_place=True).note
