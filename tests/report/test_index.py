"""The page over several studies: its first screen, and what differs between them."""

import json
from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.clock import Clock
from rcsd.files import plain
from rcsd.report import write_index
from rcsd.report.fact import bare
from rcsd.report.index_front.cases import cases_of
from rcsd.report.index_front.front import index_front
from rcsd.report.index_front.table import MOST_SERIES, small_table
from rcsd.report.index_front.verdict import verdicts
from rcsd.report.index_page import index_parts
from rcsd.report.sections.cities.figures import shown_first
from rcsd.report.spoken import speaking_of
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.words import Words
from rcsd.study.written.differing import differing, paces
from rcsd.study.written.result_json import result_document
from rcsd.study.written.standing import standings
from tests.report.facts import wrong_facts
from tests.report.knowledge import finding, known, with_targets

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def cities(make_result):
    """Return two cities of one province with everything known of them."""
    return [known(make_result(name.lower(), f"{name}, Heilongjiang")) for name in ("Jixi", "Hegang")]


def untested(result):
    """Return a study that holds nothing out."""
    targets = (replace(target, holdouts={}, forecasts={}) for target in result[BACKTEST].targets)
    return replace(with_targets(result, *targets), info=replace(result.info, holdout_window=None))


def text_of(front):
    """Return all words of a first screen."""
    words = [front.asked, front.headline, *front.notes, *front.failed, *front.reservations]
    words += [f"{each.subject} {each.sentence}" for each in front.verdicts]
    words += [cell.text for table in front.tables for row in table.rows for cell in row]
    return bare(" ".join(words)).replace("\N{NO-BREAK SPACE}", " ")


def test_every_marked_number_stands_where_it_says(cities, tmp_path):
    """A fact of the page is in the result.json of the study that its place begins with."""
    page = write_index(cities, tmp_path).read_text("utf-8")
    documents = {each.info.name: json.loads(json.dumps(plain(result_document(each)))) for each in cities}
    assert wrong_facts(page, documents) == []


def test_the_command_that_repeats_it_makes_every_study_from_its_own_inputs(cities):
    """Names alone would be looked for among the studies of the package; quick ones are repeated quickly."""
    said = ["rcsd study jixi/inputs hegang/inputs --out again", "rcsd verify jixi hegang"]
    assert index_front(cities).repeat.splitlines() == said
    quick = [replace(each, info=replace(each.info, quick=True)) for each in cities]
    assert index_front(quick).repeat.splitlines() == [f"{said[0]} --quick", said[1]]


def test_the_first_screen_links_every_study_and_holds_it_against_the_best_simple_method(cities):
    """One row a study; population's 0.53 % beats all, real GDP's 5 % is beaten by 3.03 %."""
    with speaking_of(cities):
        table = small_table(cities, standings(cities))
    assert [row[0].link for row in table.rows] == ["jixi/index.html", "hegang/index.html"]
    for row in table.rows:
        assert (row[1].mark, row[2].mark) == ("best", "alert")
        assert bare(row[2].text).replace("\N{NO-BREAK SPACE}", " ") == "5.0 % (3.0 %)"


def test_many_series_are_counted(cities):
    """Above the limit there is no column a series, and the counts of a row add up to the series."""
    many = []
    for city in cities:
        population, gdp = city[BACKTEST].targets
        more = [replace(population, name=f"s{k}", variable=f"S{k}") for k in range(MOST_SERIES)]
        many.append(with_targets(city, population, gdp, *more))
    table = small_table(many, standings(many))
    assert len(table.columns) == 5
    assert [[cell.text for cell in row[1:4]] for row in table.rows] == [["7", "0", "1"]] * 2


def test_studies_without_a_hold_out_are_not_called_better(cities):
    """No verdict has a mark, the table shows the fits, and the first reservation says that nothing was tested."""
    bare_ones = [untested(each) for each in cities]
    with speaking_of(bare_ones):
        front = index_front(bare_ones)
    assert {each.mark for each in front.verdicts} == {"unknown"}
    assert front.headline == ""
    assert "No forecast was tested in Jixi and Hegang" in front.reservations[0]
    assert "nothing was held back" in front.asked
    assert "fits" in front.tables[0].caption
    assert "forecast" not in front.drawings[0].caption
    with speaking_of(bare_ones):
        assert "errors" not in {each.anchor for part in index_parts(bare_ones) for each in part.sections}


def test_each_panel_is_dated_as_its_own_study_counts(cities):
    """A study in days beside one in years: each axis of time has its own clock."""
    days = replace(cities[1], info=replace(cities[1].info, clock=Clock(word="day")))
    with speaking_of([cities[0], days]):
        drawn = index_front([cities[0], days]).drawings[0]
    assert [panel.x.clock for panel in drawn.panels] == [cities[0].info.clock, days.info.clock]


def test_models_of_their_own_are_not_called_one(make_result):
    """Two models are asked about as two."""
    first, second = make_result("a", "A"), make_result("b", "B")
    second = replace(second, model=replace(second.model, name="another"))
    with speaking_of([first, second]):
        assert index_front([first, second]).asked.startswith("Can the simulation models of A and B forecast ")


def test_a_series_that_is_better_somewhere_and_worse_elsewhere_is_mixed(cities):
    """One city is made worse in population; the sentence names which is which."""
    worse = cities[1][BACKTEST].targets
    score = replace(worse[0].holdout, beats_best=False, statistics=replace(worse[0].holdout.statistics, mape=90.0))
    other = with_targets(cities[1], replace(worse[0], holdouts={"forecast": score}), worse[1])
    found = verdicts([cities[0], other], standings([cities[0], other]))
    assert (found[0].mark, found[1].mark) == ("mixed", "worse")
    assert bare(found[0].sentence).startswith("Better in Jixi; worse in Hegang.")
    assert shown_first(standings([cities[0], other])).variable == "Population"


def test_studies_of_other_fields_share_no_words_of_cities(make_result):
    """Two studies that share no series: each has its own first series in the figure, and nothing speaks of cities."""
    hare, flu = make_result("hare", "Hares"), make_result("flu", "Influenza")
    first, second = flu[BACKTEST].targets
    flu = with_targets(flu, replace(first, name="cases", unit="people"), replace(second, name="deaths"))
    plain_words = [replace(each, info=replace(each.info, words=Words(), hindsight="")) for each in (hare, flu)]
    with speaking_of(plain_words):
        front, parts = index_front(plain_words), index_parts(plain_words)
    said = f"{text_of(front)} {' '.join(bare(part.answer) for part in parts)}"
    assert "cit" not in said.lower().replace("specific", "")
    assert len(front.drawings[0].panels) == 2
    assert "differs" not in {part.question.anchor for part in parts}
    assert front.asked.startswith("Can one simulation model (“logistic”), fitted anew to each of Hares and Influenza,")
    assert "a case being one series of one study" in front.headline


def test_names_are_short_where_the_studies_share_a_province(cities):
    """The province is not repeated within a sentence."""
    assert [case.place for case in cases_of(cities, standings(cities)[0])] == ["Jixi", "Hegang"]


def test_parameters_differ_where_their_intervals_share_no_value(cities):
    """Draws that are moved far away differ in their pair; the same draws do not."""
    assert all(each.apart == () for each in differing(cities))
    sampled = cities[1][POSTERIOR]
    draws = sampled.posterior.draws
    moved = replace(sampled.posterior, draws=replace(draws, values=draws.values + np.array([10.0, 0.0])))
    other = finding(cities[1], posterior=replace(sampled, posterior=moved))
    found = differing([cities[0], other])
    assert [(each.name, len(each.apart)) for each in found] == [(draws.names[0], 1), (draws.names[1], 0)]


def test_the_pace_of_a_series_is_compounded_between_its_ends(make_result):
    """Observed values that grow by 3 % a year, and fall by 2 % a year in the hold-out."""
    result = make_result("north", "North")
    target = result[BACKTEST].targets[0]
    years = target.years
    observed = np.where(years <= 2010, 100 * 1.03 ** (years - 2000), 100 * 1.03**10 * 0.98 ** (years - 2010))
    (pace,) = paces([(result, replace(target, observed=observed))])
    assert (pace.fitted, pace.held_out) == (pytest.approx(3.0), pytest.approx(-2.0))


def test_one_study_alone_is_not_set_beside_others(make_result):
    """Its page has its title, asks about one model, and has the commands that work in its folder."""
    alone = [make_result("flu", "Influenza")]
    with speaking_of(alone):
        front, parts = index_front(alone), index_parts(alone)
    assert front.asked.startswith("Can the simulation model “logistic” forecast ")
    assert "each" not in next(part.answer for part in parts if part.question.anchor == "repeat-it")
