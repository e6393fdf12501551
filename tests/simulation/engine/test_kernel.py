"""Kernels against the interpreter: bit for bit in arithmetic, by ulps where functions come in."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator
from rcsd.simulation.ir import Equation, Method
from tests.simulation.engine.systems import TABLES, arithmetic, closed_forms, everything

ARITHMETIC = {seed: arithmetic(seed, method=method) for seed, method in ((1, "euler"), (2, "rk4"))}
KERNELS = {seed: CompiledSimulator(system, {}, threads=1) for seed, system in ARITHMETIC.items()}
REFERENCES = {seed: InterpretedSimulator(system, {}) for seed, system in ARITHMETIC.items()}
AWKWARD = [0.0, -0.0, 1.0, -1.0, 0.5, 2.5, 4.0, 1e-310, -1e-160, 1e160, 1e308, -1e308, 3.0000000000000004]


def assert_same_bits(found: np.ndarray, expected: np.ndarray) -> None:
    """Compare bits, except those of NaNs, which processors may choose."""
    np.testing.assert_array_equal(found, expected)
    numbers = ~np.isnan(expected)
    np.testing.assert_array_equal(np.signbit(found[numbers]), np.signbit(expected[numbers]))


@pytest.mark.parametrize("method", ["euler", "rk2", "rk4"])
def test_closed_forms_have_the_bits_of_the_interpreter(method: Method) -> None:
    """Every variable, constants included, at every step, for runs that fill no whole block."""
    system = closed_forms(0.25, method)
    system = replace(system, time=replace(system.time, save_step=0.25))
    inputs = {"r": np.linspace(-1, 1, 77), "x0": np.linspace(0, 9, 77)}
    found = CompiledSimulator(system, {}).run(inputs)
    assert found.values.shape == (77, 9, 9)
    assert_same_bits(found.values, InterpretedSimulator(system, {}).run(inputs).values)


@pytest.mark.filterwarnings("ignore:not a finite number:rcsd.errors.RcsdWarning")
@pytest.mark.parametrize("seed", ARITHMETIC)
@given(data=st.data())
def test_random_arithmetic_has_the_bits_of_the_interpreter(seed: int, data: st.DataObject) -> None:
    """Infinities, NaNs, signed zeros and subnormal numbers included."""
    numbers = st.sampled_from(AWKWARD) | st.floats(allow_nan=False, allow_infinity=False)
    row = st.fixed_dictionaries({name: numbers for name in ARITHMETIC[seed].constants})
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    inputs = {name: np.array([each[name] for each in rows]) for name in rows[0]}
    names = ARITHMETIC[seed].outputs
    found, expected = KERNELS[seed].run(inputs, outputs=names), REFERENCES[seed].run(inputs, outputs=names)
    assert_same_bits(found.values, expected.values)


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_everything_agrees_with_the_interpreter(method: Method) -> None:
    """Every node, state, table and draw: functions of the same arguments within 4 ulp, the rest as they pass it on."""
    system = everything(method)
    rng = np.random.default_rng(0)
    inputs = {name: value * rng.uniform(0.3, 2, 150) for name, value in system.constants.items()}
    found = CompiledSimulator(system, {}, seed=3).run(inputs)
    expected = InterpretedSimulator(system, {}, seed=3).run(inputs)
    np.testing.assert_allclose(found.values, expected.values, rtol=1e-11, atol=1e-12)
    exact = ("uniform", "normal", "exponential", "a", "seven", "twice a", "last x", "late")
    first = [i for i, name in enumerate(found.variables) if name in exact]
    assert_same_bits(found.values[:, 0, first], expected.values[:, 0, first])
    functions = [i for i, name in enumerate(found.variables) if name.startswith("f ")]
    ulps = np.abs(found.values - expected.values)[:, 0, functions] / np.spacing(
        np.abs(expected.values[:, 0, functions])
    )
    assert ulps.max() <= 4


def test_one_kernel_serves_any_outputs_and_times() -> None:
    """Any choice of variables and times gives the cells of the full result, reports included."""
    simulator = CompiledSimulator(everything("euler"), {})
    whole = simulator.run({"a": np.linspace(0.5, 2, 10)})
    names, times = ["report", "seven", "x", "f cosh", "base"], [0.25, 1.5, 5.0]
    part = simulator.run({"a": np.linspace(0.5, 2, 10)}, outputs=names, times=times)
    at = [int(np.flatnonzero(whole.times == time)[0]) for time in times]
    for name in names:
        assert_same_bits(part.of(name), whole.of(name)[:, at])


def test_chunks_threads_and_order_change_nothing() -> None:
    """Random draws included: they depend on the number of the run."""
    system = everything("euler")
    inputs = {"a": np.random.default_rng(1).uniform(0.5, 2, 1000)}
    alone = CompiledSimulator(system, {}, threads=1).run(inputs, outputs=["x", "normal"])
    shared = CompiledSimulator(system, {}, threads=3).run(inputs, outputs=["x", "normal"])
    assert_same_bits(shared.values, alone.values)
    chunks = list(CompiledSimulator(system, {}).run_chunks(inputs, outputs=["x", "normal"], n_runs=130))
    assert [chunk.n_runs for chunk in chunks] == [130] * 7 + [90]
    assert_same_bits(np.concatenate([chunk.values for chunk in chunks]), alone.values)
    quiet = replace(system, steps=tuple(_without_noise(equation) for equation in system.steps))
    simulator = CompiledSimulator(quiet, {})
    order = np.random.default_rng(2).permutation(1000)
    forth, back = simulator.run(inputs), simulator.run({"a": inputs["a"][order]})
    assert_same_bits(back.values, forth.values[order])


def _without_noise(equation: Equation) -> Equation:
    if equation.name in ("uniform", "normal", "exponential"):
        return Equation(equation.name, type(equation.expression.arguments[0])(0.5))  # type: ignore[union-attr]
    return equation


def test_a_diverging_run_does_not_disturb_its_neighbours() -> None:
    """One among a thousand is flagged with variable and time; the others keep every bit."""
    system = closed_forms(0.25, "euler")
    rates = np.linspace(-1, 1, 1000)
    simulator = CompiledSimulator(system, {})
    calm = simulator.run({"r": rates}, outputs=["y", "x"])
    wild_rates = rates.copy()
    wild_rates[417] = 1e300
    wild = simulator.run({"r": wild_rates}, outputs=["y", "x"], times=[0.0, 0.25, 0.5, 2.0])
    assert wild.status.tolist() == [1 if i == 417 else 0 for i in range(1000)]
    assert wild.messages[417] == "the run diverged: 'x' is not a finite number at time 0.5"
    assert not any(message for i, message in enumerate(wild.messages) if i != 417)
    others = np.arange(1000) != 417
    assert_same_bits(wild.values[others][:, [0, 3]], calm.values[others])


def test_tables_are_data() -> None:
    """New points of any number need no compilation and are read as the table reads its own."""
    system = arithmetic(1)
    points = {"hold": ([0.0, 0.5, 1.0, 2.0, 8.0, 9.0], [5.0, 4.0, 7.0, 1.0, 0.0, 2.0])}
    inputs = {"c0": np.linspace(-3, 9, 65), "c1": np.linspace(9, -3, 65)}
    found = CompiledSimulator(system, {}, tables=points).run(inputs)
    assert_same_bits(found.values, InterpretedSimulator(system, {}, tables=points).run(inputs).values)
    assert not np.array_equal(found.values, CompiledSimulator(system, {}).run(inputs).values, equal_nan=True)
    assert set(system.tables) <= set(TABLES)
