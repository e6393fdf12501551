"""The scripts beside the studies print what they say, on results that cost nothing."""

import importlib.util
import re
from types import ModuleType, SimpleNamespace

import rcsd
from rcsd.study.steps.backtest import BACKTEST
from tests.places import CALIBRATION


def script(name: str) -> ModuleType:
    """Import a script by its path, without running it."""
    spec = importlib.util.spec_from_file_location(name, CALIBRATION / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Found(dict):
    """What the steps of a study have found, and its name."""

    def __init__(self, name: str, target: SimpleNamespace) -> None:
        super().__init__({BACKTEST: SimpleNamespace(targets=(target,))})
        self.info = SimpleNamespace(name=name)


def result_of(name: str, *, n: int, n_holdout: int) -> Found:
    """Return as much of a study's result as the scripts read: one series, `n` cells of its hold-out scored."""
    errors = SimpleNamespace(mape=1.5, n=n)
    holdout = SimpleNamespace(
        statistics=errors,
        baselines={"last": SimpleNamespace(statistics=errors), "ets": SimpleNamespace(statistics=None)},
    )
    holdouts = {"forecast": holdout, "known": holdout}
    target = SimpleNamespace(name="real_gdp", holdout=holdout, holdouts=holdouts, n_holdout=n_holdout)
    return Found(name, target)


def test_the_four_cities_script_counts_the_scored_cells(monkeypatch, capsys):
    """A cell that a flag drops from the hold-out shows beside the error, as in "2 of 3"."""
    found = {"jixi": 3, "hegang": 3, "shuangyashan": 2, "qitaihe": 3}
    monkeypatch.setattr(rcsd, "run_study", lambda study, **_: result_of(study.name, n=found[study.name], n_holdout=3))
    module = script("four_cities")
    monkeypatch.setattr(module, "write_report", lambda *_: None)
    monkeypatch.setattr(module, "write_index", lambda *_: "index.html")
    module.main()
    printed = capsys.readouterr().out
    for city, n in found.items():
        assert re.search(rf"^{city} +real_gdp +{n} of 3 ", printed, re.MULTILINE)


def test_the_couplings_script_measures_what_the_model_readme_says(monkeypatch, capsys):
    """One row per coupling and city with the signs of the README, at the model's own parameters; congestion by city."""
    module = script("couplings")
    monkeypatch.setattr(module, "calibrate_study", lambda *_, **__: SimpleNamespace(values={}))
    monkeypatch.setattr(module, "CITIES", ("jixi", "qitaihe"))
    module.main()
    rows = re.findall(
        r"^(?:\w+)? +([A-Z][A-Za-z ]+?) +([-\d.]+) +([-\d.]+) +([-\d.]+) +([-\d.]+)$", capsys.readouterr().out, re.M
    )
    assert [row[0] for row in rows[:5]] == [row[0] for row in rows[5:]]
    found = {row[0]: [float(cell) for cell in row[1:]] for row in rows[:5]}
    assert all(value > 0 for value in found["Replicase Strength"])
    assert found["Digital Cluster Coupling"][0] > 0 > found["Digital Cluster Coupling"][1]
    assert found["Circular Investment"][2] > found["Circular Investment"][0] > 0 > found["Circular Investment"][3]
    assert all(value > 0 for value in found["Agglomeration Elasticity"])
    assert len(rows) == 10
