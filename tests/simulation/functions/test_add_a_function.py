"""The page "Add a function", followed word by word."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError
from rcsd.simulation.functions import Function, elementary
from rcsd.simulation.functions.__main__ import page
from tests.places import DOCS
from tests.simulation.engine.constructs import write_vensim, write_xmile

Add = Callable[..., None]
PAGE = (DOCS / "how-to" / "add-a-function.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """List the blocks of code of the page in one language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return found


def entry(name: str, code: str) -> Function:
    """Run a block of the page where a newcomer would paste it."""
    module = dict(vars(elementary))
    exec(code, module)
    return module[name]


@pytest.fixture
def log10(add: Add, tmp_path: Path) -> Path:
    """Write a model with the first example of the page."""
    add(entry("LOG10", blocks("python")[0]), "Elementary functions")
    return write_xmile(tmp_path / "model.xmile", blocks("xml")[0])


@pytest.fixture
def gamma_ln(add: Add, tmp_path: Path) -> Path:
    """Write a model with the second example of the page."""
    add(entry("GAMMA_LN", blocks("python")[1]), "Elementary functions")
    return write_vensim(tmp_path / "model.mdl", blocks("text")[0].strip())


def check(path: Path, closed_form: Callable[..., np.ndarray]) -> None:
    """Hold interpreter and kernels to a closed form of the stock, over runs that differ."""
    model = rcsd.load(path)
    assert model.ir.untaken == ()
    inputs = {"a": np.linspace(-3.0, 9.0, 11)}
    for backend in ("interpreted", "compiled"):
        runs = model.simulator(backend).run(inputs, outputs=["x", "y"])
        assert np.ptp(runs.of("x")) > 1
        np.testing.assert_allclose(runs.of("y"), closed_form(runs.of("x") + 30), rtol=1e-13, err_msg=backend)


def _stirling(x: np.ndarray) -> np.ndarray:
    """Logarithm of the gamma function: NIST Handbook (2010), eq. 5.11.1, the first five terms of the sum."""
    terms = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188)
    rest = sum(term / x ** (2 * k + 1) for k, term in enumerate(terms))
    return (x - 0.5) * np.log(x) - x + 0.5 * np.log(2 * np.pi) + rest


def test_a_formula_runs_in_all_engines(log10: Path) -> None:
    """Against NumPy's own decimal logarithm."""
    check(log10, np.log10)


def test_code_of_ones_own_runs_in_all_engines(gamma_ln: Path) -> None:
    """Against Stirling's series, whose rest is below 1e-15 where the argument is above 20."""
    check(gamma_ln, _stirling)


def test_a_changed_function_is_compiled_anew(gamma_ln: Path, add: Add) -> None:
    """Another function under another name, with the same model: the piece in the cache belongs to its code."""
    before = rcsd.load(gamma_ln).simulator("compiled").run(outputs=["y"]).of("y")
    code = blocks("python")[1].replace("math.lgamma(x)", "2.0 * math.lgamma(x)").replace("GAMMA LN", "GAMMA TWICE")
    add(entry("GAMMA_LN", code))
    gamma_ln.write_text(gamma_ln.read_text("utf-8").replace("GAMMA LN", "GAMMA TWICE"), "utf-8")
    after = rcsd.load(gamma_ln).simulator("compiled").run(outputs=["y"]).of("y")
    np.testing.assert_allclose(after, 2 * before, rtol=1e-15)


def test_pysd_refuses_in_one_line(gamma_ln: Path) -> None:
    """It has no such function, and would only warn that the model is going to crash."""
    with pytest.raises(ModelError) as caught:
        rcsd.load(gamma_ln).simulator("pysd")
    assert str(caught.value) == (
        f"{gamma_ln}:8: variable 'y': PySD has no function GAMMA LN; "
        "run the model with backend 'compiled' or 'interpreted'"
    )


def test_a_wrong_number_of_arguments_is_refused_as_the_page_says(gamma_ln: Path) -> None:
    """The message that the page shows, with the line of the model."""
    gamma_ln.write_text(gamma_ln.read_text("utf-8").replace("LN(x + 30)", "LN(x, 30)"), "utf-8")
    shown = blocks("text")[1].strip().removeprefix("model.mdl:12: ")
    with pytest.raises(ModelError) as caught:
        rcsd.load(gamma_ln)
    assert str(caught.value) == f"{gamma_ln}:8: {shown}"


def test_the_function_stands_on_the_page_of_functions(gamma_ln: Path) -> None:
    """With its meaning, its example, and that PySD lacks it."""
    (row,) = (line for line in page().splitlines() if "`GAMMA LN(x)`" in line)
    assert "`EXP(GAMMA LN(4))` is 6." in row
    assert "not in PySD" in row


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("LN(x) / LN(", "the formula of the function 'log10' cannot be read at '(', column 11"),
        ("LN(z) / LN(10)", "uses 'z', which is none of its arguments: x"),
        ("LNN(x) / LN(10)", "calls a function 'lnn', which there is not; did you mean 'LN'"),
        ("WHAT(x) / LN(10)", "calls a function 'what', which there is not; docs/functions.md lists them"),
        ("LN(x, 10)", "calls LN with 2 arguments; it takes 1: LN(x)"),
        ("LOG10(x)", "calls the function itself"),
        ("SMOOTH(x, 2)", "calls 'smooth', which remembers"),
        ("RANDOM UNIFORM(0, x)", "draws a random number"),
        ("t[x] / LN(10)", "holds '[' in column 2, which has no meaning here"),
    ],
)
def test_a_faulty_formula_is_told_to_its_author(formula: str, message: str, add: Add, tmp_path: Path) -> None:
    """With the name of the function, not with a traceback out of a parser."""
    add(entry("LOG10", blocks("python")[0].replace("LN(x) / LN(10)", formula)))
    model = rcsd.load(write_xmile(tmp_path / "model.xmile", blocks("xml")[0]))
    with pytest.raises(ModelError, match=re.escape(message)):
        model.simulator("interpreted")
