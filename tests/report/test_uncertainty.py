"""What is known of the parameters, in the words, numbers and marks of a report."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.report.chart import Rule
from rcsd.report.fact import bare
from rcsd.report.sections.fit.tables import fit_table
from rcsd.report.sections.parameters.tables import parameter_table
from rcsd.report.sections.uncertainty.answer import known_answer
from rcsd.report.sections.uncertainty.noise import noise_figure
from rcsd.report.sections.uncertainty.posterior import pair_figure
from rcsd.report.sections.uncertainty.profiles import profile_figure
from rcsd.report.sections.uncertainty.tables import (
    collinear_table,
    diagnostics_table,
    gap_table,
    identifiability_table,
    noise_table,
)
from rcsd.report.sections.uncertainty.words import (
    collinear,
    determined,
    little_power,
    noise_assumed,
    opened,
    posterior_verdict,
    search_verdict,
)
from rcsd.report.study_front.verdict import verdicts
from rcsd.report.study_page import study_sections
from rcsd.report.wording import NO_BREAK
from rcsd.study.findings.posterior import Sampled
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.coverage import Coverages, coverage
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES
from tests.report.knowledge import GROWTH, LOSS, N_DRAWS, finding, posterior, uncertainty, unconverged, with_parameters


def column(table, heading):
    """Return the cells below a heading."""
    at = [each.heading for each in table.columns].index(heading)
    return [row[at] for row in table.rows]


def agreeing(result, n_near, *positions):
    """Return the result with near-best starts at these places of the growth rate."""
    spread = max(positions) - min(positions)
    calibration = result[CALIBRATE]
    found = replace(
        calibration.agreement,
        n_near=n_near,
        positions={GROWTH: positions, LOSS: (1.0,) * len(positions)},
        spreads={GROWTH: spread, LOSS: 0.0},
    )
    return finding(result, calibrate=replace(calibration, agreement=found))


def test_an_optimum_found_in_one_place_is_said_to_be_found_repeatedly(result):
    """Three of four starts agree within 1 % of the interval."""
    text = search_verdict(result).replace(NO_BREAK, " ")
    assert text.startswith("The optimum was found repeatedly: 3 of 4 starts ended within 1 % of the lowest cost")
    assert "more than 1.0 % of its search interval" in text


def test_equal_costs_in_different_places_are_no_agreement(result):
    """Two starts of one cost, a third of the interval apart, say that the cost is level there."""
    text = search_verdict(agreeing(result, 2, 0.3, 0.63)).replace(NO_BREAK, " ")
    assert "in different places" in text
    assert "they differ in Growth Rate, by up to 33.0 % of its search interval (Growth Rate)" in text


def test_an_optimum_found_once_may_not_be_the_global_one(result):
    """One of four starts near the best is told as such, and once only in the answer."""
    once = agreeing(result, 1, 0.3)
    assert "may not be the global one" in search_verdict(once)
    assert known_answer(once).count("global") == 1


def test_a_single_start_proves_nothing(result):
    """A study with one start claims neither agreement nor the lack of it."""
    found = agreeing(result, 1, 0.3)[CALIBRATE]
    one = finding(result, calibrate=replace(found, agreement=replace(found.agreement, n_starts=1)))
    assert search_verdict(one).startswith("There was one start only")


def test_the_assumptions_of_the_noise_are_said():
    """Both degrees of freedom, the prior of scale and memory, and which results use which noise."""
    text = " ".join(noise_assumed(uncertainty())).replace(NO_BREAK, " ")
    assert "t with 4 degrees of freedom, of flagged cells with 2" in text
    assert "within a factor of 1.6" in text
    assert "least squares with the errors that the study states" in text


def test_only_gaps_are_said_to_be_fitted_as_stated():
    """Beside a series of counts, whose noise is estimated in the fit as well."""
    known = uncertainty()
    counts = replace(known.noise[0], series="ill", kind="negative-binomial", values={"dispersion": 0.1})
    text = " ".join(noise_assumed(replace(known, noise=(known.noise[0], counts)))).replace(NO_BREAK, " ")
    assert f"{known.noise[0].series} has its error as the study states" in text
    assert "least squares" not in text


def test_many_cells_give_a_test_power():
    """Nothing is said against a test of a hundred cells."""
    known = uncertainty()
    long = replace(known.noise[0], innovations=np.zeros(100))
    assert little_power(replace(known, noise=(long,))) == ()
    assert "little power" in little_power(known)[0]


def test_the_gap_of_every_series_is_said(knowing):
    """Momentum, shift, observation, the prior of memory, the change beyond which it jumps, and the source."""
    table = gap_table(knowing)
    assert [cell.text.replace(NO_BREAK, " ") for cell in table.rows[0]] == [
        "Population", "0.50", "1.00", "0.00", "0.99", "0.985 to 0.993", "2.5 %", "assumed for the fixture",
    ]  # fmt: skip


def test_the_noise_table_shows_both_tests(knowing):
    """A p of 0.010 before is marked, one of 0.800 after is not; a series without an anchor says so."""
    table = noise_table(knowing, knowing[PROFILES])
    assert [(cell.text, cell.mark) for cell in column(table, "Ljung–Box p before")] == [
        ("0.010", "alert"),
        ("0.500", ""),
    ]
    assert [cell.text for cell in column(table, "p after")] == ["0.800", "0.800"]
    assert [cell.text for cell in column(table, "Anchor")] == ["2000", "none"]
    assert [cell.text for cell in column(table, "Scale")] == ["0.50", "0.50"]


def test_parameters_are_listed_by_what_determines_them(knowing):
    """The data determine one, the other's prior carries it; without a conflict none is named."""
    text, apart = determined(knowing, knowing[PROFILES])
    assert text == "The data determine Growth Rate; carried by their priors are Loss Rate."
    assert apart == "The data hardly tell apart Growth Rate and Loss Rate."
    assert "disagree about Loss Rate" in determined(knowing, uncertainty(conflicts=(LOSS,)))[-1]


def test_an_estimate_drawn_by_the_priors_of_others_is_not_against_its_own(knowing):
    """Each of two estimates outside the data's intervals is told with the priors that hold it there."""
    known = uncertainty(conflicts=(GROWTH, LOSS), drawn=(LOSS,))
    against, drawn = determined(knowing, known)[-2:]
    assert against.startswith("Prior and data disagree about Growth Rate:")
    assert drawn == (
        "The most probable value of Loss Rate lies outside what the data allow, drawn there by the priors of others."
    )
    table = identifiability_table(knowing, known, None)
    assert [cell.text for cell in column(table, "Data")] == ["against its prior", "drawn by others' priors"]


def undivided(result):
    """Return the result with data that know only one combination of both parameters."""
    known = result[PROFILES]
    pair = (replace(known.identifiability.collinear[0], index=np.inf, left=1.0),)
    return finding(result, profiles=replace(known, identifiability=replace(known.identifiability, collinear=pair)))


def test_a_combination_is_not_told_as_its_parameters(knowing):
    """Where the data leave all of the priors' spread in the split, the answer claims neither parameter alone."""
    split = undivided(knowing)
    said = "Only a combination of Growth Rate and Loss Rate is known to the data: "
    assert determined(split, split[PROFILES]) == (f"{said}priors alone say how it splits.",)
    assert "The 2 fitted parameters are known only in combination with others." in known_answer(split)
    flat = with_parameters(split, *(replace(each, prior=None) for each in split[PARAMETERS].parameters))
    assert determined(flat, flat[PROFILES]) == (f"{said}nothing says how it splits.",)
    cells = column(identifiability_table(split, split[PROFILES], None), "Determined by")
    assert [(cell.text, cell.mark) for cell in cells] == [
        ("data, known only with Loss Rate", "alert"),
        ("prior, known only with Growth Rate", "alert"),
    ]


def test_a_triple_known_only_in_combinations_is_told(knowing):
    """Of three parameters whose effects cancel the data know more than one combination."""
    known = knowing[PROFILES]
    triple = (replace(known.identifiability.collinear[0], names=("A", "B", "C"), left=1.0),)
    known = replace(known, identifiability=replace(known.identifiability, collinear=triple))
    assert determined(knowing, known)[1].startswith("Only combinations of A, B and C are known to the data")


def test_open_profiles_are_named_with_their_side(knowing):
    """One profile is open to the right; with none open the sentence says that all close."""
    assert opened(knowing[PROFILES]).endswith("open to the right: Loss Rate.")
    closed = replace(knowing[PROFILES], profiles=knowing[PROFILES].profiles[:1])
    assert opened(closed) == "Every profile closes within the bounds."


def test_the_identifiability_table_marks_what_the_data_leave_open(knowing):
    """Interval, word, quantiles of the line of draws, and marks on the loss rate alone."""
    known = uncertainty(conflicts=(LOSS,))
    table = identifiability_table(knowing, known, knowing[POSTERIOR])
    assert "the interval of the profile, all priors left out" in table.note
    assert [bare(cell.text).replace(NO_BREAK, " ") for cell in column(table, "Data alone, 95 %")] == [
        "0.211 to 0.289",
        "0.51 to 1",
    ]
    assert [(cell.text.replace(NO_BREAK, " "), cell.mark) for cell in column(table, "Profile")] == [
        ("closed", ""),
        ("open to the right", "alert"),
    ]
    assert [bare(cell.text) for cell in column(table, "50 %")] == ["0.250", "0.800"]
    assert [(cell.text, cell.mark) for cell in column(table, "Determined by")] == [("data", ""), ("prior", "alert")]
    assert [cell.text.replace(NO_BREAK, " ") for cell in column(table, "Data")] == ["", "against its prior"]


def test_quantiles_of_draws_that_have_not_converged_stand_with_a_reservation(knowing):
    """Dashes stand for no posterior alone; what has not converged is shown, and the note begins with that."""
    table = identifiability_table(knowing, knowing[PROFILES], unconverged(knowing))
    assert [bare(cell.text) for cell in column(table, "50 %")] == ["0.250", "0.800"]
    assert table.note.startswith("The draws have not converged.")
    table = identifiability_table(knowing, knowing[PROFILES], None)
    assert {cell.text for cell in column(table, "50 %")} == {"–"}
    assert "converged" not in table.note


def test_the_parameter_table_marks_by_the_same_verdicts(knowing):
    """Whatever the ratio says, the word follows the profile; without profiles it follows the ratio."""
    cells = column(parameter_table(knowing), "Determined by")
    assert [(cell.text, cell.mark) for cell in cells] == [("data", ""), ("prior", "alert")]
    wide = with_parameters(knowing, *(replace(each, error_over_prior=0.95) for each in knowing[PARAMETERS].parameters))
    assert column(parameter_table(wide), "Determined by")[0].text == "data"
    unexamined = finding(wide, profiles=None)
    assert [cell.text for cell in column(parameter_table(unexamined), "Determined by")] == ["prior", "prior"]


def test_what_nothing_determines_is_no_priors(knowing):
    """Without a prior the parameter table says "nothing" beside "flat"."""
    known = replace(knowing[PROFILES], verdicts={GROWTH: "data", LOSS: "nothing"})
    table = parameter_table(finding(knowing, profiles=known))
    assert [column(table, head)[1].text for head in ("Determined by", "Prior")] == ["nothing", "flat"]


def test_what_determines_a_parameter_stands_before_all_that_only_explains_it(knowing):
    """The first columns of both tables are what a reader asks for; units come last."""
    heads = [column.heading for column in identifiability_table(knowing, knowing[PROFILES], None).columns]
    assert heads[:5] == ["Parameter", "Estimate", "Data alone, 95 %", "Determined by", "Data"]
    heads = [column.heading for column in parameter_table(knowing).columns]
    assert heads[:4] == ["Parameter", "Estimate", "Posterior sd", "Determined by"]
    assert heads[-2:] == ["Unit", "Source"]


def test_deviations_of_the_posterior_stand_where_there_is_one(knowing):
    """Draws even from 0.2 to 0.3 scatter by their length over the root of 12; stuck chains are marked."""
    assert column(parameter_table(knowing), "Posterior sd")[0].text == f"{0.1 / np.sqrt(12):.3f}"
    stuck = parameter_table(finding(knowing, posterior=unconverged(knowing)))
    assert column(stuck, "Posterior sd")[0].text == f"{0.1 / np.sqrt(12):.3f}"
    assert stuck.note.startswith("The draws have not converged.")
    headings = [each.heading for each in parameter_table(finding(knowing, posterior=None)).columns]
    assert "Posterior sd" not in headings
    assert "widened by the root of χ² per degree of freedom" in parameter_table(knowing).note


def test_collinear_sets_are_listed(knowing):
    """The pair of the fixture has an index of 12.5; without one the sentence says so and the table is empty."""
    known = knowing[PROFILES]
    assert [[cell.text for cell in row] for row in collinear_table(known).rows] == [
        ["Growth Rate and Loss Rate", "12.5", "0.50"]
    ]
    apart = replace(known, identifiability=replace(known.identifiability, collinear=(), index=3.0))
    assert collinear_table(apart).rows == ()
    assert "no pair or triple of them is above 10" in collinear(apart)


def test_an_infinite_collinearity_index_is_no_missing_one(knowing):
    """Beyond ten thousand its digits are noise: it is written as above that, in the table and in the sentence."""
    known = undivided(knowing)[PROFILES]
    assert column(collinear_table(known), "Collinearity index")[0].text == "above 10,000"
    for index in (np.inf, 6.6e9):
        endless = replace(known, identifiability=replace(known.identifiability, index=index))
        assert "all parameters together is above 10,000; the sets" in collinear(endless)


def test_diagnostics_that_fail_are_marked(knowing):
    """R-hat of 1.40 and 12 effective draws of the loss rate are marked, all else is not."""
    table = diagnostics_table(unconverged(knowing))
    assert [(row[0].text, [cell.mark for cell in row[1:]]) for row in table.rows] == [
        (GROWTH, ["", "", ""]),
        (LOSS, ["alert", "alert", ""]),
        ("ln scale of population", ["", "", ""]),
    ]


@pytest.mark.usefixtures("undrawn")
def test_the_report_shows_and_marks_draws_that_have_not_converged(knowing):
    """Which criteria they do not meet, what hinders, and every figure of them with a reservation."""
    stuck = finding(knowing, posterior=unconverged(knowing), coverage=Coverages(()))
    text = posterior_verdict(stuck, stuck[POSTERIOR])
    assert "R-hat of Loss Rate is 1.400, above 1.01" in text
    assert "Loss Rate has 12 effective draws in its bulk, below 400" in text
    assert "What hinders: two modes, along Loss Rate." in text
    section = next(part for part in study_sections(stuck) if part.anchor == "posterior")
    assert [each.name for each in section.drawings] == ["marginals", "pairs", "bands"]
    assert all(each.caption.startswith("The draws have not converged.") for each in section.drawings)
    (diagnostics,) = (table for table in section.tables if table.rows)
    assert diagnostics.caption == "Diagnostics of the draws"


@pytest.mark.usefixtures("undrawn")
def test_a_posterior_that_could_not_be_sampled_is_said(knowing):
    """Without any draws the reason stands in the report, and nothing else."""
    nothing = Sampled(None, ("the posterior is flat in some direction",), (), (), 0)
    flat = finding(knowing, posterior=nothing, coverage=Coverages(()))
    verdict = posterior_verdict(flat, flat[POSTERIOR])
    assert verdict.startswith("There is no posterior: the posterior is flat")
    assert verdict.endswith("Nothing is summarised.")
    section = next(part for part in study_sections(flat) if part.anchor == "posterior")
    assert verdict in section.points
    assert section.drawings == ()
    assert not any(table.rows for table in section.tables)
    assert "There is no posterior: the posterior is flat in some direction." in known_answer(flat)
    said = known_answer(finding(knowing, posterior=unconverged(knowing)))
    assert "The draws of the posterior have not converged: R-hat of Loss Rate is 1.400" in said
    assert "Of 2 fitted parameters, 1 is known from the data and 1 from assumptions alone." in said


def test_cells_inside_the_bands_are_counted(knowing):
    """The bands hold all fitted cells of enough weight, the forecasts two of three held-out ones of one series."""
    population, gdp = knowing[BACKTEST].targets
    short = replace(gdp.forecast, upper=gdp.forecast.upper * np.array([1.0, 1.0, 0.5]))
    targets = (population, replace(gdp, forecasts={"forecast": short, "known": gdp.forecasts["known"]}))
    counted = finding(knowing, coverage=Coverages(coverage(knowing[POSTERIOR], targets)))
    inside = [bare(cell.text) for cell in column(fit_table(counted), "Inside 90 %")]
    assert [each for each in inside if each] == ["10 of 10", "9 of 9"]
    held = [bare(verdict.sentence).rpartition("came; ")[2] for verdict in verdicts(counted)]
    assert [words.partition(" values inside")[0] for words in held] == ["3 of 3", "2 of 3"]


def test_correlations_of_draws_are_those_of_the_scales_they_are_searched_on(knowing):
    """Y = 1/x^3: the logarithms lie on a falling line, with the correlation -1; x and y themselves have -0.88."""
    x = np.exp(np.linspace(-2.5, -1.5, N_DRAWS))
    found = posterior()
    found = replace(found, draws=replace(found.draws, values=np.column_stack([x, 0.01 / x**3])))
    assert np.corrcoef(x, x**-3.0)[0, 1] > -0.9
    drawing = pair_figure(knowing, found)
    assert "The strongest correlation, -1.00, is between Growth Rate and Loss Rate." in drawing.alt
    assert b"Growth Rate (log)" in drawing.svg
    assert drawing.caption.endswith("Each parameter is on the scale of its search: (log) stands for its logarithm.")
    linear = with_parameters(knowing, *(replace(each, scale="linear") for each in knowing[PARAMETERS].parameters))
    assert "The strongest correlation, -0.88" in pair_figure(linear, found).alt
    assert pair_figure(linear, found).caption.endswith("the data only know together.")


def test_a_pair_plot_stays_small_however_many_draws(knowing):
    """Densities are pictures inside the figure: thirty times the draws make no larger file."""
    few = posterior()
    values = np.repeat(few.draws.values, 30, axis=0)
    many = replace(few, draws=replace(few.draws, values=values))
    assert many.draws.n == 30 * N_DRAWS
    assert len(pair_figure(knowing, many).svg) < 1.5 * len(pair_figure(knowing, few).svg)


def test_every_profile_is_drawn_with_the_line_of_its_interval(knowing):
    """Each panel has the 95 % line, and its label gives interval and word."""
    panels = profile_figure(knowing, knowing[PROFILES]).panels
    assert [panel.x.label for panel in panels] == ["0.211 to 0.289, closed", "0.51 to 1, open to the right"]
    for panel in panels:
        assert [layer.at for layer in panel.layers if isinstance(layer, Rule)] == [pytest.approx(3.8415, abs=1e-3)]


def test_innovations_are_drawn_by_year_with_the_bounds_of_their_distribution(knowing):
    """The dotted lines stand at 2.78, what t with 4 degrees of freedom stays within with 95 %."""
    first = noise_figure(knowing, knowing[PROFILES]).panels[0]
    assert {round(layer.at, 2) for layer in first.layers if isinstance(layer, Rule)} == {-2.78, 0.0, 2.78}


@pytest.mark.usefixtures("undrawn")
def test_every_part_is_in_the_report_with_a_figure_that_says_how_to_read_it(knowing):
    """All figures have captions, and no part of the page is without one."""
    sections = {section.anchor: section for section in study_sections(knowing)}
    for anchor in ("noise", "identifiability", "posterior", "rolling"):
        assert sections[anchor].drawings
        assert all(drawing.caption for drawing in sections[anchor].drawings)


@pytest.mark.usefixtures("undrawn")
def test_starts_that_agree_are_told_and_not_drawn(knowing):
    """A sentence says it better than equal bars; starts that end in different places are drawn."""
    agreed = {section.anchor: section for section in study_sections(knowing)}["starts"]
    assert agreed.drawings == ()
    assert agreed.paragraphs == (search_verdict(knowing),)
    apart = {section.anchor: section for section in study_sections(agreeing(knowing, 2, 0.3, 0.63))}["starts"]
    assert [drawing.name for drawing in apart.drawings] == ["starts", "near-best"]


@pytest.mark.usefixtures("undrawn")
def test_parts_that_a_quick_study_has_not_are_left_out(result):
    """Without uncertainty, posterior and forecasts there are no sections of them, and no empty words."""
    anchors = {section.anchor for section in study_sections(result)}
    assert not anchors & {"noise", "identifiability", "posterior", "rolling"}
    assert "starts" in anchors


def test_series_are_named_by_what_readers_know(knowing):
    """The key of a series in the study file stands in no sentence and no table."""
    known = uncertainty()
    counts = replace(known.noise[0], series="ill", kind="negative-binomial", values={"dispersion": 0.1})
    text = " ".join(noise_assumed(replace(known, noise=(counts,)), {"ill": "In Bed"}))
    assert "Errors of In Bed: " in text
    sampled = knowing[POSTERIOR]
    names = ("a", "ln dispersion of ill")
    found = replace(sampled.posterior, diagnostics=replace(sampled.posterior.diagnostics, names=names))
    rows = diagnostics_table(replace(sampled, posterior=found), {"ill": "In Bed"}).rows
    assert [row[0].text for row in rows] == ["a", "ln dispersion of In Bed"]
