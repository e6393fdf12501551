"""PySD as a simulator: closed forms, inputs, outputs, times, and runs that fail."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.simulation.pysd_backend import PysdSimulator
from rcsd.simulation.reader import read
from tests.places import TEST_MODELS


def fresh(name: str) -> PysdSimulator:
    """Load a test model."""
    return PysdSimulator(read(TEST_MODELS / name))


def cooling(times: np.ndarray, start: float, room: float, tau: float, step: float) -> np.ndarray:
    """Return Euler's solution of the cooling cup, which is exact arithmetic."""
    return room + (start - room) * (1 - step / tau) ** (times / step)


def test_what_pysd_warns_of_has_the_names_of_the_file(tmp_path: Path) -> None:
    """Not those that it knows the variables by."""
    axis = "INITIAL TIME = 0~~| FINAL TIME = 2~~| TIME STEP = 1~~| SAVEPER = 1~~|"
    text = f"{{UTF-8}}\nlate news = DELAY FIXED(Time, 1.5, -1)~~|\n{axis}"
    (tmp_path / "m.mdl").write_text(text, encoding="utf-8")
    simulator = PysdSimulator(read(tmp_path / "m.mdl"))
    with pytest.warns(RcsdWarning, match=r"PySD says: late news: Casting delay order from 1\.5"):
        assert simulator.run(outputs=["late news"]).values[0, :, 0].tolist() == [-1, -1, 0]


def test_a_linear_model_follows_the_closed_form_of_its_difference_equation(teacup: PysdSimulator) -> None:
    """Each row of inputs gives T_n = room + (T_0 - room)(1 - dt/tau)^n."""
    inputs = {"Initial Temperature": np.array([180.0, 90.0, 20.0]), "Characteristic Time": np.array([10.0, 5.0, 20.0])}
    runs = teacup.run(inputs, outputs=["Teacup Temperature"])
    for i in range(3):
        start, tau = (row[i] for row in inputs.values())
        expected = cooling(runs.times, start, 70, tau, 0.125)
        assert runs.of("Teacup Temperature")[i] == pytest.approx(expected, rel=1e-12)
    assert runs.ok.all() and runs.units["Teacup Temperature"] == "degree"


def test_an_xmile_model_follows_the_same_closed_form() -> None:
    """With a table of explicit points in place of a constant; the save interval is the file's."""
    with pytest.warns(RcsdWarning, match="asks for RK4"):
        simulator = PysdSimulator(read(TEST_MODELS / "teacup.xmile"))
    runs = simulator.run(outputs=["Teacup Temperature"])
    assert runs.times.tolist() == list(range(31))
    assert runs.values[0, :, 0] == pytest.approx(cooling(runs.times, 180, 70, 10, 0.125), rel=1e-12)


def test_a_file_that_asks_for_runge_kutta_is_run_by_euler_with_a_warning() -> None:
    """PySD says nothing; a user who trusts the file must hear of it."""
    with pytest.warns(RcsdWarning, match=r"teacup_rk4\.mdl: the file asks for RK4 integration"):
        simulator = PysdSimulator(read(TEST_MODELS / "teacup_rk4.mdl"))
    end = simulator.run(outputs=["Teacup Temperature"], times=[30]).values[0, 0, 0]
    assert end == pytest.approx(cooling(np.array([30.0]), 180, 70, 10, 0.125)[0], rel=1e-12)


def test_selected_times_are_the_same_numbers_as_the_whole_run(town: PysdSimulator) -> None:
    """Stopping early or saving less changes nothing; beyond the final time the model says nothing."""
    whole = town.run(outputs=["Capital"])
    some = town.run(outputs=["Capital"], times=[2000, 2003.25, 2010])
    assert some.times.tolist() == [2000, 2003.25, 2010]
    assert np.array_equal(some.of("Capital")[0, [0, 2]], whole.of("Capital")[0, [0, 10]])
    with pytest.raises(ParameterError, match="runs from 2000 to 2020"):
        town.run(outputs=["Capital"], times=[2020, 2030])


def test_stopping_early_does_not_change_what_an_equation_sees_of_the_final_time(explosive: PysdSimulator) -> None:
    """An equation that counts down to FINAL TIME counts to the model's own."""
    assert explosive.run(outputs=["To Go"], times=[0, 5]).values[0, :, 0].tolist() == [40, 35]


def test_an_integer_initial_value_does_not_make_an_integer_smooth(explosive: PysdSimulator) -> None:
    """SMOOTHI of a constant 1 from 0 over 4 steps of 1 is 1 - (3/4)^n, not 0."""
    memory = explosive.run({"Rate": 0}, outputs=["Memory"]).of("Memory")[0]
    assert memory == pytest.approx(1 - 0.75 ** np.arange(41), rel=1e-12)


def test_subscripted_variables_come_out_element_by_element() -> None:
    """Growth of one half doubles as (3/2)^n in each element, and the sum adds them."""
    simulator = PysdSimulator(read(TEST_MODELS / "regions.mdl"))
    assert "Stock[north]" in simulator.variables and simulator.units["Stock[south]"] == "widget"
    runs = simulator.run({"Rate": [0.5, 1.0]}, outputs=["Stock[north]", "stock[south]", "Total"], times=[0, 2])
    assert runs.values[:, 1].tolist() == [[22.5, 45, 67.5], [40, 80, 120]]
    assert runs.variables == ("Stock[north]", "Stock[south]", "Total")


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"Rate": 5, "Power": 50}, "too large"),
        ({"Divisor": 0}, "divided by zero"),
        ({"Initial Stock": -1, "Power": 0.5}, "negative number was raised to a fraction"),
    ],
)
def test_a_run_that_diverges_gets_a_status_and_spoils_no_other(
    explosive: PysdSimulator, inputs: dict[str, float], reason: str
) -> None:
    """The runs before and after it are the numbers of 1.1^n."""
    rows = {name: [explosive.constants[name], value, explosive.constants[name]] for name, value in inputs.items()}
    runs = explosive.run(rows, outputs=["Stock", "Share"], times=[0, 10, 40])
    assert runs.status.tolist() == [RunStatus.OK, RunStatus.DIVERGED, RunStatus.OK]
    assert reason in runs.messages[1] and runs.messages[0] == runs.messages[2] == ""
    for i in (0, 2):
        assert runs.values[i, :, 0] == pytest.approx(1.1 ** np.array([0, 10, 40]), rel=1e-12)
    assert not np.isfinite(runs.values[1]).all()


def test_an_infinite_value_is_told_with_its_variable_and_time(explosive: PysdSimulator) -> None:
    """A product that overflows gives infinity without an exception; the status says where."""
    runs = explosive.run({"Rate": 1e300}, outputs=["Stock"], times=[0, 1, 2])
    assert runs.status[0] == RunStatus.DIVERGED
    assert runs.messages[0] == "the run diverged: 'Stock' is not a finite number at time 2"
    assert runs.values[0, :2, 0].tolist() == [1, 1e300]


def test_new_defaults_hold_until_an_input_overrides_them() -> None:
    """Constants given to the simulator replace the file's."""
    simulator = PysdSimulator(read(TEST_MODELS / "teacup.mdl"), constants={"room temperature": 100})
    assert simulator.constants["Room Temperature"] == 100
    runs = simulator.run({"Initial Temperature": 100}, outputs=["Teacup Temperature"], times=[30])
    assert runs.values[0, 0, 0] == pytest.approx(100)
    runs = simulator.run(
        {"Initial Temperature": 50, "Room Temperature": 50}, outputs=["Teacup Temperature"], times=[30]
    )
    assert runs.values[0, 0, 0] == pytest.approx(50)


def test_a_replaced_table_is_interpolated_and_held_at_its_ends() -> None:
    """As Vensim does; the driver's freeze time holds it from inside the model."""
    years, prices = [2001.0, 2011.0], [1.0, 3.0]
    simulator = PysdSimulator(read(TEST_MODELS / "mining_town.mdl"), tables={"coal price table": (years, prices)})
    runs = simulator.run({"Price Freeze Time": [2050, 2006]}, outputs=["Coal Price"])
    assert runs.of("Coal Price")[0] == pytest.approx(np.interp(runs.times, years, prices))
    assert runs.of("Coal Price")[1] == pytest.approx(np.interp(np.minimum(runs.times, 2006), years, prices))


def test_a_data_variable_takes_its_points_from_outside() -> None:
    """Euler's sum of 2, 2.5, 3, ... each over half a year is t^2/2 + 1.75 t at whole years."""
    model = read(TEST_MODELS / "data_driven.mdl")
    assert model["Rain"].kind == "data"
    runs = PysdSimulator(model, tables={"Rain": ([0, 4], [2, 6])}).run({}, outputs=["Water", "Rain"])
    assert runs.of("Water")[0] == pytest.approx(runs.times**2 / 2 + 1.75 * runs.times)
    assert runs.of("Rain")[0] == pytest.approx(runs.times + 2)
    with pytest.raises(
        ParameterError,
        match=r"data variable 'Rain' of data_driven\.mdl is without data: give its series with --data FILE",
    ):
        PysdSimulator(model)


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ({"Coal Price": ([0, 1], [0, 1])}, "'Coal Price' is not a table or data variable.*'Coal Price Table'"),
        ({"Coal Price Table": ([0, 1], [0])}, "two lists of one length"),
        ({"Coal Price Table": ([1, 0], [0, 1])}, "increasing order"),
        ({"Coal Price Table": ([0, 1], [0, np.nan])}, "finite points"),
    ],
)
def test_points_that_make_no_table_are_refused(table: dict[str, tuple[list[float], list[float]]], rule: str) -> None:
    """Before anything runs."""
    with pytest.raises(ParameterError, match=rule):
        PysdSimulator(read(TEST_MODELS / "mining_town.mdl"), tables=table)


def test_unknown_names_and_impossible_times_are_refused(town: PysdSimulator) -> None:
    """Each with what would do."""
    with pytest.raises(ParameterError, match="did you mean 'Pass Through'"):
        town.run({"Pas Through": 1})
    with pytest.raises(ParameterError, match=r"'Capital' is a stock of the model .*only constants can be set"):
        town.run({"Capital": 1})
    with pytest.raises(ModelError, match="did you mean 'Capital'"):
        town.run(outputs=["Captial"])
    with pytest.raises(ParameterError, match=r"time 2000\.1 cannot be saved"):
        town.run(times=[2000, 2000.1])
    with pytest.raises(ParameterError, match="time 1999 cannot be saved"):
        town.run(times=[1999])
    with pytest.raises(ParameterError, match="increasing order"):
        town.run(times=[2001, 2000])


@pytest.mark.process
@pytest.mark.slow
def test_a_simulator_gives_the_same_numbers_in_another_process(town: PysdSimulator, tmp_path: Path) -> None:
    """A process that shares nothing with this one loads the generated code by itself."""
    inputs, there = {"Pass Through": [0.5, 0.7]}, tmp_path / "there.npy"
    (tmp_path / "simulator").write_bytes(pickle.dumps(town))
    code = (
        "import pickle, sys; from pathlib import Path; import numpy as np;"
        "simulator = pickle.loads(Path(sys.argv[1]).read_bytes());"
        f"np.save(sys.argv[2], simulator.run({inputs!r}).values)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code, tmp_path / "simulator", there], check=True)
    assert np.array_equal(np.load(there), town.run(inputs).values)


def test_a_pickled_simulator_does_not_need_the_file(tmp_path: Path) -> None:
    """It carries the generated code, so an edit of the file cannot change a study half-way."""
    path = Path(shutil.copy(TEST_MODELS / "teacup.mdl", tmp_path))
    pickled = pickle.dumps(PysdSimulator(read(path)))
    path.unlink()
    end = pickle.loads(pickled).run(outputs=["Teacup Temperature"], times=[30]).values[0, 0, 0]
    assert end == pytest.approx(cooling(np.array([30.0]), 180, 70, 10, 0.125)[0], rel=1e-12)


def test_nothing_is_written_beside_the_model_or_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Generated code lives in a scratch folder only as long as it takes to load it."""
    scratch, home = tmp_path / "scratch", tmp_path / "home"
    scratch.mkdir()
    home.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = shutil.copy(TEST_MODELS / "mining_town.mdl", home)
    PysdSimulator(read(path)).run()
    assert [p.name for p in home.iterdir()] == ["mining_town.mdl"]
    assert list(scratch.iterdir()) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["arithmetic.mdl", "teacup.mdl", "mining_town.mdl", "regions.mdl", "explosive.mdl"])
def test_every_constant_has_the_value_that_pysd_runs_with(name: str) -> None:
    """A default that is put back after a run is the number that the engine itself works out of the file."""
    simulator = fresh(name)
    outputs = list(simulator.constants)
    found = simulator.run(outputs=outputs).values[0, 0]
    assert dict(zip(outputs, found.tolist(), strict=True)) == simulator.constants


def test_a_chain_of_powers_is_read_from_the_right_and_survives_other_runs() -> None:
    """2^3^2 is 512, in PySD too, and the same after a run that set another constant."""
    model = read(TEST_MODELS / "arithmetic.mdl")
    assert model.constants["Chained Power"] == 512
    assert model.constants["Bracketed Power"] == 64
    simulator = fresh("arithmetic.mdl")
    ends = [simulator.run(inputs, outputs=["Sum"]).of("Sum")[0, -1] for inputs in ({}, {"Plain": 1.0}, {})]
    assert ends == [519, 513, 519]
