"""What the page says of the model: its checks, its diagram, its equations, and the reporting list."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import rcsd
from rcsd.files import plain
from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.small import small_svg
from rcsd.report.diagram.svg import svg_of
from rcsd.report.fact import bare, marked
from rcsd.report.page import Part, render_page
from rcsd.report.question import FIT, KNOWN, REPEAT, SOUND
from rcsd.report.section import all_sections
from rcsd.report.sections.checks.section import SECTION as CHECKS
from rcsd.report.sections.checks.words import findings, outcome, verdict
from rcsd.report.sections.model.section import SECTION as MODEL
from rcsd.report.sections.reporting.of_runs import of_posterior
from rcsd.report.sections.reporting.section import SECTION as REPORTING
from rcsd.report.sections.reporting.section import reported
from rcsd.simulation.loading import load
from rcsd.study import load_study, run_to
from rcsd.study.findings.checked.result import CheckedModel, MadeCheck, Moved, Rerun, Seen, Written
from rcsd.study.findings.checked.written import written_of
from rcsd.study.findings.posterior import Sampled
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.fitted_loops import FITTED_LOOPS
from rcsd.study.steps.model_checks import MODEL_CHECKS
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.written.result_json import document_of
from tests.study.conftest import write_town

EVIL = "</script><script>alert('1')</script>\u2028"


_STEPS = (MODEL_CHECKS, FITTED_LOOPS, PARAMETERS, BACKTEST)


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """Run the town quickly, as far as the part about its model goes."""
    folder = tmp_path_factory.mktemp("town")
    return run_to(load_study(write_town(folder / "town", {}, {})), _STEPS, out=folder / "out", quick=True)


class _Page(HTMLParser):
    """Gathers a page's marked numbers, identifiers, links, images and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.facts: list[tuple[str, str, str]] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.images: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "data":
            self.facts.append((given["value"], given["data-at"], given.get("data-times", "1")))
        if tag == "a":
            self.links.append(given["href"])
        if tag == "img":
            self.images.append(given["src"])
        self.scripts += tag == "script"


def _at(document: object, pointer: str) -> object:
    """Resolve a JSON pointer (RFC 6901)."""
    for key in pointer.split("/")[1:]:
        bare_key = key.replace("~1", "/").replace("~0", "~")
        document = document[int(bare_key)] if isinstance(document, list) else document[bare_key]
    return document


def _part(result) -> Part:
    """Return what the page says of the model, under its question."""
    topics = [topic for topic in all_sections() if topic.question == SOUND]
    (answer,) = (topic.answer(result) for topic in topics if topic.answer is not None)
    return Part(SOUND, answer, tuple(section for topic in topics for section in topic.study(result)))


def test_every_marked_number_of_the_part_is_that_of_result_json(studied):
    """As it is printed: with the digits that it has."""
    page = _Page(render_page("title", "lead", parts=[_part(studied)]))
    document = plain({**document_of(studied, _STEPS), "runs": studied.runs})
    assert len(page.facts) > 10
    for shown, pointer, times in page.facts:
        number = float(re.match(r"[-\d.,e+]+", shown)[0].replace(",", ""))
        value = float(_at(document, pointer)) * float(times)
        assert number == pytest.approx(value, rel=5e-3, abs=5e-3 if "%" in shown else 0), (shown, pointer)


def test_every_link_of_the_part_leads_somewhere(studied):
    """To a question that every page has, or to a variable of the page of the model."""
    beside = _Page(MODEL.pages(studied)["model.html"])
    links = _Page(render_page("title", "lead", parts=[_part(studied)])).links
    known = {"": {each.anchor for each in (FIT, KNOWN, SOUND, REPEAT)}, "model.html": beside.ids}
    assert any(link.startswith("model.html#") for link in links)
    for link in links:
        file, _, anchor = link.partition("#")
        assert anchor in known[file], link


def test_equations_stand_with_what_the_study_gives_a_constant(studied):
    """An estimate, what the study sets, and what its data drive are told beside what the file has."""
    *_, section = MODEL.study(studied)
    rows = {bare(row[0].text): bare(row[3].text) for table in section.tables for row in table.rows}
    assert set(rows) == set(studied.source.variables)
    estimate = studied.found["parameters"].parameters[0].estimate
    assert rows["Growth Rate"].startswith(f"{estimate:.4g}, estimated (in the file 0.01")
    assert rows["Initial Population"] == "100, set by the study (in the file 1)"
    assert rows["Price Table"].startswith("the study's price (in the file ")
    assert rows["GDP"] == "Population*Output per Person*Price"


def test_a_sheet_is_an_image_that_shows_every_word_of_the_diagram(studied):
    """The small image has the texts of the large one, at half its length and less."""
    page = _Page(render_page("title", "lead", [section for section in MODEL.study(studied)]))
    for view, source in zip(studied.source.views(), page.images, strict=True):
        head, _, data = source.partition(",")
        assert head == "data:image/svg+xml;base64"
        small, large = base64.b64decode(data).decode(), svg_of(picture_of(view), titles=False)
        assert _texts(small) == _texts(large)
        assert len(small) < 0.6 * len(large)


def _texts(svg: str) -> list[str]:
    return sorted(text for text in re.findall(r">([^<>\n]+)<", re.sub(r"<style>.*?</style>", "", svg)))


def test_the_small_image_draws_the_city_in_half_the_size():
    """All of its sheets together, and no path is lost: as many moves of the pen."""
    sizes = [0, 0]
    for view in rcsd.load("resource_city").views():
        small, large = small_svg(picture_of(view)), svg_of(picture_of(view), titles=False)
        assert sum(path.count("M") for path in re.findall(r' d="([^"]*)"', small)) == sum(
            path.count("M") for path in re.findall(r' d="([^"]*)"', large)
        )
        sizes[0] += len(small)
        sizes[1] += len(large)
    assert sizes[0] < 0.5 * sizes[1]


def test_a_model_that_bears_harm_in_its_names_harms_no_page(tmp_path):
    """Names, units and words of a file are text, in the page and in the images."""
    path = write_town(tmp_path / "evil", {}, {})
    model = path.parent / "town.mdl"
    text = model.read_text(encoding="utf-8").replace("~	Output of the town.", f"~	{EVIL} & <b>")
    model.write_text(text.replace("Time Scale", "\"<img src=x onerror='alert(1)'>\""), encoding="utf-8")
    study = load_study(path)
    result = run_to(study, _STEPS, out=tmp_path / "out", quick=True)
    written = render_page("title", "lead", parts=[_part(result)])
    page, beside = _Page(written), _Page(MODEL.pages(result)["model.html"])
    empty = _Page(render_page("title", "lead", parts=[]))
    assert page.scripts == empty.scripts + written.count('<script type="application/json"')
    assert beside.scripts == 1
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.images)
    for source in page.images:
        assert "<img" not in base64.b64decode(source.partition(",")[2]).decode()
    assert "alert(" in written  # it is there, as text


def _checked(**changes) -> CheckedModel:
    """Return checks of which one has a warning."""
    checks = (
        MadeCheck("units", "units agree", "", 0, 0, 0, 0),
        MadeCheck("trials", "the model runs at its ends", "", 0, 1, 1, 0),
        MadeCheck("twin", "the twin is the same", "there is none", 0, 0, 0, 0),
    )
    seen = (Seen("trials", "warning", "Stock", "m.mdl:3", "is lost", "guard it", ""),)
    given = {
        "half_step": Rerun((Moved("GDP", 0.0021, 2010.0),), 1, 0.01),
        "engines": Rerun((Moved("GDP", 1e-15, 2010.0),), 12, 1e-9),
    }
    given |= {"file": "checks.toml", "checks": checks, "findings": seen, "written": Written(2, 2, 1, 1, 0)}
    return CheckedModel(step=0.5, **{**given, **changes})


def test_the_verdict_counts_what_was_made_and_names_what_is_not_met():
    """What was not made counts on neither side."""
    assert bare(verdict(_checked())).replace("\N{NO-BREAK SPACE}", " ") == (
        "1 of 2 checks of the model file find nothing wrong; not met: “the model runs at its ends”. Half the time step "
        "moves no compared series by more than 0.21 % of its size."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"half_step": Rerun((Moved("GDP", 0.05, 2010.0),), 1, 0.01)}, "by 5.00 % of its size: the step is too long"),
        (
            {"half_step": Rerun((Moved("GDP", 1e-7, 2010.0),), 1, 0.01)},
            "moves no compared series by more than 0.01 % of its size",
        ),
        ({"half_step": Rerun((), 0, 0.01, "PySD runs the model")}, "or on another engine: PySD runs the model"),
        ({"engines": Rerun((Moved("GDP", 2e-5, 2010.0),), 12, 1e-9)}, "GDP differs by 2e-05 of its size"),
    ],
)
def test_the_verdict_tells_how_far_numbers_depend_on_how_the_model_is_run(changes, said):
    """Too long a step, none that matters, none that was tried, and an engine that is wrong."""
    assert said in bare(verdict(_checked(**changes))).replace("\N{NO-BREAK SPACE}", " ")


def test_findings_are_told_with_place_and_remedy_and_those_that_are_accepted_are_not():
    """The gravest first, as the checks give them; of very many the rest is counted."""
    seen = Seen("trials", "warning", "Stock", "m.mdl:3", "is lost", "guard it", "")
    assert findings(_checked()) == ("Warning of “trials” (m.mdl:3). Stock: is lost. To mend it: guard it.",)
    assert findings(_checked(findings=(replace(seen, accepted="as it should be"),))) == ()
    many = findings(_checked(findings=(seen,) * 11))
    assert (len(many), many[-1]) == (9, "And 3 more findings, in result.json.")


def test_outcomes_are_counted_by_grade():
    """What is accepted or only noted passes."""
    assert outcome(0, 0, 0, 0) == "passed"
    assert outcome(0, 0, 2, 1) == "passed (2 notes, 1 accepted)"
    assert outcome(1, 0, 0, 2) == "1 error, 2 accepted"


def test_the_reporting_list_says_not_done_of_what_a_quick_run_leaves_out(studied):
    """Intervals are missing, and so is a sensitivity analysis that the study does not ask for; all else is said."""
    (section,) = REPORTING.study(studied)
    (table,) = section.tables
    said = {row[0].text: row[3].text for row in table.rows}
    assert said["How sure the results are"] == "not done"
    assert said["What to type to run it again"] == "done"
    assert said["Sources of equations and numbers"] == "partly"
    assert {row[1].text for row in table.rows} == {"the model", "the runs", "the search for parameters"}
    done = sum(state == "done" for state in said.values())
    assert reported(studied).startswith(f"{done} of {len(said)} points of the reporting list")
    assert "how sure the results are" in reported(studied)


@pytest.mark.parametrize(
    ("faults", "state", "told"), [((), "done", "intervals"), (("R-hat of Rate is 1.2",), "partly", "R-hat of Rate")]
)
def test_intervals_of_draws_that_miss_a_criterion_are_partly_done(faults, state, told):
    """What the draws miss is said."""
    said = of_posterior(Sampled(None, faults, (), (), 0), "intervals")
    assert said.state == state
    assert told in said.how


def test_a_value_that_is_assumed_is_not_said_to_have_a_source(tmp_path):
    """It says where it is from, and is counted apart; the word elsewhere in a documentation is none of it."""
    path = tmp_path / "some.mdl"
    told = ("Source: assumed.", "source: Assumed; the larger", "Source: yearbook, assumed complete.", "A source of it.")
    axis = "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
    path.write_text("".join(f"Rate {k} = {k} ~ 1 ~ {each} |\n" for k, each in enumerate(told)) + axis, encoding="utf-8")
    found = written_of(load(path).ir)
    assert (found.n_constants, found.n_with_source, found.n_assumed) == (4, 3, 2)


def test_without_a_model_or_its_checks_nothing_is_said_of_them(result):
    """A result that was made by hand has neither; other sections stand."""
    assert MODEL.study(result) == CHECKS.study(result) == REPORTING.study(result) == []
    assert MODEL.pages(result) == {}
    assert CHECKS.answer(result) == ""


def test_one_topic_answers_each_question_at_most():
    """So that the head of a fold is two lines."""
    answering: Iterator[str] = (topic.question.heading for topic in all_sections() if topic.answer is not None)
    found = list(answering)
    assert len(found) == len(set(found))


def test_first_values_and_elements_that_a_study_estimates_stand_with_their_equations(tmp_path):
    """A stock keeps its equation beside them; a constant has its value in the file."""
    start = '[parameters."initial: Population"]\nlower = 50\nupper = 200\nunit = "person"\nsource = "a guess"\n'
    path = write_town(tmp_path / "town", {'[parameters."Growth Rate"]': f'{start}[parameters."Growth Rate"]'}, {})
    result = run_to(load_study(path), _STEPS, out=tmp_path / "out", quick=True)
    *_, section = MODEL.study(result)
    rows = {bare(row[0].text): row[3].text for table in section.tables for row in table.rows}
    first = result[PARAMETERS].parameters[0]
    assert first.name == "initial: Population"
    assert bare(rows["Population"]) == (
        f"INTEG ( Growth, Initial Population); initial: Population {first.estimate:.4g}, estimated"
    )
    assert "/parameters/initial: Population/estimate" in marked(rows["Population"])
