"""From a model and a table to a study that runs: `rcsd init`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from rcsd.simulation.loading import load
from rcsd.study import load_study
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
