"""Models made of random equations, written as .mdl files: PySD, interpreter and kernels give the same numbers."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rcsd
from tests.simulation.engine.constructs import write_vensim

NAMES = ["x", "a", "inflow", "Time", "s", "u", "v"]
LEAVES = st.sampled_from(NAMES) | st.sampled_from([0.25, 0.5, 1.5, 2.0, 3.0, 7.0]).map(repr)


def _bigger(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Combine expressions that stay finite: every divisor is at least 1, every argument of a root or logarithm too."""
    pair = st.tuples(inside, inside)
    return st.one_of(
        st.tuples(st.sampled_from("+-*"), pair).map(lambda p: f"({p[1][0]} {p[0]} {p[1][1]})"),
        pair.map(lambda p: f"({p[0]} / (1 + ABS({p[1]})))"),
        inside.map(lambda e: f"SIN({e})"),
        inside.map(lambda e: f"LN(1 + ABS({e}))"),
        inside.map(lambda e: f"SQRT(ABS({e}))"),
        inside.map(lambda e: f"EXP(-ABS({e}))"),
        inside.map(lambda e: f"((1 + ABS({e}))^0.3)"),
        pair.map(lambda p: f"MIN({p[0]}, {p[1]})"),
        pair.map(lambda p: f"IF THEN ELSE({p[0]} > {p[1]}, {p[0]}, 1 - {p[1]})"),
        inside.map(lambda e: f"SMOOTH({e}, 2)"),
        inside.map(lambda e: f"DELAY3({e}, 3)"),
        inside.map(lambda e: f"STEP({e}, 4)"),
    )


EXPRESSIONS = st.recursive(LEAVES, _bigger, max_leaves=6)


def equations(rate: str, u: str, v: str) -> str:
    """Return a stock with a bounded rate and two auxiliaries, of which neither depends on itself."""
    return "\n~~|\n".join((f"s = INTEG(SIN({rate}), 1)", f"u = {_without(u, 'u|v')}", f"v = {_without(v, 'v')}"))


def _without(expression: str, names: str) -> str:
    """Put the constant in the place of names that would close an algebraic loop."""
    return re.sub(rf"\b(?:{names})\b", "a", expression)


def assert_agreement(folder: Path, parts: tuple[str, str, str], backends: tuple[str, ...]) -> None:
    """Run one model by several engines."""
    model = rcsd.load(write_vensim(folder / "model.mdl", equations(*parts)))
    runs = {backend: model.simulator(backend).run(outputs=["s", "u", "v"]) for backend in backends}
    first = runs[backends[0]]
    for backend in backends[1:]:
        np.testing.assert_allclose(
            runs[backend].values, first.values, rtol=1e-9, atol=1e-9, err_msg=f"{backend}: {equations(*parts)}"
        )


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.tuples(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS))
def test_the_interpreter_agrees_with_pysd_on_random_models(tmp_path: Path, parts: tuple[str, str, str]) -> None:
    """Whatever the equations are."""
    assert_agreement(tmp_path, parts, ("pysd", "interpreted"))


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.tuples(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS))
def test_the_kernels_agree_with_pysd_on_random_models(tmp_path: Path, parts: tuple[str, str, str]) -> None:
    """Whatever the equations are."""
    assert_agreement(tmp_path, parts, ("pysd", "interpreted", "compiled"))
