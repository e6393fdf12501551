"""A study told with its assessments."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from rcsd.cli import asking
from rcsd.errors import ParameterError, StudyError
from rcsd.files import json_text
from rcsd.papers.city import Story, load_assessments
from rcsd.papers.city.section import story_sections
from rcsd.papers.city.simulated import Simulated, simulate
from rcsd.papers.city.step import NAME, STORY
from rcsd.papers.city.story_writer import _pair_rows, _scenario_file, story_document
from rcsd.papers.city.tables import ways_tables
from rcsd.papers.city.words import looseness_words
from rcsd.papers.structure import build_programme, compromise, resource_change, trace_front
from rcsd.study import with_scenarios
from rcsd.study.findings.drivers.beyond import assumptions
from rcsd.study.graph.codec import encode
from rcsd.study.graph.kept import KeptSteps
from rcsd.study.graph.keys import Keys
from rcsd.study.graph.request import Request
from rcsd.study.written.writer import write_files
from tests.report.conftest import study_result
from tests.report.knowledge import finding

HORIZON = 2019


@pytest.fixture(scope="module")
def told(jixi, refitted):
    """Return Jixi's story."""
    found = jixi.assessments
    simulated = simulate(refitted, structure=found.plan("jixi"), index=found.index("jixi"))
    return Story("jixi", found, simulated)


def result_with(story):
    """Return the result of a study that was run with assessments."""
    found = finding(study_result("jixi"), **{NAME: story.simulated})
    return replace(found, given={NAME: story.assessments})


def test_the_scenario_is_the_model_run_with_its_levers(told, refitted):
    """Levels, differences and shares of draws are those of two plain ensembles over the same draws."""
    part, years = told.simulated.structure, told.simulated.years
    main = assumptions(refitted.study, refitted.simulator(), refitted.draws.n)[0][0]
    levers = {lever.constant: lever.value for lever in part.settings.levers}
    before, after = (
        main.simulator.run(
            {**refitted.draws.inputs, "Policy Start Time": 2014.0, **pulled},
            outputs=["GDP", "Resource Share of Output"],
            times=years,
        )
        for pulled in ({}, levers)
    )
    gdp = next(each for each in part.pairs if each.name == "GDP")
    np.testing.assert_allclose(gdp.status_quo.median, np.median(before.of("GDP"), axis=0))
    percent = 100 * (after.of("GDP") / before.of("GDP") - 1)
    np.testing.assert_allclose(gdp.difference.median, np.median(percent, axis=0), atol=1e-9)
    np.testing.assert_allclose(gdp.difference.share_better, (percent > 0).mean(axis=0))
    forgone = next(each for each in part.pairs if each.name == "Output forgone")
    lost = (before.of("GDP") - after.of("GDP"))[:, :2].mean(axis=1)
    np.testing.assert_allclose(forgone.scenario.median[1], np.median(lost), atol=1e-9)


def test_the_way_that_forgoes_least_is_run_over_the_same_draws(told, refitted):
    """It differs from the cheapest way; its levers that spend money are run without those that order."""
    part, years = told.simulated.structure, told.simulated.years
    plan, other = told.assessments.plans["jixi"], part.other
    assert other.settings.reached
    assert other.settings.forgone < part.settings.forgone
    main = assumptions(refitted.study, refitted.simulator(), refitted.draws.n)[0][0]
    free = {lever.constant for lever in plan.levers if not lever.cost}
    whole = {lever.constant: lever.value for lever in other.settings.levers}
    paying = {name: 0.0 if name in free else value for name, value in whole.items()}
    assert any(whole[name] for name in free)
    before, *after = (
        main.simulator.run(
            {**refitted.draws.inputs, "Policy Start Time": 2014.0, **pulled}, outputs=["GDP"], times=years
        ).of("GDP")
        for pulled in ({}, whole, paying)
    )
    for pairs, gdp in zip((other.pairs, other.paying), after, strict=True):
        found = next(each for each in pairs if each.name == "GDP").difference
        np.testing.assert_allclose(found.median, np.median(100 * (gdp / before - 1), axis=0), atol=1e-9)
        assert pairs[-1].name == "index"


def test_draws_reach_targets_of_their_own(told):
    """The share is lower in every draw; levers set for the middle run take some draws to their target, not all."""
    part = told.simulated.structure
    at = int(np.flatnonzero(told.simulated.years == HORIZON)[0])
    share = next(each for each in part.pairs if each.name == "Resource Share of Output")
    assert share.difference.share_better[at] == 1
    assert 0.1 < part.share_reached < 0.9
    assert share.status_quo.median[0] == pytest.approx(share.scenario.median[0])


def test_the_index_moves_only_through_what_the_model_forecasts(told):
    """Systems whose indicators are all held do not differ in any draw; diversity, which coal lowers, rises first."""
    pairs = {each.name: each for each in told.simulated.index.pairs}
    for name in ("A2", "A4", "A6"):
        assert not np.any([pairs[name].difference.low, pairs[name].difference.high])
    assert np.ptp(pairs["index"].difference.median) > 0
    assert pairs["A5"].difference.median[5] > 0


def test_without_levers_both_scenarios_are_one(jixi, refitted):
    """A target that the status quo meets leaves no difference: not in the model, not in the index."""
    plan = jixi.assessments.plan("jixi")
    idle = replace(plan, plan=replace(plan.plan, base="start"))
    found = simulate(refitted, structure=idle, index=jixi.assessments.index("jixi"))
    for each in (*found.structure.pairs, *found.index.pairs):
        assert not np.any(each.difference.low)
        assert not np.any(each.difference.high)
    assert found.structure.share_reached == 1


def test_a_kept_step_is_used_again_until_what_it_depends_on_changes(told, jixi, tmp_path):
    """What is kept comes back digit by digit; another target, another lever or another word has another key."""
    found = told.assessments

    def key(assessments):
        return Keys(jixi.study, Request(given={NAME: assessments})).of(STORY)

    kept = KeptSteps(tmp_path, lambda: None)
    kept.save(STORY, key(found), told.simulated, 1.0)
    again, _ = kept.load(STORY, key(replace(found)))
    assert encode(Simulated, again) == encode(Simulated, told.simulated)
    plan, change = found.plans["jixi"], found.structure.changes[0]
    others = (
        replace(found, structure=None),
        replace(found, resilience=None),
        replace(found, plans={"jixi": replace(plan, levers=plan.levers[:1])}),
        replace(found, structure=replace(found.structure, changes=(replace(change, resource_growth=0.05),))),
    )
    keys = {key(each) for each in (found, *others)}
    assert len(keys) == 1 + len(others)
    assert all(kept.load(STORY, key(each)) is None for each in others)


def test_the_document_and_the_tables_hold_the_same(told):
    """Neither has a number that is none, and a row of paths.csv is an entry of result.json."""
    document = json.loads(json_text(story_document(told)))
    outcomes = document["structure"]["outcomes"]
    assert "null" not in json.dumps(outcomes)
    assert list(outcomes)[:2] == ["Resource Share of Output", "GDP"]
    rows = list(_pair_rows(told.simulated.structure.pairs, told))
    assert len(rows) == len(outcomes) * len(document["years"])
    name, _, year, *rest = rows[len(document["years"]) + 5]
    assert (name, year) == ("GDP", HORIZON)
    assert rest[1] == outcomes["GDP"]["status_quo"]["median"][5]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert "nan" not in text.getvalue()


def test_the_scenario_can_be_run_again_by_itself(told, jixi, tmp_path):
    """The file that is written is a file of scenarios: read back, it has the levers that were found."""
    path = tmp_path / "optimal_structure.toml"
    path.write_text(_scenario_file(told.simulated.structure, told), encoding="utf-8")
    scenarios = with_scenarios(jixi.study, path).scenarios
    found = scenarios.scenario("optimal_structure")
    assert found.levers == told.simulated.structure.settings.scenario.levers
    assert found.start == 2014
    assert scenarios.years == (HORIZON, 2030)
    other = scenarios.scenario("optimal_structure_least_output_forgone")
    assert other.levers == told.simulated.structure.other.settings.scenario.levers


def test_the_page_tells_the_story_in_order(told):
    """Assessment, optimisation, simulation, validation; words agree with the numbers, and nothing is a NaN."""
    sections = story_sections(result_with(told))
    assert [each.anchor for each in sections] == [
        "story-assessment",
        "story-optimisation",
        "story-simulation",
        "story-validation",
    ]
    words = " ".join(text for each in sections for text in (*each.paragraphs, *each.points))
    cells = " ".join(cell.text for each in sections for table in each.tables for row in table.rows for cell in row)
    assert "nan" not in f"{words} {cells}".lower()
    settings = told.simulated.structure.settings
    assert f"{100 * settings.target.share:.1f}" in words
    assert "Transition Strength" in words
    assert "no money spent" in words
    assert all(drawing.svg and drawing.caption for each in sections for drawing in each.drawings)
    names = [drawing.name for each in sections for drawing in each.drawings]
    assert len(set(names)) == len(names)


@pytest.mark.usefixtures("undrawn")
def test_the_page_says_how_loose_the_target_is(told):
    """The ends are targets of the programme solved anew with another out-flow, and with a weight beyond the tie."""
    solved, target = told.assessments.structure, told.simulated.structure.settings.target
    (said,) = looseness_words(solved, target)
    settings = solved.task.settings
    beyond = settings.with_value("weight", solved.compromise.weights[1] + 1e-4)
    changed = [settings.with_value("demand.outflow", value) for value in (0.5, 0.95)]
    for each in (*changed, beyond):
        programme = build_programme(solved.table, each)
        picked = compromise(programme, trace_front(programme, 2), each.weight.value).solution
        share = resource_change(programme, picked, programme.regions[0]).share_in(target.status_quo)
        assert f"{100 * share:.1f}\N{NO-BREAK SPACE}%" in said
    assert "between" in said
    section = next(each for each in story_sections(result_with(told)) if each.anchor == "story-simulation")
    assert said in section.paragraphs[0]


@pytest.mark.usefixtures("undrawn")
def test_the_page_sets_both_ways_beside_each_other(told):
    """One column per way; a cell is the median of its pair, and what is summed up says so, in table and figure."""
    part = told.simulated.structure
    (table,) = ways_tables(told, part)
    rows = {(row[0].text, row[1].text): [cell.text for cell in row[2:]] for row in table.rows}
    gdp = [next(each for each in pairs if each.name == "GDP") for pairs in (part.pairs, part.other.pairs)]
    for text, each in zip(rows["GDP (yi yuan/Year)", str(HORIZON)], gdp, strict=False):
        assert text.startswith(f"{each.difference.median[5]:+.1f}".replace("-", "−"))
    assert ("Output forgone, accumulated (yi yuan)", "2030") in rows
    section = next(each for each in story_sections(result_with(told)) if each.anchor == "story-simulation")
    assert "Output forgone, accumulated" in section.drawings[0].alt
    assert "Those that forgo the least output are" in section.paragraphs[1]
    document = story_document(told)["structure"]["least_output_forgone"]
    assert document["cost"]["forgone"] == part.other.settings.forgone
    assert document["outcomes"]["GDP"]["difference"]["median"][5] == gdp[1].difference.median[5]


@pytest.mark.usefixtures("undrawn")
def test_a_target_out_of_reach_is_told_as_such(jixi, refitted):
    """The page says how near the levers come."""
    plan = jixi.assessments.plan("jixi")
    far = replace(plan, change=replace(plan.change, resource_growth=0.05))
    simulated = simulate(refitted, structure=far, index=None)
    story = Story("jixi", jixi.assessments, simulated)
    words = " ".join(text for each in story_sections(result_with(story)) for text in each.paragraphs)
    assert "do not reach it" in words
    assert "is the nearest share" in words


@pytest.mark.parametrize("with_index", [True, False])
def test_a_story_without_levers_is_told(jixi, refitted, with_index, tmp_path):
    """Where the status quo is at the target the page says that no lever is needed, and draws what there is."""
    plan = jixi.assessments.plan("jixi")
    idle = replace(plan, plan=replace(plan.plan, base="start"))
    index = jixi.assessments.index("jixi") if with_index else None
    story = Story("jixi", jixi.assessments, simulate(refitted, structure=idle, index=index))
    simulation = next(each for each in story_sections(result_with(story)) if each.anchor == "story-simulation")
    assert "No lever is needed" in simulation.paragraphs[1]
    assert all(drawing.svg and " in ." not in drawing.alt for drawing in simulation.drawings)
    assert story_document(story)["structure"]["least_output_forgone"] is None
    path = tmp_path / "optimal_structure.toml"
    path.write_text(_scenario_file(story.simulated.structure, story), encoding="utf-8")
    assert with_scenarios(jixi.study, path).scenarios.scenario("optimal_structure").levers == ()


@pytest.mark.usefixtures("undrawn")
def test_either_assessment_alone_makes_a_story(jixi, refitted):
    """The index without a structure has no second scenario; a structure without the index has no index."""
    index = load_assessments(["resilience"], [jixi.study])
    simulated = simulate(refitted, structure=index.plan("jixi"), index=index.index("jixi"))
    story = Story("jixi", index, simulated)
    document = story_document(story)
    assert document["structure"] is None
    assert document["resilience"]["outcomes"] is None
    assert story.title == "Jixi"
    anchors = [each.anchor for each in story_sections(result_with(story))]
    assert anchors == ["story-assessment", "story-simulation", "story-validation"]


def test_words_are_read_in_any_order_and_checked(jixi, monkeypatch):
    """A word that is unknown gets the nearest known one."""
    taken = replace(STORY.asked, load=lambda words, studies, _: {each.name: tuple(words) for each in studies})
    monkeypatch.setattr(asking, "asked_for", lambda: {NAME: taken})

    def read(text):
        return asking.load_asked({asking.WITH: text}, [jixi.study])["jixi"]

    assert read("resilience,structure") == {NAME: ("structure", "resilience")}
    assert read(" resilience") == {NAME: ("resilience",)}
    assert read(None) == {}
    with pytest.raises(ParameterError, match="did you mean 'structure'"):
        read("structur")
    with pytest.raises(ParameterError, match="got ''"):
        read("structure,")


@pytest.mark.parametrize("word", ["structure", "resilience"])
def test_a_study_of_no_known_city_is_refused(jixi, word):
    """The message names the cities that are known, and the file to add one to."""
    head = jixi.study.file.study.model_copy(update={"name": "jinan"})
    other = replace(jixi.study, file=jixi.study.file.model_copy(update={"study": head}))
    with pytest.raises(StudyError, match=rf"'jinan' is none of the cities.*jixi, hegang.*calibration/{word}"):
        load_assessments([word], [other])


def test_a_study_that_ends_before_the_structure_is_refused(jixi):
    """The horizon of the programme counts from the first forecast year."""
    windows = jixi.study.file.windows.model_copy(update={"horizon": 2016})
    short = replace(jixi.study, file=jixi.study.file.model_copy(update={"windows": windows}))
    with pytest.raises(StudyError, match="before the optimal structure is reached"):
        load_assessments(["structure"], [short])


def test_tables_of_an_earlier_run_are_cleared(tmp_path):
    """Without assessments none of their tables is left beside the result; a file of the user's own stays."""
    folder = tmp_path / "jixi" / "assessment"
    folder.mkdir(parents=True)
    (folder / "paths.csv").write_text("old", encoding="utf-8")
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    write_files(study_result("jixi"), (STORY,), tmp_path / "jixi")
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    (folder / "mine.txt").unlink()
    (folder / "paths.csv").write_text("old", encoding="utf-8")
    write_files(study_result("jixi"), (STORY,), tmp_path / "jixi")
    assert not folder.exists()
