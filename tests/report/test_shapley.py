"""Words and tables of Shapley effects, on shares that were put into them."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.report.fact import bare
from rcsd.report.sections.shapley.answer import drives
from rcsd.report.sections.shapley.figures import shares_figure
from rcsd.report.study_page import study_parts, study_sections
from rcsd.study.findings.shapley import PosteriorShares, Shapley
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.steps.shapley import SHAPLEY
from rcsd.study.written.result_json import document_of
from tests.report.held import held_to_document
from tests.report.knowledge import finding
from tests.report.test_sobol import crossing

EFFECTS = np.array([[[0.64, 0.36, 0.0], [0.9, 0.08, 0.02]], [[0.0, 1.0, 0.0], [np.nan, np.nan, np.nan]]])
SHARES = PosteriorShares(
    parameters=("Growth Rate", "Loss Rate", "Price"),
    outputs=("Population", "Preference"),
    units=("wr", "Dmnl"),
    times=np.array([2013.0, 2030.0]),
    mean=np.array([[200.0, 0.1], [100.0, 0.3]]),
    sd=np.array([[10.0, 0.05], [25.0, 0.0]]),
    effects=EFFECTS,
    conf=np.where(np.isnan(EFFECTS), np.nan, 0.03),
    explained=np.array([[0.999, 0.85], [0.99, np.nan]]),
    undetermined=np.array([[False, False], [True, False]]),
    confidence=0.95,
    n_draws=998,
)
FOUND = Shapley(SHARES, "", (2000, 2013), (), 1000, 2)


@pytest.fixture
def shared(result):
    """Return a study with these shares."""
    return finding(result, shapley=FOUND, sobol=Sensitivity())


def table_of(result) -> list[list[str]]:
    """Return the table of the shares, without marks."""
    (section,) = [each for each in study_sections(result) if each.anchor == "shapley"]
    return [[bare(cell.text).replace("\u00a0", " ") for cell in row] for row in section.tables[0].rows]


@pytest.mark.usefixtures("undrawn")
def test_sizes_and_shares_stand_side_by_side(shared):
    """Percent of a mean or the output's unit; small shares, undetermined ones and what does not vary have no number."""
    assert table_of(shared) == [
        ["Population", "2013", "± 5 %", "Growth Rate 64 ± 3 %", "Loss Rate 36 ± 3 %"],
        ["Population", "2030", "± 25 %", "–", "–"],
        ["Preference", "2013", "± 0.05", "Growth Rate 90 ± 3 %", "Loss Rate 8 ± 3 %"],
        ["Preference", "2030", "± 0", "–", "–"],
    ]


def test_the_figure_has_every_share_once():
    """A panel a time, parameters in the order of their largest share; what is not determined has no number."""
    chart = shares_figure(SHARES)
    first, last = chart.panels
    assert first.y.names == ("Growth Rate", "Loss Rate", "Price")
    assert first.layers[0].texts == (("0.64", "0.90"), ("0.36", "0.08"), ("0.00", "0.02"))
    assert first.layers[0].pale.tolist() == [[False, False], [False, False], [True, True]]
    assert last.layers[0].texts == (("–", "–"),) * 3


@pytest.mark.usefixtures("undrawn")
def test_the_same_parameters_over_their_ranges_stand_beside_them(shared):
    """Where a sensitivity analysis has the output at that time, its spread and who leads."""
    study = crossing()
    outputs = ("Population", "Preference")
    beside = replace(study, result=replace(study.result, outputs=outputs, units=dict.fromkeys(outputs, "wr")))
    rows = table_of(finding(shared, sobol=Sensitivity((beside,))))
    assert rows[0][-2:] == ["± 100 %", "Growth"]
    assert rows[1][-2:] == ["–", "–"]


@pytest.mark.usefixtures("undrawn")
def test_what_a_reader_should_hold_against_the_shares_is_said(shared):
    """Failed runs, a tail too heavy, an output that no polynomial follows, and one that nothing moves."""
    (section,) = [each for each in study_sections(shared) if each.anchor == "shapley"]
    assert section.paragraphs[0].startswith(
        "998 different draws of the posterior of 2000–2013 were run with the drivers"
    )
    text = " ".join(section.points).replace("\u00a0", " ")
    assert "2 runs of 1,000 failed and count for nothing." in text
    assert "one draw makes more than a tenth of the variance: Population in 2030." in text
    assert "follows Preference in 2013 only in part (the least, 85 % of the variance)" in text
    assert "Not touched by these parameters: Preference in 2030." in text


def test_marked_numbers_are_those_of_the_document(shared):
    """The answer and the table name their places in result.json."""
    with_shares = replace(SHARES, undetermined=np.zeros((2, 2), dtype=bool))
    result = finding(shared, shapley=replace(FOUND, shares=with_shares))
    (section,) = [each for each in study_sections(result) if each.anchor == "shapley"]
    text = "".join(cell.text for row in section.tables[0].rows for cell in row)
    held_to_document(text + drives(result), document_of(result, (SHAPLEY,)), least=4 + 10 + 3)


@pytest.mark.usefixtures("undrawn")
def test_the_question_what_drives_it_is_answered(shared, result):
    """By the shares, at the horizon; without a posterior by the ranges; else with the reason why not."""
    with_shares = replace(SHARES, undetermined=np.zeros((2, 2), dtype=bool))
    told = bare(drives(finding(shared, shapley=replace(FOUND, shares=with_shares)))).replace("\u00a0", " ")
    assert told.startswith(
        "For 2030, what the data leave uncertain of the parameters moves Population by ± 25 % (Loss Rate 100 ± 3 %)"
    )
    # the shares of 2030 are not determined, and those of 2013 are told
    told = bare(drives(shared)).replace("\u00a0", " ")
    assert told.startswith(
        "For 2013, what the data leave uncertain of the parameters moves Population by ± 5 % (Growth"
    )
    (part,) = [each for each in study_parts(shared) if each.question.heading == "What drives it?"]
    assert "moves Population by ±" in part.answer
    study = crossing()
    ranges = replace(study, result=replace(study.result, outputs=("Population", "Preference")))
    told = drives(finding(result, sobol=Sensitivity((ranges,))))
    assert told == "Over the ranges of the estimated parameters, most is moved for 2020: Population by Price."
    level = study.result.levels[-1]
    wide = replace(level, total_conf=np.where(np.isnan(level.total_conf), np.nan, 9.0))
    open_left = replace(ranges, result=replace(ranges.result, levels=(wide,)))
    told = drives(finding(result, sobol=Sensitivity((open_left,))))
    assert told == "The sample (N = 64) is too small to tell what moves the series most."
    still = replace(ranges, result=replace(ranges.result, outputs=("Preference", "Population")))
    assert drives(finding(result, sobol=Sensitivity((still,)))) == "Nothing that was varied moves the series."
    assert drives(result) == "That was not asked: the fixture has no model."


@pytest.mark.usefixtures("undrawn")
def test_without_shares_the_reason_is_said(shared):
    """Chains that could not be sampled leave no draws."""
    none = Shapley(None, "there are no draws: the posterior is flat", (2000, 2010), ("the posterior is flat",), 0, 0)
    result = finding(shared, shapley=none)
    (section,) = [each for each in study_sections(result) if each.anchor == "shapley"]
    assert section.points == ("No shares were worked out: there are no draws: the posterior is flat.",)
    assert document_of(result, (SHAPLEY,))["shapley_settings"] == {"left_out": none.why}
