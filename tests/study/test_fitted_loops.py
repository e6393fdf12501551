"""The loops of a study's fitted run, on growth with a limit, whose lead changes where it is half full."""

import numpy as np
import pytest

import rcsd
from rcsd.report.fact import bare, marked
from rcsd.report.sections.loops.section import SECTION, leading_loop
from rcsd.study import load_study, run_to
from rcsd.study.graph.request import Request
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.fitted_loops import FITTED_LOOPS

MODEL = """{UTF-8}
Crowd= INTEG (Births-Deaths, 1) ~ person ~ People. |
Births= Rate*Crowd ~ person/Year ~ Births. |
Deaths= Rate*Crowd*Crowd/Room ~ person/Year ~ Deaths. |
Rate= 0.5 ~ 1/Year ~ Rate. |
Room= 100 ~ person ~ Room. |
INITIAL TIME = 0 ~ Year ~ ~|
FINAL TIME = 20 ~ Year ~ ~|
TIME STEP = 0.0078125 ~ Year ~ ~|
SAVEPER = 0.125 ~ Year ~ ~|
"""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Fit growth with a limit to its closed form."""
    folder = tmp_path_factory.mktemp("crowd")
    (folder / "crowd.mdl").write_text(MODEL, encoding="utf-8")
    (folder / "checks.toml").write_text(
        '[[loops]]\nname = "births of births"\npolarity = "R"\nthrough = ["Crowd", "Births"]\n', encoding="utf-8"
    )
    years = range(0, 16)
    cells = [100 / (1 + 99 * np.exp(-0.5 * year)) for year in years]
    study = rcsd.Study(
        folder / "crowd.mdl",
        {"crowd": (years, cells)},
        series={"crowd": {"variable": "Crowd", "error": 0.05}},
        parameters={"Rate": (0.3, 0.7)},
        name="crowd",
    )
    return folder, study


@pytest.fixture(scope="module")
def fitted(crowd):
    """Run it up to its loops."""
    folder, study = crowd
    return run_to(study, [FITTED_LOOPS], out=folder / "out", quick=True)


def test_the_lead_changes_where_the_room_is_half_full(fitted):
    """Births change by r dx and deaths by 2 r x dx / K: births lead while x < K / 2, which is at ln(99) / r."""
    found = fitted[FITTED_LOOPS]
    (partition,) = found.partitions
    births, deaths = sorted(partition.loops, key=lambda loop: loop.leads[0].start)
    rate = fitted[CALIBRATE].fit.values["Rate"]
    change = np.log(99) / rate
    assert (births.name, births.polarity, deaths.polarity) == ("births of births", "R", "B")
    assert abs(births.leads[-1].stop - change) < 0.05
    assert abs(deaths.leads[0].start - change) < 0.05
    np.testing.assert_allclose(np.abs(births.relative[1:]) + np.abs(deaths.relative[1:]), 1.0)


def test_the_page_tells_the_two_one_after_the_other(fitted):
    """In a sentence, in a table with its numbers' places in result.json, and in a chart with a line for each."""
    (section,) = SECTION.study(fitted)
    (story,) = section.points
    change = f"{np.log(99) / fitted[CALIBRATE].fit.values['Rate']:.1f}"
    assert story.startswith(f"Of the 2 loops through Crowd, “births of births” (reinforcing) leads in 0–{change} and ")
    assert story.endswith(f"(balancing) leads in {change}–20.")
    (table,) = section.tables
    (chart,) = section.drawings
    assert len(table.rows) == len(chart.panels[0].layers) == 2
    entry = FITTED_LOOPS.document(fitted)["fitted_loops"]["partitions"][0]["loops"]
    for k, (row, each) in enumerate(zip(table.rows, entry, strict=True)):
        assert f"/fitted_loops/partitions/0/loops/{k}/mean_share" in marked(row[3].text)
        assert bare(row[3].text).split("\N{NO-BREAK SPACE}")[0] == f"{100 * each['mean_share']:.0f}"
    assert "leads longest of 2 feedback loops" in leading_loop(fitted)


def test_a_model_without_loops_says_so(tmp_path):
    """Rain that runs into a lake moves nothing but the lake."""
    model = MODEL.replace("Births-Deaths", "Rate*Room").replace("Rate*Crowd*Crowd/Room", "1").replace("Rate*Crowd", "1")
    (tmp_path / "lake.mdl").write_text(model, encoding="utf-8")
    study = rcsd.Study(
        tmp_path / "lake.mdl",
        {"lake": (range(5), [1.0, 51.0, 101.0, 151.0, 201.0])},
        series={"lake": {"variable": "Crowd", "error": 0.05}},
        parameters={"Rate": (0.3, 0.7)},
    )
    result = run_to(study, [FITTED_LOOPS], out=tmp_path / "out", quick=True)
    (section,) = SECTION.study(result)
    assert section.points == ("The model has no feedback loop.",)
    assert leading_loop(result) == ""


def test_a_study_that_scores_loops_in_every_draw_does_not_score_them_once_more(town):
    """But its quick run has no draws, and does."""
    study = load_study(town({"[life_cycle]": '[loops]\nof = "GDP"\n[forecast]\ndraws = 100\n[life_cycle]'}))
    assert "every draw" in FITTED_LOOPS.when(study, Request(quick=False))
    assert FITTED_LOOPS.when(study, Request(quick=True)) == ""
