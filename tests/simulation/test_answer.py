"""One run: its back end, its time axis, and what it may set beside scalar constants."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.simulation.backends import Backend, Request, engine_of, make_simulator
from rcsd.simulation.loading import LoadedModel, load

HERE: tuple[Backend, ...] = ("interpreted", "pysd")
"""Back ends that need no compiling; kernels are held to the interpreter elsewhere, and here once each."""

RESERVOIR = """{UTF-8}
Basin: North, South ~~|
Inflow[Basin] = 3, 5 ~ ML/Day [0,20] ~|
Leak = 0.25 ~ 1/Day ~ Share that seeps away. Range 0 to 0.9. Source: assumed. |
Deep = INTEG(-Leak * Deep, 8 * Inflow[North]) ~ ML ~|
Level[Basin] = INTEG(Inflow[Basin] - Leak * Level[Basin], 2 * Inflow[Basin]) ~ ML ~|
Echo = INITIAL(Deep) ~ ML ~|
Elapsed = Time - INITIAL TIME ~ Day ~|
Left = FINAL TIME - Time ~ Day ~|
Inflow per Step = Inflow[South] * TIME STEP ~ ML ~|
INITIAL TIME = 10 ~ Day ~|
FINAL TIME = 14 ~ Day ~|
TIME STEP = 1 ~ Day ~|
SAVEPER = TIME STEP ~ Day ~|
"""


@pytest.fixture
def reservoir(tmp_path: Path) -> LoadedModel:
    """Two basins that leak, and a deep one that only leaks."""
    path = tmp_path / "reservoir.mdl"
    path.write_text(RESERVOIR)
    return load(path)


def leaked(first: float, step: float, n: int, inflow: float = 0.0, leak: float = 0.25) -> float:
    """Level after n Euler steps: it approaches inflow / leak by a factor (1 - leak step) a step."""
    end = inflow / leak
    return end + (first - end) * (1 - leak * step) ** n


@pytest.mark.parametrize("backend", HERE)
def test_a_run_has_the_time_axis_that_is_asked_for(reservoir: LoadedModel, backend: Backend) -> None:
    """Everything that the file works out from its time axis follows: steps, what is left, where it starts."""
    run = reservoir.with_time(start=0, stop=6, step=0.5, save_step=3).run(backend=backend)
    assert run.times.tolist() == [0, 3, 6]
    assert run.of("Deep")[0] == pytest.approx([24, leaked(24, 0.5, 6), leaked(24, 0.5, 12)], rel=1e-14)
    assert run.of("Elapsed")[0].tolist() == [0, 3, 6]
    assert run.of("Left")[0].tolist() == [6, 3, 0]
    assert run.of("Inflow per Step")[0].tolist() == [2.5, 2.5, 2.5]
    # the model itself is the file's
    assert reservoir.run(outputs=["Left"], backend=backend).times.tolist() == [10, 11, 12, 13, 14]


def test_a_longer_step_saves_as_often_as_it_steps(reservoir: LoadedModel) -> None:
    """Nothing is known between two steps."""
    assert reservoir.with_time(step=2).run(outputs=["Deep"]).times.tolist() == [10, 12, 14]


@pytest.mark.parametrize(
    "axis", [{"step": 0}, {"step": -1}, {"step": float("nan")}, {"stop": 9}, {"start": 15}, {"save_step": 0},
             {"step": 1e-12}, {"stop": float("inf")}, {"step": "1"}, {"step": True}]
)  # fmt: skip
def test_what_makes_no_time_axis_is_refused(reservoir: LoadedModel, axis: dict[str, float]) -> None:
    """With the rule, before anything runs."""
    with pytest.raises(ParameterError, match=r"final time|time step|save step|is a number"):
        reservoir.with_time(**axis)


def test_a_stock_starts_where_a_run_says_and_all_that_starts_from_it(reservoir: LoadedModel) -> None:
    """One value a run; a stock that is not set, and a run that sets none, have the initial values of the model."""
    simulator = reservoir.simulator("interpreted", settable=["initial: Deep", "INITIAL: level[ south ]"])
    assert np.isnan(simulator.constants["initial: Deep"])
    run = simulator.run({"initial: deep": [40, 80]})
    assert run.of("Deep")[:, -1] == pytest.approx([leaked(40, 1, 4), leaked(80, 1, 4)], rel=1e-14)
    assert run.of("Echo")[:, -1].tolist() == [40, 80]
    assert run.of("Level[South]")[:, 0].tolist() == [10, 10]
    assert reservoir.run({"initial: Level[South]": 1}).of("Level[South]")[0, 0] == 1
    assert simulator.run().of("Deep")[0, 0] == 24


@pytest.mark.parametrize("backend", HERE)
def test_one_element_of_a_constant_is_set(reservoir: LoadedModel, backend: Backend) -> None:
    """What depends on it follows; the other element and the next run are as the file has them."""
    simulator = reservoir.simulator(backend, settable=["Inflow[South]", "inflow[ North]"])
    assert simulator.constants["Inflow[South]"] == 5
    run = simulator.run({"inflow[south]": [1, 2], "Inflow[North]": 4})
    assert run.of("Level[South]")[:, -1] == pytest.approx([leaked(2, 1, 4, 1), leaked(4, 1, 4, 2)], rel=1e-14)
    assert run.of("Deep")[:, 0].tolist() == [32, 32]
    again = simulator.run(outputs=["Level[South]", "Deep"])
    assert again.values[0, 0].tolist() == [10, 24]
    changed = reservoir.simulator(backend, constants={"Inflow[South]": 7})
    assert changed.run(outputs=["Inflow[South]"]).values[0, 0, 0] == 7


def test_kernels_set_the_same(reservoir: LoadedModel) -> None:
    """The interpreter is the reference; both compiled and asked for more than one run."""
    inputs = {"initial: Deep": [40.0, 80.0], "Inflow[South]": [1.0, 9.0], "Leak": 0.5}
    runs = [
        reservoir.with_time(step=0.125).simulator(backend, settable=list(inputs)).run(inputs)
        for backend in ("interpreted", "compiled")
    ]
    assert runs[1].values == pytest.approx(runs[0].values, rel=1e-13)


@pytest.mark.parametrize("name", ["initial: Leak", "initial: Nowhere", "Level[South]", "Inflow[East]", "Inflow"])
def test_what_cannot_be_set_is_refused(reservoir: LoadedModel, name: str) -> None:
    """A stock has an initial value and no constant has one; an element must exist."""
    with pytest.raises(ParameterError, match=r"not a constant|only constants can be set|no stock|no element of"):
        reservoir.run({name: 0.5}, backend="interpreted")


def test_pysd_says_that_it_cannot_set_an_initial_value(reservoir: LoadedModel) -> None:
    """Rather than leave it at the file's."""
    with pytest.raises(ParameterError, match="PySD cannot set the initial value"):
        reservoir.run({"initial: Deep": 1.0}, backend="pysd")


def test_no_run_sets_what_the_time_axis_is_made_of(tmp_path: Path) -> None:
    """Whatever runs it: PySD would change the step, and the kernels would not."""
    axis = "INITIAL TIME = 0~~| FINAL TIME = 2~~| TIME STEP = 1 / steps~~| SAVEPER = 1~~|"
    (tmp_path / "m.mdl").write_text(f"{{UTF-8}}\nq = INTEG(q, 1)~~|\nsteps = 4~~|\n{axis}", encoding="utf-8")
    model = load(tmp_path / "m.mdl")
    assert model.run(outputs=["q"]).values[0, :, 0].tolist() == pytest.approx([1, 1.25**4, 1.25**8])
    for backend in ("auto", "interpreted", "pysd"):
        with pytest.raises(ParameterError, match=r"'steps' is part of the time axis \(m\.mdl:3\)"):
            model.run({"steps": 8.0}, backend=backend)


def test_a_wrong_name_is_told_as_such_on_pysd(tmp_path: Path) -> None:
    """Not as what has kept the model from the engine."""
    axis = "INITIAL TIME = 0~~| FINAL TIME = 2~~| TIME STEP = 1~~| SAVEPER = 1~~|"
    text = f"{{UTF-8}}\nq = INTEG(1, 0)~~|\nd = DELAY N(q, 2, 0, 1 + q)~~|\n{axis}"
    (tmp_path / "m.mdl").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="'typo' is not a constant"):
        load(tmp_path / "m.mdl").simulator(constants={"typo": 1.0})


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"Leak": 0.95}, r"Leak = 0\.95 lies outside the range 0 to 0\.9"),
        ({"Inflow[South]": 21}, r"Inflow\[South\] = 21 lies outside the range 0 to 20"),
        ({"Leak": [0.1, -1, -2]}, r"2 values of Leak, such as -1, lie outside"),
    ],
)
def test_a_value_outside_the_stated_range_is_said(reservoir: LoadedModel, inputs: dict[str, float], said: str) -> None:
    """Beside the unit, or in the documentation; the run is made all the same."""
    with pytest.warns(RcsdWarning, match=said):
        assert reservoir.run(inputs, backend="interpreted").ok.all()


def test_times_beyond_the_end_and_a_bare_name_are_refused(reservoir: LoadedModel) -> None:
    """The model says nothing of them; a string is a sequence of letters to Python."""
    with pytest.raises(ParameterError, match=r"runs from 10 to 14.*let it run longer"):
        reservoir.run(times=[12, 40], backend="interpreted")
    with pytest.raises(ParameterError, match=r"write outputs=\['Deep'\]"):
        reservoir.run(outputs="Deep", backend="interpreted")


def test_a_single_run_needs_no_compiler(reservoir: LoadedModel) -> None:
    """An answer after an edit is one of the interpreter: the compiler is not so much as imported."""
    code = (
        "import sys, rcsd; print(rcsd.load(sys.argv[1]).run({'Leak': 0.5}).of('Deep')[0, -1]); "
        "print([m for m in ('numba', 'llvmlite', 'pysd') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(reservoir.path)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(24 * 0.5**4), "[]"]


def test_many_runs_compile_and_a_long_one_too(reservoir: LoadedModel) -> None:
    """By what they cost; a backend that is named is taken."""

    def chosen(model: LoadedModel, asked: Request) -> Backend:
        return engine_of(make_simulator(model.ir, asked))

    assert chosen(reservoir, Request(once=True)) == "interpreted"
    assert chosen(reservoir, Request()) == "compiled"
    assert chosen(reservoir.with_time(step=1e-6), Request(once=True)) == "compiled"
    assert chosen(reservoir, Request("compiled", once=True)) == "compiled"


ORDER = """{UTF-8}
Order = IF THEN ELSE(Time > 100, 2, 1) ~~|
x = DELAY N(Time, 2, 0, Order) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 4 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""


def test_auto_falls_back_to_pysd_with_one_line(tmp_path: Path) -> None:
    """An order that is worked out is beyond the engine, and within PySD: x(t+1) = x + (t - x) / 2."""
    path = tmp_path / "order.mdl"
    path.write_text(ORDER)
    with pytest.warns(RcsdWarning, match=r"PySD runs this model, slowly: .*order\.mdl:3: .*order of a delay") as said:
        run = load(path).run(outputs=["x"])
    assert len(said) == 1
    assert run.of("x")[0].tolist() == [0, 0, 0.5, 1.25, 2.125]
    with pytest.raises(ModelError, match="order of a delay"):
        load(path).run(backend="interpreted")


def test_a_fault_of_the_model_itself_is_one_error(tmp_path: Path) -> None:
    """PySD cannot run a loop of auxiliaries either: what is said is what the engine has found."""
    path = tmp_path / "loop.mdl"
    path.write_text(ORDER.replace("DELAY N(Time, 2, 0, Order)", "y + 1 ~~|\ny = x - 1"))
    with pytest.raises(ModelError, match=r"loop\.mdl"):
        load(path).run()


def test_a_fault_of_the_compiler_is_no_fault_of_the_model(
    reservoir: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interpreter gives the numbers, with one line; a backend that is named gives one error."""

    def fail(*_: object) -> str:
        raise TypeError("cannot unify\nin twenty lines")

    monkeypatch.setattr("rcsd.simulation.engine.kernel.source_of", fail)
    simulator = reservoir.simulator()
    with pytest.warns(RcsdWarning, match=r"compiler fails.*TypeError: cannot unify\): it is interp") as said:
        runs = [simulator.run({"Leak": [0.25, 0.5]}, outputs=["Deep"]) for _ in range(2)]
    assert len(said) == 1
    assert runs[1].of("Deep")[:, -1] == pytest.approx([leaked(24, 1, 4), leaked(24, 1, 4, leak=0.5)], rel=1e-14)
    with pytest.raises(ModelError, match="run it with backend 'interpreted'"):
        reservoir.run(backend="compiled")


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        ("DELAY1(Time, Late)", "'x': the delay time -2 is negative"),
        ("SMOOTH(Time, Late + 2.25)", r"'x': the smooth time 0\.25 is shorter than the time step 1"),
        ("DELAY FIXED(Time, -Late / 4, 0)", r"'x': the fixed delay time 0\.5 is shorter than the time step 1"),
    ],
)
def test_a_delay_that_makes_no_sense_is_said(equation: str, said: str, tmp_path: Path) -> None:
    """It runs as in the modelling tool; nobody means it."""
    path = tmp_path / "late.mdl"
    path.write_text(
        ORDER.replace("DELAY N(Time, 2, 0, Order)", equation).replace("Order = IF", "Late = -2 ~~|\nOrder = IF")
    )
    with pytest.warns(RcsdWarning, match=said) as caught:
        load(path).run(backend="interpreted")
    assert len(caught) == 1
