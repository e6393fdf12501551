"""Words and figures of a sensitivity analysis, on shares that were put into it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import Indices, OutcomeIndices, SobolResult, sobol_document
from rcsd.analysis.sensitivity.absolute import sizes
from rcsd.analysis.sensitivity.failures import Failures
from rcsd.report.fact import bare
from rcsd.report.sections.sobol.effects import effects_table, small_effects, together
from rcsd.report.sections.sobol.files import sobol_drawings
from rcsd.report.sections.sobol.tables import outcomes_table
from rcsd.report.sections.sobol.words import reading
from rcsd.report.study_page import study_sections
from rcsd.study.sobol.result import Sensitivity, SobolStudy
from tests.report.held import held_to_document
from tests.report.knowledge import finding

TIMES = np.arange(2010.0, 2021.0)


def indices(total, n_base=64, conf=0.02):
    """Return indices over (time, output, parameter) whose first order is the total, with equal intervals."""
    total = np.asarray(total, dtype=float)
    d = total.shape[-1]
    constant = np.isnan(total).any(axis=-1)
    width = np.where(np.isnan(total), np.nan, conf)
    second = np.where(np.triu(np.ones((d, d)), 1) > 0, 0.0, np.nan) + 0 * total[..., :1, None]
    return Indices(n_base, total, width, total, width, second, np.abs(second) + conf, constant)


def study_of(levels, parameters, outputs, title="A town", data_end=2013.0):
    """Return an analysis with these indices."""
    names = tuple(parameters)
    n_runs = levels[-1].n_base * (2 * len(names) + 2)
    shape = (TIMES.size, len(outputs))
    result = SobolResult(
        parameters=names,
        distributions=("uniform from 0 to 1",) * len(names),
        parameter_units=("Dmnl",) * len(names),
        outputs=tuple(outputs),
        units=dict.fromkeys(outputs, "yuan"),
        times=TIMES,
        confidence=0.95,
        n_resamples=200,
        mean=np.ones(shape),
        sd=np.ones(shape),
        levels=tuple(levels),
        outcomes=(),
        pawn=(),
        failures=Failures(n_runs, np.array([], dtype=int), names, np.empty((0, len(names))), (), "refuse"),
    )
    space = ParameterSpace(tuple(Parameter(name, 0.0, 1.0, "Dmnl", "test") for name in names))
    return SobolStudy(
        "town", title, "calibrated", "estimated parameters", 7, "bounds", space, {}, data_end, 2020.0, result
    )


def crossing(n_outputs=2, n_base=64, conf=0.02, names=("Growth", "Price", "Rate")):
    """Return an analysis in which the first parameter gives way to the second; the last output is constant."""
    share = np.linspace(0.9, 0.1, TIMES.size)
    total = np.stack([share, 1 - share, np.full(TIMES.size, 0.01)], axis=-1)
    every = np.repeat(total[:, None], n_outputs, axis=1)
    every[:, -1] = np.nan
    outputs = [f"Output {i}" for i in range(n_outputs)]
    levels = [indices(every, n_base // 2, 2 * conf), indices(every, n_base, conf)]
    return study_of(levels, names, outputs)


def test_the_reading_names_leaders_and_their_change():
    """The first leads at the end of the data, the second at the horizon, both with their intervals."""
    text = " ".join(reading(crossing()))
    assert "Output 0: in 2013 Growth (0.66 ± 0.02) leads, before Price (0.34 ± 0.02)" in text
    assert "in 2020 Price (0.90 ± 0.02) leads, before Growth (0.10 ± 0.02)" in text
    assert "From 2013 to 2020 Price (0.34 to 0.90) gains; Growth (0.66 to 0.10) loses." in text
    assert "Output 1: it does not vary in 2013 and 2020." in text
    assert "Constant over the sample in 2010-2020, and without indices there: Output 1." in text
    assert "512 runs (N = 64, seed 7)" in text
    assert "widest interval" not in text


def test_an_order_within_the_intervals_is_not_read_out_as_one():
    """With half-widths of 0.3 the two cannot be told apart in 2013, and a larger N is asked for."""
    text = " ".join(reading(crossing(conf=0.3)))
    order = "are the largest (their order is not statistically resolved)"
    assert f"in 2013 Growth (0.66 ± 0.30) and Price (0.34 ± 0.30) {order}" in text
    assert "The widest interval is ± 0.30 (Output 0, 2013): N = 64 resolves large differences only. N = 256" in text


def test_what_the_sample_does_not_determine_has_no_number_and_no_advice_to_enlarge_it():
    """An interval of millions in 2020: no index, no change, nothing of it in a figure, and the reason."""
    study = crossing(n_base=1024)
    level = study.result.levels[-1]
    total, conf = level.total.copy(), level.total_conf.copy()
    total[-1, 0], conf[-1, 0] = (68.85, 1.0, 0.0), (28967582.0, 0.1, 0.0)
    changed = replace(study.result, levels=(*study.result.levels[:-1], replace(level, total=total, total_conf=conf)))
    heavy = replace(study, result=changed)
    text = " ".join(reading(heavy))
    assert "Growth (0.66 ± 0.02) leads, before Price (0.34 ± 0.02); in 2020 it is not determined. Output 1" in text
    assert "determined in 2020: Output 0. The distribution over the sample has too heavy a tail for N = 1024" in text
    assert not re.search(r"68\.85|28967582|would about halve|rom 2013 to 2020", text)
    drawings = {drawing.name: drawing for drawing in sobol_drawings(heavy)}
    for name in ("pairs", "convergence"):
        assert b"not determined" in drawings[name].svg
    assert b"68.85" not in drawings["outputs-and-parameters"].svg
    # the axis of the areas ends where it does without that year's numbers
    assert not re.search(rb">\s*<!-- (20|40|60) -->", drawings["total-by-year"].svg)


def test_a_study_without_years_beyond_its_data_is_read_once():
    """Where the horizon ends the data, nothing changes between the two."""
    study = replace(crossing(), data_end=2020.0)
    text = " ".join(reading(study))
    assert "in 2013" not in text
    assert "From" not in text


@pytest.mark.slow
def test_figures_are_drawn_alike_twice():
    """Equal bytes, whole sentences beside them, and a panel for each output."""
    study = crossing(n_outputs=3)
    first, again = sobol_drawings(study), sobol_drawings(study)
    assert [drawing.name for drawing in first] == ["total-by-year", "outputs-and-parameters", "pairs", "convergence"]
    for drawing, other in zip(first, again, strict=True):
        assert (drawing.svg, drawing.png) == (other.svg, other.png)
        assert drawing.alt.endswith(".")
        assert drawing.caption.endswith(".")
    assert len(re.findall(rb'<g id="axes_\d+">', first[0].svg)) == 3


def test_many_parameters_and_few_are_drawn():
    """Fifteen parameters leave some without a colour, and say so; one parameter has no pairs; dollars are money."""
    total = np.full((TIMES.size, 1, 15), 1 / 15)
    many = study_of([indices(total)], [f"Parameter {i}" for i in range(15)], ["GDP"])
    drawings = {drawing.name: drawing for drawing in sobol_drawings(many)}
    assert "and 7 others in grey" in drawings["total-by-year"].alt
    assert "3 parameters with small totals not drawn" in drawings["pairs"].caption
    one = study_of([indices(np.ones((TIMES.size, 1, 1)))], ["$\\undefined{ $"], ["$ $"])
    assert [drawing.name for drawing in sobol_drawings(one)] == [
        "total-by-year",
        "outputs-and-parameters",
        "convergence",
    ]


def test_the_negative_estimates_are_counted_and_explained():
    """One first order of -0.01 in each year but those of the constant output; no interval lies below zero."""
    study = crossing()
    level = study.result.levels[-1]
    first = level.first.copy()
    first[..., 2] = np.where(np.isnan(first[..., 2]), np.nan, -0.01)
    changed = replace(study.result, levels=(*study.result.levels[:-1], replace(level, first=first)))
    text = " ".join(reading(replace(study, result=changed)))
    assert "11 of 33 first-order estimates are, and are shown as they came out" in text
    assert "the intervals of all of these reach up to zero or beyond" in text


def test_how_the_parameters_were_drawn_is_said():
    """A posterior's marginals drop correlations, in these words."""
    assert "varied uniformly over their ranges" in reading(crossing())[0]
    assert "all other constants are as the study sets them. Numbers" in reading(crossing())[0]
    held = replace(crossing(), held={"Birth Rate": 0.01})
    assert "as the study sets them, estimated ones at their estimates. Numbers" in reading(held)[0]
    words = reading(replace(crossing(), distribution="posterior"))[0]
    assert "correlations between parameters are dropped" in words


@pytest.mark.usefixtures("undrawn")
def test_the_report_has_a_part_for_each_analysis(result):
    """A figure and the tables under a heading; a group that was left out has the reason."""
    found = Sensitivity((crossing(),), {"clock": "3 of 9 runs failed"})
    sections = {section.anchor: section for section in study_sections(finding(result, sobol=found))}
    made, missing = sections["sobol-calibrated"], sections["sobol-clock"]
    assert made.heading == "What moves the outputs: estimated parameters"
    assert made.tables[0].rows[0][3].text.startswith("Growth (")
    assert missing.points == ("No analysis was made: 3 of 9 runs failed",)
    assert [drawing.name for drawing in made.drawings] == ["sobol-calibrated-total-by-year"]


def test_the_table_of_outcomes_names_who_leads_each():
    """A crossing in years, a value in its unit; a parameter whose interval holds zero is not named beside the first.

    The value of an output at the end of the data stands in the table of the outputs. A mean over runs of which some
    have no such year is none.
    """
    level, alone = indices(np.array([0.7, 0.4, 0.01])), indices(np.array([0.7, 0.01, 0.01]))
    outcomes = (
        OutcomeIndices("year of the peak of GDP", "GDP", "", True, 0, None, 2011.04, 2.26, (level,)),
        OutcomeIndices("year of no return", "GDP", "", True, 40, 2030.0, 2029.0, 1.3, (level,)),
        OutcomeIndices("peak of GDP", "GDP", "yuan", False, 0, None, 1234.0, 5.0, (alone,)),
        OutcomeIndices("GDP in 2000", "GDP", "yuan", False, 0, None, 1234.0, 2.3e-13, (alone,)),
        OutcomeIndices("Output 0 in 2013", "Output 0", "yuan", False, 0, None, 1234.0, 5.0, (alone,)),
    )
    study = crossing()
    table = outcomes_table(replace(study, result=replace(study.result, outcomes=outcomes)))
    rows = [tuple(cell.text for cell in row) for row in table.rows]
    assert rows == [
        ("year of the peak of GDP", "2011.0", "2.3", "Year", "Growth (0.70 ± 0.02)", "Price (0.40 ± 0.02)"),
        ("year of no return", "–", "–", "Year", "Growth (0.70 ± 0.02)", "Price (0.40 ± 0.02)"),
        ("peak of GDP", "1,234", "5.000", "yuan", "Growth (0.70 ± 0.02)", "–"),
        ("GDP in 2000", "1,234", "0", "yuan", "Growth (0.70 ± 0.02)", "–"),
    ]


def test_a_share_stands_beside_the_size_that_it_is_a_share_of():
    """Of a spread of 2 % a share of 0.81 is an effect of 1.8 %: both are told, and that it is little."""
    study = study_of([indices(np.tile([0.81, 0.19], (TIMES.size, 1, 1)))], ["a", "b"], ["GDP"])
    shape = (TIMES.size, 1)
    small = replace(study, result=replace(study.result, mean=np.full(shape, 50.0), sd=np.ones(shape)))
    first = [bare(cell.text).replace("\u00a0", " ") for cell in effects_table(small, explained=True).rows[0]]
    assert first == ["GDP", "2013", "± 2 %", "a (0.81 ± 0.02)", "± 1.8 %", "b (0.19 ± 0.02)", "± 0.87 %", "–"]
    assert bare(small_effects(small)).endswith("GDP (±\u00a02\u00a0%).")
    assert small_effects(study) == ""
    text = "".join(cell.text for row in effects_table(small, explained=True).rows for cell in row)
    held_to_document(text + small_effects(small), {"sobol": sobol_document(small.result)}, least=2 * 7 + 1)


def test_pairs_that_act_together_are_named_with_their_share():
    """The one whose interval lies above zero, for the output that has one."""
    study = crossing()
    level = study.result.levels[-1]
    second = level.second.copy()
    second[-1, 0, 0, 1] = 0.09
    paired = replace(study, result=replace(study.result, levels=(replace(level, second=second),)))
    told = together(paired)
    assert bare(told) == "Interactions that show most clearly in 2020: Growth and Price on Output 0 (0.09 ± 0.02)."
    held_to_document(told, {"sobol": sobol_document(paired.result)}, least=2)
    assert together(study) == ""


def test_an_output_near_zero_is_measured_in_its_unit():
    """Percent of a mean that may be zero says nothing; neither does percent of a number without a dimension."""
    shares = np.array([[0.25]])
    assert not sizes(np.array([0.1]), np.array([1.0]), shares, "person").in_percent
    assert not sizes(np.array([10.0]), np.array([1.0]), shares, "Dmnl").in_percent
    found = sizes(np.array([-10.0, 0.0]), np.array([2.0, 0.0]), np.tile(shares, (2, 1)), "what?!")
    assert found.in_percent
    assert found.spread.tolist() == [20.0, 0.0]
    assert found.effects.tolist() == [[10.0], [0.0]]


def test_a_study_in_which_nothing_varies_is_drawn():
    """All indices undefined: figures without areas, and words for it."""
    nothing = study_of([indices(np.full((TIMES.size, 1, 2), np.nan))], ["a", "b"], ["GDP"])
    assert len(sobol_drawings(nothing)) == 4
    assert "it does not vary" in " ".join(reading(nothing))
