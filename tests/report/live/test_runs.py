"""What a live page works out, held to what the study works out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from rcsd.analysis.calibration import Draws
from rcsd.report.live.document import Document, document_of
from rcsd.study import load_study
from rcsd.study.file.study import Study
from rcsd.study.findings.live.making import live
from rcsd.study.findings.live.result import Live
from rcsd.study.findings.refit import Refit
from rcsd.study.findings.scenarios import compare_scenarios
from tests.places import CALIBRATION, EXAMPLES
from tests.report.live.v8 import told, with_runs

N_DRAWS = 12
DIGITS = 2e-4
"""What six digits of a draw leave of a difference of some per cent."""


def interpreted(study: Study) -> Study:
    """Return a study that compiles nothing."""
    head = study.file.study.model_copy(update={"backend": "interpreted"})
    return study.changed(file=study.file.model_copy(update={"study": head}))


def drawn(study: Study) -> Draws:
    """Return parameters near the middle of their bounds."""
    rng = np.random.default_rng(3)
    position = rng.uniform(0.3, 0.5, (N_DRAWS, study.space.n))
    low, high = (np.array([getattr(each, end) for each in study.space.parameters]) for end in ("lower", "upper"))
    return Draws(study.space.names, low + position * (high - low), (), ())


@pytest.fixture(scope="module")
def city() -> tuple[Study, Draws, Live]:
    """Make the study of a city with drivers that are drawn, and scenarios."""
    study = interpreted(load_study(CALIBRATION / "jixi"))
    draws = drawn(study)
    estimate = dict(zip(draws.names, draws.values[0].tolist(), strict=True))
    return study, draws, live(study, study.simulator(), estimate, draws, study.file.windows.last)


def document(made: Live) -> Document:
    """Arrange a live model for the page, which has JSON alone."""
    assert made.fault == ""
    return document_of(made)


def test_bands_of_a_scenario_are_those_of_the_study(city: tuple[Study, Draws, Live]) -> None:
    """Ends and median of the differences from the status quo, in every year, from the same draws and courses."""
    study, draws, made = city
    definition = study.scenarios
    assert definition is not None
    refitted = Refit(0, study.file.windows.last, {}, cast(Any, SimpleNamespace(draws=draws)), (), 0)
    compared = compare_scenarios(study, definition, refitted, cast(Any, study.simulator()))
    engine = with_runs(made.script, document(made))
    moved = dict(next(each for each in made.presets if each.name == "integrated").values)
    engine.eval(f"const moved = {moved}; const base = [], mine = [];")
    engine.eval("for (let i = 0; i < runs.n; i++) { base.push(runs.drawn(i, {})); mine.push(runs.drawn(i, moved)); }")
    found = told(engine, "runs.summary(mine, base)")
    levels = told(engine, "runs.summary(mine)")
    places = [int(np.flatnonzero(made.times.times == year)[0]) for year in compared.years]
    for outcome in definition.outcomes:
        expected = compared.of("integrated", outcome.variable, "drawn")
        o = [each.variable for each in made.outputs].index(outcome.variable)
        assert found[o]["n"] == N_DRAWS
        for end, values in (("low", expected.low), ("middle", expected.median), ("high", expected.high)):
            size = float(np.max(np.abs(values)))
            assert np.array(found[o][end])[places] == pytest.approx(values, rel=DIGITS, abs=DIGITS * size)
        size = float(np.max(np.abs(expected.level)))
        assert np.array(levels[o]["middle"])[places] == pytest.approx(expected.level, rel=1e-5, abs=1e-5 * size)


def test_a_moved_parameter_has_its_value_in_every_draw(city: tuple[Study, Draws, Live]) -> None:
    """Runs of two draws that differ in it alone are the same once it is moved."""
    _, draws, made = city
    engine = with_runs(made.script, document(made))
    moved = {name: made.estimate[name] for name in draws.names}
    engine.eval("live.draws.tables = {};")
    first, second = (told(engine, f"Array.from(runs.drawn({draw}, {moved}))") for draw in (1, 2))
    assert first == second
    assert first == told(engine, "Array.from(runs.one({}))")
    assert first != told(engine, "Array.from(runs.drawn(1, {}))")


@pytest.mark.parametrize("name", ["bass_diffusion", "coffee_cup", "unemployment", "influenza", "hare_lynx"])
def test_one_run_is_what_the_study_observes(name: str) -> None:
    """Sums over stretches, dates and values between two steps among them."""
    study = interpreted(load_study(EXAMPLES / name))
    values = drawn(study).values[0].tolist()
    made = live(study, study.simulator(), dict(zip(study.space.names, values, strict=True)), None, None)
    names = [each.variable for each in made.outputs]
    expected = study.simulator().run(made.estimate, outputs=names, times=made.times.times).values[0]
    engine = with_runs(made.script, document(made))
    found = np.array(told(engine, "Array.from(runs.one({}))"), dtype=np.float64).reshape(expected.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, equal_nan=True)
