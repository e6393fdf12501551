"""From a model and a table to a study that runs: `rcsd init`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from rcsd.simulation.loading import load
from rcsd.study import load_study
from rcsd.study.setup.estimated.bounds import Bounded
from rcsd.study.setup.estimated.choosing import _wide
from tests.small_models import EPIDEMIC, write_model

TRUTH = {"Contacts": 2.2, "Duration": 1.4}
"""With which the data are made; the model says 1.5 and 2."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a model, and a table of noisy data of another epidemic."""
    model = load(write_model(tmp_path, EPIDEMIC, name="flu"))
    times = np.arange(0.0, 16.0)
    run = model.run(TRUTH, outputs=["Infected"], times=times).of("Infected")[0]
    noisy = run * np.exp(np.random.default_rng(5).normal(0, 0.05, run.size))
    rows = "\n".join(f"{time:.0f};{value:.2f}".replace(".", ",") for time, value in zip(times, noisy, strict=True))
    (tmp_path / "ill.csv").write_text(f"Zeit;cases\n{rows}\n", "utf-8")
    return tmp_path


def test_a_table_becomes_a_study(folder: Path, rcsd: Callable[..., Result]) -> None:
    """Column, windows and parameters are found; the trial fit is near the truth, and the study file holds."""
    done = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / "study", "--yes")
    assert done.exit_code == 0, done.output
    assert "cases -> Infected: 16 values" in done.output
    study = load_study(folder / "study")
    assert [target.variable for target in study.targets] == ["Infected"]
    assert study.file.windows.fit == (0, 12)
    assert study.file.windows.holdout == (13, 15)
    found = {each.name: each for each in study.space.parameters}
    start = {**load(folder / "flu.mdl").constants, **{name: each.start for name, each in found.items()}}
    assert start["Duration"] == pytest.approx(TRUTH["Duration"], rel=0.15)
    # contacts and total enter as one number: either may be estimated
    assert start["Contacts"] / start["Total"] == pytest.approx(TRUTH["Contacts"] / 1000, rel=0.15)
    assert not {"Contacts", "Total"} <= set(found)
    assert all(each.lower < start[name] < each.upper for name, each in found.items())


def test_the_document_and_the_refusals(folder: Path, rcsd: Callable[..., Result]) -> None:
    """Machines get one document; a study that is there is not written over; a wrong column is refused."""
    out = folder / "study"
    done = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", out, "--json")
    assert json.loads(done.stdout)["series"] == {"cases": {"column": "cases", "variable": "Infected"}}
    again = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", out, "--yes")
    assert again.exit_code == 2
    wrong = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / "x", "--match", "case=Infected")
    assert wrong.exit_code == 2
    assert not (folder / "x").exists()


def test_two_runs_propose_the_same(folder: Path, rcsd: Callable[..., Result]) -> None:
    """The same model and table give the same files, to the letter."""
    written = []
    for name in ("a", "b"):
        assert rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / name, "--yes").exit_code == 0
        written.append((folder / name / "study.toml").read_text("utf-8"))
    assert written[0] == written[1]


def test_random_models_are_refused(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """A model whose runs cannot be repeated is refused before anything is written, by its own name."""
    write_model(tmp_path, {"Noise": "RANDOM UNIFORM(0, 1, 1)", "Level": "INTEG (Noise, 1)"}, name="dice")
    (tmp_path / "t.csv").write_text("time,Level\n0,1\n1,2\n2,3\n3,4\n", "utf-8")
    done = rcsd("init", tmp_path / "dice.mdl", tmp_path / "t.csv", "-o", tmp_path / "out", "--yes")
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("heading", ["cases", "zzz"])
def test_no_proposal_looks_at_what_is_held_out(folder: Path, rcsd: Callable[..., Result], heading: str) -> None:
    """Other numbers in the last fifth, which are no counts either, leave every word of the study file as it was."""
    times = np.arange(0.0, 16.0)
    run = load(folder / "flu.mdl").run(TRUTH, outputs=["Infected"], times=times).of("Infected")[0]
    written = []
    for name, late in (("a", np.maximum(run, 1)), ("b", 1000.5 - 17 * times)):
        values = np.where(times > 12, late, np.round(run))
        rows = "\n".join(f"{time:.0f},{value:.1f}" for time, value in zip(times, values, strict=True))
        (folder / "ill.csv").write_text(f"time,{heading}\n{rows}\n", "utf-8")
        done = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / name, "--yes")
        assert done.exit_code == 0, done.output
        written.append((folder / name / "study.toml").read_text("utf-8"))
    assert "holdout = [13, 15]" in written[0]
    assert 'kind = "negative-binomial"' in written[0]
    assert written[0] == written[1]


def test_an_outbreak_that_ends_in_the_hold_out_makes_a_study(folder: Path, rcsd: Callable[..., Result]) -> None:
    """A zero that is held out has a place in the errors that are proposed: those of counts."""
    rows = "\n".join(f"{time},{ill}" for time, ill in enumerate([9, 17, 30, 55, 90, 130, 160, 150, 110, 60, 20, 4, 0]))
    (folder / "ill.csv").write_text(f"time,cases\n{rows}\n", "utf-8")
    done = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / "study", "--yes")
    assert done.exit_code == 0, done.output
    assert load_study(folder / "study").targets[0].kind == "negative-binomial"


def test_a_series_without_a_value_to_fit_is_left_out(folder: Path, rcsd: Callable[..., Result]) -> None:
    """One that begins in the last fifth has no errors that could be guessed, and the others make a study."""
    rows = (folder / "ill.csv").read_text("utf-8").splitlines()
    late = [f"{row};{7 + at}" if at >= 13 else f"{row};" for at, row in enumerate(rows[1:])]
    (folder / "ill.csv").write_text("\n".join([f"{rows[0]};Recovered", *late]), "utf-8")
    done = rcsd("init", folder / "flu.mdl", folder / "ill.csv", "-o", folder / "study", "--yes")
    assert done.exit_code == 0, done.output
    assert "the column 'Recovered' is left out" in done.output.replace("\n", " ")
    assert [target.variable for target in load_study(folder / "study").targets] == ["Infected"]


REGIONS = """{UTF-8}
Region: North, South ~~|
Level[North]= INTEG (Growth[North], Begin[North]) ~~|
Level[South]= INTEG (Growth[South], Begin[South]) ~ thing ~|
Growth[Region]= Rate[Region]*Level[Region] ~ thing/Year ~|
Rate[Region]= 0.05, 0.02 ~ 1/Year ~|
Begin[Region]= 10 ~ thing ~|
INITIAL TIME=0 ~ Year ~|
FINAL TIME=20 ~ Year ~|
TIME STEP=0.25 ~ Year ~|
SAVEPER=1 ~ Year ~|
"""
"""Two regions that grow, each at a rate of its own, from one number; the stock is defined element by element."""


def test_groups_that_are_subscripts(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """Regions of the table are those of the model, and elements of its arrays are estimated."""
    (tmp_path / "two.mdl").write_text(REGIONS, "utf-8")
    rng = np.random.default_rng(3)
    rows = [
        f"{region},{2000 + t},{begin * np.exp(rate * t + rng.normal(0, 0.01)):.4f}"
        for region, begin, rate in (("North", 12.0, 0.08), ("South", 12.0, 0.03))
        for t in range(16)
    ]
    (tmp_path / "two.csv").write_text("region,year,level\n" + "\n".join(rows) + "\n", "utf-8")
    done = rcsd("init", tmp_path / "two.mdl", tmp_path / "two.csv", "-o", tmp_path / "out", "--yes")
    assert done.exit_code == 0, done.output
    study = load_study(tmp_path / "out")
    assert [target.variable for target in study.targets] == ["Level[North]", "Level[South]"]
    found = {each.name: each.start for each in study.space.parameters}
    assert found["Rate[North]"] == pytest.approx(0.08, rel=0.1)
    assert found["Rate[South]"] == pytest.approx(0.03, rel=0.1)
    assert "all: Begin" in found
    assert study.file.forecast is not None


def test_dates_of_one_weekday_are_weeks(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """A table of Fridays is weekly: a study of days would hold the model against days without data."""
    model = load(write_model(tmp_path, EPIDEMIC, name="flu"))
    run = model.run(TRUTH, outputs=["Infected"], times=np.arange(0.0, 16.0)).of("Infected")[0]
    first = date(2022, 1, 7)
    rows = [f"{first + timedelta(weeks=t)},{value:.2f}" for t, value in enumerate(run)]
    (tmp_path / "ill.csv").write_text("week ending,Infected\n" + "\n".join(rows) + "\n", "utf-8")
    done = rcsd("init", tmp_path / "flu.mdl", tmp_path / "ill.csv", "-o", tmp_path / "out", "--yes")
    assert done.exit_code == 0, done.output
    assert "Friday of a week" in done.output
    assert load_study(tmp_path / "out").clock.word == "week"


def test_a_run_that_runs_away_is_no_point_of_the_search(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """Where trial values blow the model up, and counts meet a mean of zero, the proposal is made all the same."""
    write_model(
        tmp_path,
        {
            "Waiting": "INTEG (Arriving-Answered, 0) ~ item",
            "Arriving": "Total/TIME STEP*PULSE(0, TIME STEP)",
            "Answered": "DELAY N(Arriving, Answer Time, 0, 3)",
            "Total": "500 ~ item",
            "Answer Time": "4",
        },
        name="mail",
        TIME_STEP="0.0625",
    )
    values = [0, 311, 300, 250, 190, 150, 110, 80, 52, 38, 24, 16, 12, 6, 3, 4]
    rows = "\n".join(f"{t},{value}" for t, value in enumerate(values))
    (tmp_path / "mail.csv").write_text(f"time,waiting\n{rows}\n", "utf-8")
    done = rcsd("init", tmp_path / "mail.mdl", tmp_path / "mail.csv", "-o", tmp_path / "out", "--yes")
    assert done.exit_code == 0, done.output
    assert "Warning" not in done.output


def test_a_model_that_begins_at_zero(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """Where the model begins with zero and the data just above it, errors are an amount, not a share."""
    fill = {"Level": "INTEG ((Goal-Level)/Delay, 0) ~ metre", "Goal": "1 ~ metre", "Delay": "2 ~ Year"}
    write_model(tmp_path, fill, name="fill")
    values = 1.4 * (1 - np.exp(-np.arange(16) / 3.2)) + np.random.default_rng(1).normal(0, 0.01, 16)
    values[0] = 0.004
    rows = "\n".join(f"{t},{value:.3f}" for t, value in enumerate(values))
    (tmp_path / "fill.csv").write_text(f"time,Level\n{rows}\n", "utf-8")
    done = rcsd("init", tmp_path / "fill.mdl", tmp_path / "fill.csv", "-o", tmp_path / "out", "--yes")
    assert done.exit_code == 0, done.output
    study = load_study(tmp_path / "out")
    assert {each.name for each in study.space.parameters} == {"Goal", "Delay"}
    assert study.file.series["level"].kind == "absolute"


def test_assumed_bounds_that_say_hardly_more_than_the_sign_are_doubted() -> None:
    """Documented ones are the model's own words, however wide."""
    wide = Bounded("Lifetime", "year", 30.0, 0.5, 2400.0, "log", "assumed", is_assumed=True)
    narrow, told = replace(wide, lower=10.0, upper=90.0), replace(wide, is_assumed=False)
    assert [*_wide((wide, narrow, told))] == [
        "'Lifetime' is looked for from 0.5 to 2400 year, which is assumed: narrow it to what it could be"
    ]


def test_a_model_that_reads_outside_its_folder_makes_no_study(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """No study could read it."""
    (tmp_path / "model").mkdir()
    path = write_model(tmp_path / "model", EPIDEMIC, name="flu")
    rain = "\nRain:= GET XLS DATA('../rain.xlsx', 'a', 'A', 'B2') ~ Dmnl ~|\n"
    path.write_text(path.read_text("utf-8").replace("\n", rain, 1), "utf-8")
    (tmp_path / "ill.csv").write_text("time,cases\n" + "".join(f"{i},{i + 1}\n" for i in range(12)), "utf-8")
    done = rcsd("init", path, tmp_path / "ill.csv", "-o", tmp_path / "study", "--yes")
    assert done.exit_code == 2
    assert "outside the model's folder: put it there" in done.stderr
    assert not (tmp_path / "study").exists()
