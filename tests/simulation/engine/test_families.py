"""Equations of one form are evaluated together: the numbers are those of equations one by one, to the bit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.simulation.engine import CompiledSimulator
from rcsd.simulation.engine.interpreter import interpret
from rcsd.simulation.engine.plan.layout import laid_out
from rcsd.simulation.engine.plan.phases import phases_of
from rcsd.simulation.engine.plan.schedule import Each
from rcsd.simulation.ir import Method, System
from rcsd.simulation.ir.family import Family
from rcsd.simulation.passes import flatten
from tests.simulation.engine.arrays import array_model
from tests.simulation.engine.constructs import write_vensim
from tests.simulation.engine.test_kernel import assert_same_bits

RUNS = range(5, 8)
INPUTS = {"p": np.array([0.8, -1.0, 2.0]), "q": np.array([0.0, 1.7, 3.0])}
STEPS = np.arange(9)


def system_of(path: Path, method: Method = "euler") -> System:
    """Read a model and choose how it is integrated."""
    system = flatten(rcsd.load(path).ir)
    return replace(system, time=replace(system.time, method=method))


def written_out(system: System, seed: int = 3) -> np.ndarray:
    """Run a system equation by equation."""
    return interpret(system, INPUTS, RUNS, system.outputs, STEPS, seed=seed, smallest=np.inf)


@pytest.mark.parametrize(("seed", "method"), [(0, "euler"), (1, "rk4")])
def test_rolled_up_equations_have_the_bits_of_single_ones(seed: int, method: Method, tmp_path: Path) -> None:
    """Functions, draws and memories included; whatever number of equations makes a family."""
    system = system_of(array_model(tmp_path / "a.mdl", seed, functions=True), method)
    expected = written_out(system)
    assert np.isfinite(expected).mean() > 0.5
    for smallest in (2, 4, None):
        found = interpret(system, INPUTS, RUNS, system.outputs, STEPS, seed=3, smallest=smallest)
        assert_same_bits(found, expected)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 60))
def test_many_more_have_them_too(seed: int, tmp_path: Path) -> None:
    """The same over more models."""
    test_rolled_up_equations_have_the_bits_of_single_ones(seed, ("euler", "rk2", "rk4")[seed % 3], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_their_kernels_have_the_bits_of_single_equations(seed: int, tmp_path: Path) -> None:
    """Arithmetic, choices, tables, sums of both dimensions and every kind of memory."""
    system = system_of(array_model(tmp_path / "a.mdl", seed), ("euler", "rk4")[seed % 2])
    found = CompiledSimulator(system, {}, threads=1, seed=3).run(INPUTS, outputs=system.outputs)
    expected = interpret(system, INPUTS, range(3), system.outputs, STEPS, seed=3, smallest=np.inf)
    assert np.isfinite(expected).mean() > 0.5
    assert_same_bits(found.values, expected)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_functions_within_them_agree_to_rounding(seed: int, tmp_path: Path) -> None:
    """Exponentials, powers, smooths and draws of each element."""
    system = system_of(array_model(tmp_path / "a.mdl", seed, functions=True))
    found = CompiledSimulator(system, {}, seed=3).run(INPUTS, outputs=system.outputs).values
    expected = interpret(system, INPUTS, range(3), system.outputs, STEPS, seed=3, smallest=np.inf)
    np.testing.assert_allclose(found[:, :3], expected[:, :3], rtol=1e-9, atol=1e-9)


def test_a_kernel_is_as_long_for_many_elements_as_for_some(tmp_path: Path) -> None:
    """Only numbers and places differ, and those are data."""

    def parts(n: int) -> tuple[int, int]:
        equations = f"""
            d: (e1-e{n}) ~~|
            c[d] = {", ".join(str(i) for i in range(n))} ~~|
            s[d] = INTEG(f[d] - s[d] * c[d] / total, c[d]) ~~|
            f[d] = EXP(-c[d] / 9) * x ~~|
            total = 1 + SUM(s[d!] * c[d!]) ~~|
        """
        path = write_vensim(tmp_path / f"{n}.mdl", "\n~~|\n".join(equations.split("~~|")[:-1]))
        layout = laid_out(flatten(rcsd.load(path).ir))
        phase = layout.phases["steps"].parts
        return len(phase), sum(isinstance(part, Each) for part in phase)

    assert parts(20) == parts(300)
    assert parts(300)[1] == 3  # f, the sum and the rates


def families_of(system: System) -> list[tuple[str, int]]:
    """First name and size of every family of a step, from two members on."""
    units = phases_of(system, smallest=2)
    every = [*units["steps"], *units["reports"]]
    return sorted((unit.names[0], len(unit.names)) for unit in every if isinstance(unit, Family))


def test_elements_that_need_one_another_are_no_family(tmp_path: Path) -> None:
    """Each of a chain needs the one before; what needs them all is a family all the same."""
    chain = "".join(f"\n~~|\nchain[e{i}] = chain[e{i - 1}] + x" for i in range(2, 10))
    equations = f"d: (e1-e9)\n~~|\nchain[e1] = x{chain}\n~~|\nz[d] = chain[d] * x"
    system = system_of(write_vensim(tmp_path / "a.mdl", equations))
    assert families_of(system) == [("z[e1]", 9)]
    found = interpret(system, {}, range(1), ["z[e9]", "x"], np.arange(2), smallest=2)[0, 1]
    assert found[0] == pytest.approx(9 * found[1] ** 2, rel=1e-15)


def test_families_that_need_one_another_are_parted(tmp_path: Path) -> None:
    """The second half of one needs the first half of the other, which needs the first half of the one."""
    equations = (
        "d: (e1-e8)\n~~|\nfront: (e1-e4)\n~~|\nback: (e5-e8) -> front\n~~|\n"
        "one[front] = x * 3\n~~|\none[back] = other[front] + 1\n~~|\nother[d] = one[d] * 2"
    )
    system = system_of(write_vensim(tmp_path / "a.mdl", equations))
    assert families_of(system) == [("one[e1]", 4), ("one[e5]", 4), ("other[e1]", 4), ("other[e5]", 4)]
    found = interpret(system, {}, range(1), ["other[e6]", "x"], np.arange(2), smallest=2)[0, 1]
    assert found[0] == 2 * (3 * found[1] * 2 + 1)


def test_a_sum_joins_neighbours_first(tmp_path: Path) -> None:
    """In any number of terms, which rounding tells from a sum from left to right."""
    for n in (8, 11, 21, 100):
        numbers = np.random.default_rng(n).normal(size=n) * 10.0 ** np.arange(n)[::-1] ** 0.5
        listed = ", ".join(repr(float(number)) for number in numbers)
        path = write_vensim(tmp_path / f"{n}.mdl", f"d: (e1-e{n})\n~~|\nc[d] = {listed}\n~~|\ny = SUM(c[d!])")
        expected = list(numbers)
        while len(expected) > 1:
            pairs = [a + b for a, b in zip(expected[::2], expected[1::2], strict=False)]
            expected = pairs + expected[2 * len(pairs) :]
        assert rcsd.load(path).run(outputs=["y"], backend="interpreted").of("y")[0, 0] == expected[0]
