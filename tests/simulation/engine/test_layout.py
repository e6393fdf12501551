"""What a kernel computes where: parts that do not change leave the time loop, powers of one base share a logarithm."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator
from rcsd.simulation.engine.plan.layout import laid_out
from rcsd.simulation.engine.plan.operations import Apply, Logarithm
from rcsd.simulation.engine.source import source_of
from rcsd.simulation.ir import Equation, System
from rcsd.simulation.ir.expression import Time
from tests.simulation.engine.systems import closed_forms, op
from tests.simulation.engine.test_kernel import assert_same_bits


def with_steps(**steps: object) -> System:
    """Return a system with equations of its own in the time loop, of constants r = 0.7 and x0 = 1.5."""
    system = closed_forms(0.25, "euler")
    own = tuple(Equation(name, expression) for name, expression in steps.items())  # type: ignore[arg-type]
    return replace(system, steps=(*system.steps, *own), outputs=(*system.outputs, *steps))


def functions(system: System, phase: str) -> list[str]:
    """Return the functions over whole blocks that a phase calls, in order."""
    parts = laid_out(system).phases[phase].parts
    named = [
        part.function if isinstance(part, Apply) else "log" for part in parts if isinstance(part, Apply | Logarithm)
    ]
    return sorted(named)


def test_what_hangs_on_constants_is_worked_out_before_the_loop() -> None:
    """A quotient, a difference and a power of constants leave it; what depends on a stock, time or literals stays."""
    power = op("r", "^", "x0")
    system = with_steps(
        a=op(op("r", "/", "x0"), "*", "x"), b=op(power, "-", Time()), c=op("x", "-", op(2.0, "-", "y0"))
    )
    assert functions(system, "statics") == ["power"]
    assert functions(system, "steps") == []
    before, loop = source_of(system, laid_out(system)).split("def steps_1")
    assert "= r / x0" in before
    assert "r / x0" not in loop.replace("(r / x0)", "")  # the comment has the equation as it was
    assert "x - (2.0 - 0.1)" in loop


def test_the_powers_of_a_base_share_its_logarithm() -> None:
    """Two of one base start from one logarithm, one of another base does all by itself."""
    system = with_steps(a=op("x", "^", "r"), b=op("x", "^", "x0"), c=op("y", "^", "r"))
    assert functions(system, "steps") == ["log", "power", "power_of_log", "power_of_log"]


@pytest.mark.slow
def test_neither_changes_a_number() -> None:
    """Arithmetic keeps its bits; powers stay within 4 ulp of the interpreter's."""
    ratio = op("r", "/", "x0")
    system = with_steps(
        a=op(op(ratio, "-", "r"), "*", "x"),
        b=op("x", "^", "r"),
        c=op("x", "^", "x0"),
        d=op(op("x", "*", ratio), "^", "r"),
    )
    inputs = {"r": np.linspace(-1, 1, 77), "x0": np.linspace(0, 9, 77)}
    found = CompiledSimulator(system, {}).run(inputs, outputs=system.outputs)
    expected = InterpretedSimulator(system, {}).run(inputs, outputs=system.outputs)
    assert_same_bits(found.of("a"), expected.of("a"))
    for name in "bcd":
        np.testing.assert_array_max_ulp(np.nan_to_num(found.of(name)), np.nan_to_num(expected.of(name)), 4)
