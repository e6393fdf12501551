"""What a study can estimate beside scalar constants, each found again from data made with a known value."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.analysis.calibration import fit
from rcsd.errors import StudyError
from rcsd.simulation.loading import load
from rcsd.study import load_study
from rcsd.study.file.study import Study

MODEL = """{UTF-8}
Stand: oak, pine ~~|
Growth[Stand] = 0.1, 0.2 ~ 1/Year ~|
Loss[Stand] = 0.05 ~ 1/Year ~|
Prey = INTEG(Prey * (Growth[oak] - Loss[oak]), 12 + 1) ~ head ~|
Trees[Stand] = INTEG(Trees[Stand] * (Growth[Stand] - Loss[Stand]), 10) ~ head ~|
Age = Time - 2000 ~ Year ~|
Effect( (0,1),(4,2),(8,3) ) ~ Dmnl ~|
Seen = Effect(Age) ~ Dmnl ~|
Late = SMOOTH(Prey, 3) ~ head ~|
Oaks = Trees[oak] ~ head ~|
Pines = Trees[pine] ~ head ~|
INITIAL TIME = 2000 ~ Year ~|
FINAL TIME = 2012 ~ Year ~|
TIME STEP = 0.125 ~ Year ~|
SAVEPER = 1 ~ Year ~|
"""
HEAD = """[study]
name = "wood"
model = "wood.mdl"
seed = 1
[windows]
fit = [2000, 2010]
"""
SERIES = {"prey": "Prey", "seen": "Seen", "late": "Late", "oaks": "Oaks", "pines": "Pines"}
UNITS = {"seen": "Dmnl"}
TRUTH = {
    "Growth[oak]": 0.15,
    "Growth[pine]": 0.12,
    "all: Loss": 0.08,
    "factor: Growth": 1.3,
    "initial: Prey": 20.0,
    "initial: Trees[oak]": 8.0,
    "initial: Trees[pine]": 15.0,
    "all: initial: Trees": 14.0,
    "point: Effect(4)": 2.6,
    "delay time: Late": 5.0,
}


def _section(name: str, lower: float, upper: float, unit: str, more: str = "") -> str:
    return f'[parameters."{name}"]\nlower = {lower}\nupper = {upper}\nunit = "{unit}"\nsource = "test"\n{more}\n'


def _study(folder: Path, parameters: str, truth: dict[str, float], more: str = "") -> Study:
    """Make a study whose data are those of the model with other numbers."""
    (folder / "wood.mdl").write_text(MODEL)
    simulator = load(folder / "wood.mdl").simulator("interpreted", settable=list(truth))
    run = simulator.run(truth, outputs=list(SERIES.values()), times=np.arange(2000.0, 2011.0))
    rows = [
        f"{name},{year:g},{value!r},{UNITS.get(name, 'head')},"
        for name, variable in SERIES.items()
        for year, value in zip(run.times, run.of(variable)[0].tolist(), strict=True)
    ]
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows]) + "\n")
    series = "".join(
        f'[series.{name}]\nvariable = "{variable}"\nerror = 0.01\nkind = "relative"\n'
        for name, variable in SERIES.items()
    )
    (folder / "study.toml").write_text(HEAD + series + parameters + more)
    return load_study(folder)


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        (_section("growth", 0.01, 0.5, "1/Year"), ["Growth[oak]", "Growth[pine]"]),
        (
            _section("Loss", 0.01, 0.5, "1/Year", "shared = true")
            + _section("Growth", 0.5, 2, "Dmnl", 'shared = "factor"'),
            ["all: Loss", "factor: Growth"],
        ),
        (
            _section("prey", 1, 100, "head")
            + _section("Trees", 1, 100, "head")
            + _section("delay time: late", 1, 9, "Year"),
            ["initial: Prey", "initial: Trees[oak]", "initial: Trees[pine]", "delay time: Late"],
        ),
        (
            _section("Effect( 4.0 )", 0.5, 5, "Dmnl") + _section("Trees", 1, 100, "head", "shared = true"),
            ["point: Effect(4)", "all: initial: Trees"],
        ),
    ],
    ids=["array", "shared", "stocks and delay", "point"],
)
def test_a_fit_finds_what_the_data_were_made_with(tmp_path: Path, parameters: str, names: list[str]) -> None:
    """Arrays, shared values and factors, first values of stocks, a delay that stands as a number, a table's point."""
    truth = {name: TRUTH[name] for name in names}
    study = _study(tmp_path, parameters, truth)
    assert sorted(study.space.names) == sorted(names)
    simulator = study.model.simulator("interpreted", settable=study.space.names)
    found = fit(study.problem(simulator), study.search(quick=False), rng=np.random.default_rng(1))
    assert dict(zip(study.space.names, found.estimate, strict=True)) == pytest.approx(truth, rel=1e-5)


def test_a_parameter_on_demand_starts_where_the_model_does(tmp_path: Path) -> None:
    """An element's number, a first value that is an expression, a point's y, a delay's number, 1 for a factor."""
    parameters = (
        _section("Growth[pine]", 0.01, 0.5, "1/Year")
        + _section("Prey", 1, 100, "head")
        + _section("Effect(8)", 0.5, 5, "Dmnl")
        + _section("delay time: Late", 1, 9, "Year")
        + _section("Loss", 0.5, 2, "Dmnl", 'shared = "factor"')
    )
    study = _study(tmp_path, parameters, {})
    assert [each.start for each in study.space.parameters] == [0.2, 13.0, 3.0, 3.0, 1.0]


@pytest.mark.parametrize(
    ("parameters", "more", "said"),
    [
        (_section("Effect(5)", 1, 2, "Dmnl"), "", r"no point at 5; its x are 0, 4, 8"),
        (_section("delay time: Prey", 1, 2, "Year"), "", "has no delay or smooth"),
        (_section("Prey", 1, 2, "Year"), "", r"parameters\.Prey\.unit: .*head"),
        (
            _section("Growth", 0.1, 2, "1/Year") + _section("Growth[oak]", 0.1, 2, "1/Year"),
            "",
            r"what another parameter names \(Growth\[oak\]\): keep one",
        ),
        (
            _section("Growth", 0.1, 2, "1/Year", "shared = true") + _section("growth[ oak ]", 0.1, 2, "1/Year"),
            "",
            r"what another parameter names",
        ),
        (
            _section("Growth", 0.1, 2, "1/Year"),
            '[constants."Growth[pine]"]\nvalue = 0.1\nunit = "1/Year"\nsource = "x"\n',
            "also set under",
        ),
        (_section("Age", 0.1, 2, "Year"), "", "not a constant with one number"),
        (_section("Age", 0.1, 2, "Year", "shared = true"), "", "of a constant with subscripts"),
    ],
)
def test_what_cannot_be_estimated_is_a_fault(tmp_path: Path, parameters: str, more: str, said: str) -> None:
    """With its place, and the remedy."""
    with pytest.raises(StudyError, match=said):
        _study(tmp_path, parameters, {}, more)
