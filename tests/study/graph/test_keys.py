"""The key of a step follows what it declares, and nothing else."""

from dataclasses import dataclass, replace
from importlib.metadata import version

import pytest

from rcsd.errors import PluginError
from rcsd.study import load_study
from rcsd.study.graph import code, keys
from rcsd.study.graph.keys import Keys, seen_by
from rcsd.study.graph.request import Request
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.panel.runner import CODE
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.refit import REFIT
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.steps.sobol import SOBOL

STEPS = (CALIBRATE, BACKTEST, POSTERIOR, ROLLING, SOBOL, REFIT)


def changed(before: Keys, after: Keys) -> set[str]:
    """Name the steps whose keys differ."""
    return {step.name for step in STEPS if before.of(step) != after.of(step)}


def test_an_optional_table_belongs_to_the_steps_that_read_it(town):
    """More origins redo the rolling backtest alone; another sample the sensitivity analysis alone."""
    tables = "[rolling]\nfirst = 2008\nlast = 2009\n\n[sobol]\nn_base = 64\n\n[search]\n"
    study = load_study(town({"[search]\n": tables}))
    before = Keys(study, Request())
    for name, update, redone in (
        ("rolling", {"draws": 600}, {"rolling"}),
        ("sobol", {"resamples": 50}, {"sobol"}),
    ):
        table = getattr(study.file, name).model_copy(update=update)
        file = study.file.model_copy(update={name: table})
        assert changed(before, Keys(replace(study, file=file), Request())) == redone


def test_a_new_seed_redoes_everything(town):
    """It stands in a table that every study has."""
    study = load_study(town())
    other = load_study(town({"seed = 7": "seed = 8"}, folder="other"))
    assert changed(Keys(study, Request()), Keys(other, Request())) == {step.name for step in STEPS}


def test_a_new_version_redoes_the_steps_that_declare_it_and_those_after(town, monkeypatch):
    """Chains depend on emcee; the fit does not."""
    study = load_study(town())
    before = Keys(study, Request())
    for step in STEPS:
        before.of(step)
    monkeypatch.setattr("rcsd.study.graph.keys._version", lambda name: "99.0" if name == "emcee" else version(name))
    assert changed(before, Keys(study, Request())) == {"posterior", "refit"}


def test_a_step_is_left_out_with_what_it_needs(town):
    """A quick study has no chains, so that nothing is forecast; the reason is handed on."""
    study = load_study(town())
    found = Keys(study, Request(quick=True))
    assert found.left_out(POSTERIOR) == "a quick run samples no posterior"
    assert found.left_out(CALIBRATE) == ""
    after = Step("after", Number, lambda run: Number(1.0), needs=(FORECAST,))
    assert found.left_out(after) == found.left_out(FORECAST) != ""


@dataclass(frozen=True, slots=True)
class Number:
    """A result."""

    value: float


def test_a_step_sees_only_the_tables_that_it_reads(town):
    """What is not declared is absent, so that no key can miss it."""
    study = load_study(town())
    assert study.file.life_cycle is not None
    assert seen_by(SOBOL, study).file.life_cycle == study.file.life_cycle
    assert seen_by(CALIBRATE, study).file.life_cycle is None
    assert seen_by(CALIBRATE, study).file.search == study.file.search


def test_a_step_takes_only_what_it_says_it_takes(town, tmp_path):
    """A result that is not declared is refused, with the remedy."""
    study = load_study(town())
    lonely = Step("lonely", Number, lambda run: Number(1.0))
    run = Run(study, Request(), "key", tmp_path, 1, None, lambda *_: None, lonely, {"backtest": None}, study.simulator)
    with pytest.raises(KeyError, match="lonely does not say that it takes the result of backtest"):
        run.get(BACKTEST)


@pytest.mark.parametrize(
    "module",
    [
        "rcsd.simulation.engine.integration",
        "rcsd.simulation.engine.lanes.exponential",
        "rcsd.simulation.reader.read",
        "rcsd.simulation.reader.parsing",
        "rcsd.simulation.reader.vensim.grammar",
        "rcsd.simulation.functions.elementary",
        "rcsd.study.file.resolving.targets",
    ],
)
def test_every_key_holds_the_code_behind_study_and_simulator(town, monkeypatch, module):
    """An engine or a reader that is mended redoes the fit and all that rests on it."""
    study = load_study(town())
    before = Keys(study, Request())
    for step in STEPS:
        before.of(step)
    hashed = code._module_hash
    monkeypatch.setattr(code, "_module_hash", lambda name: b"mended" if name == module else hashed(name))
    keys.deciding_code.cache_clear()
    after = Keys(study, Request())
    assert changed(before, after) == {step.name for step in STEPS}
    keys.deciding_code.cache_clear()


def test_what_writes_models_for_pages_decides_no_number(monkeypatch):
    """Kept results outlive a change of it, unless their step imports it."""
    own, page = ("rcsd.study.findings.simulate",), ("rcsd.simulation.engine.javascript.module",)
    before = [keys.deciding_code.__wrapped__(modules) for modules in (own, page)]
    hashed = code._module_hash
    writer = "rcsd.simulation.engine.javascript.module"
    monkeypatch.setattr(code, "_module_hash", lambda name: b"mended" if name == writer else hashed(name))
    after = [keys.deciding_code.__wrapped__(modules) for modules in (own, page)]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_the_cities_of_a_panel_are_kept_under_the_same_code(monkeypatch):
    """An engine that is mended fits every city of a panel anew."""
    before = keys.deciding_code.__wrapped__(CODE)
    hashed = code._module_hash
    engine = "rcsd.simulation.engine.lanes.exponential"
    monkeypatch.setattr(code, "_module_hash", lambda name: b"mended" if name == engine else hashed(name))
    assert keys.deciding_code.__wrapped__(CODE) != before


def test_a_package_that_is_not_installed_is_named(town):
    """With the step that wants it."""
    bad = Step("bad", Number, lambda run: Number(1.0), packages=("no-such-package",))
    with pytest.raises(PluginError, match="the step 'bad' depends on the package 'no-such-package'"):
        Keys(load_study(town()), Request()).of(bad)
