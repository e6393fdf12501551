"""What both simulators of a system promise: names, checks, defaults, pickling."""

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator, SystemSimulator
from tests.simulation.engine.systems import closed_forms, everything

BOTH = pytest.mark.parametrize("make", [CompiledSimulator, InterpretedSimulator])
SYSTEM = closed_forms(0.25, "euler")


@BOTH
def test_names_units_and_defaults(make: type[SystemSimulator]) -> None:
    """The protocol's properties; elements have the unit of their variable."""
    simulator = make(SYSTEM, {"x": "m", "r": "1/s"}, constants={"R": 0.5})
    assert simulator.name == "closed forms"
    assert simulator.constants == {"r": 0.5, "x0": 1.5}
    assert simulator.variables == SYSTEM.outputs
    assert (simulator.units["x"], simulator.units["r"], simulator.units["y"]) == ("m", "1/s", "")
    elements = replace(SYSTEM, outputs=("x[a,b]",))
    assert make(elements, {"x": "m"}).units["x[a,b]"] == "m"
    runs = simulator.run({"x0": [1.0, 2.0]}, outputs=["X"], times=[2.0])
    np.testing.assert_allclose(runs.of("x")[:, 0], [1.125**8, 2 * 1.125**8], rtol=1e-15)
    assert runs.variables == ("x",)
    assert runs.units == {"x": "m"}


@BOTH
def test_wrong_requests_are_refused_with_a_remedy(make: type[SystemSimulator]) -> None:
    """Unknown names, times between steps or out of order, values that are not finite."""
    simulator = make(SYSTEM, {}, computed={"room": "an auxiliary of the model (m.mdl:3)"})
    for inputs, words in [
        ({"rr": 1.0}, "not a constant of the model; did you mean 'r'"),
        ({"room": 1.0}, "an auxiliary of the model"),
        ({"r": [1.0, np.nan]}, "not finite"),
        ({"r": [1.0, 2.0], "x0": [1.0, 2.0, 3.0]}, "one length"),
    ]:
        with pytest.raises(ParameterError, match=words):
            simulator.run(inputs)
    with pytest.raises(ModelError, match="'rooom' is not a variable that can be saved; did you mean 'room'"):
        simulator.run(outputs=["rooom"])
    with pytest.raises(ParameterError, match=r"time 0\.3 cannot be saved: the model runs from 0 in steps of 0\.25"):
        simulator.run(times=[0.0, 0.3])
    with pytest.raises(ParameterError, match="increasing order"):
        simulator.run(times=[1.0, 0.5])
    with pytest.raises(ParameterError, match="at least one"):
        simulator.run_chunks({}, n_runs=0)


@BOTH
def test_tables_are_checked(make: type[SystemSimulator]) -> None:
    """A name that no table has, points that make none."""
    system = everything("euler")
    with pytest.raises(ParameterError, match="'held' is not a table or data variable of"):
        make(system, {}, tables={"held": ([0, 1], [0, 1])})
    with pytest.raises(ParameterError, match="two lists of one length"):
        make(system, {}, tables={"hold": ([0, 1, 2], [0, 1])})
    with pytest.raises(ParameterError, match="increasing order"):
        make(system, {}, tables={"hold": ([0, 0], [0, 1])})


@BOTH
def test_an_empty_batch_is_refused(make: type[SystemSimulator]) -> None:
    """No rows, or no output, is most likely a mistake of the caller: one clear error before anything runs."""
    simulator = make(SYSTEM, {})
    for ask in (simulator.run, simulator.run_chunks):
        with pytest.raises(ParameterError, match="'r' hold no row"):
            ask({"r": []})
        with pytest.raises(ParameterError, match="no output is asked for"):
            ask(outputs=[])


@BOTH
def test_a_frame_gives_rows_and_a_bad_cell_its_row(make: type[SystemSimulator]) -> None:
    """A DataFrame is a column for each input; a value that is not finite is named with its row."""
    simulator = make(SYSTEM, {})
    frame = pd.DataFrame({"r": [0.1, 0.2, 0.3]})
    assert simulator.run(frame).values.tolist() == simulator.run({"r": frame["r"].to_numpy()}).values.tolist()
    with pytest.raises(ParameterError, match="'r' holds a value that is not finite in row 2"):
        simulator.run({"r": [0.1, 0.2, np.nan]})


@BOTH
def test_saved_times_between_steps_move_to_the_next_step(make: type[SystemSimulator]) -> None:
    """A save step of 0.4 in steps of 0.25 saves at 0, 0.5, 1, 1.25, 1.75 and 2."""
    system = replace(SYSTEM, time=replace(SYSTEM.time, save_step=0.4))
    with pytest.warns(RcsdWarning, match="saved are 0, 0.5, 1, 1.25, 1.75, 2 instead"):
        assert make(system, {}).run().times.tolist() == [0.0, 0.5, 1.0, 1.25, 1.75, 2.0]


@BOTH
def test_a_pickled_simulator_runs_on(make: type[SystemSimulator]) -> None:
    """Its numbers are the same where it arrives."""
    simulator = make(SYSTEM, {"x": "m"}, constants={"r": 0.25}, seed=5)
    before = simulator.run()
    after = pickle.loads(pickle.dumps(simulator)).run()
    np.testing.assert_array_equal(before.values, after.values)


def test_threads_must_be_some() -> None:
    """Zero threads run nothing."""
    with pytest.raises(ParameterError, match="at least 1"):
        CompiledSimulator(SYSTEM, {}, threads=0)
