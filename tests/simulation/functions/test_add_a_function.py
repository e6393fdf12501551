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
def log2(add: Add, tmp_path: Path) -> Path:
    """Write a model with the first example of the page."""
    add(entry("LOG2", blocks("python")[0]), "Elementary functions")
    return write_xmile(tmp_path / "model.xmile", blocks("xml")[0])


@pytest.fixture
def cube_root(add: Add, tmp_path: Path) -> Path:
    """Write a model with the second example of the page."""
    add(entry("CUBE_ROOT", blocks("python")[1]), "Elementary functions")
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


def test_a_formula_runs_in_all_engines(log2: Path) -> None:
    """Against NumPy's own binary logarithm."""
    check(log2, np.log2)


def test_code_of_ones_own_runs_in_all_engines(cube_root: Path) -> None:
    """Against the power of NumPy; the argument is above 20."""
    check(cube_root, lambda x: x ** (1 / 3))


def test_a_changed_function_is_compiled_anew(cube_root: Path, add: Add) -> None:
    """Another function under another name, with the same model: the piece in the cache belongs to its code."""
    before = rcsd.load(cube_root).simulator("compiled").run(outputs=["y"]).of("y")
    code = blocks("python")[1].replace("return math", "return 2.0 * math").replace("CUBE ROOT", "CUBE TWICE")
    add(entry("CUBE_ROOT", code))
    cube_root.write_text(cube_root.read_text("utf-8").replace("CUBE ROOT", "CUBE TWICE"), "utf-8")
    after = rcsd.load(cube_root).simulator("compiled").run(outputs=["y"]).of("y")
    np.testing.assert_allclose(after, 2 * before, rtol=1e-15)


def test_pysd_refuses_in_one_line(cube_root: Path) -> None:
    """It has no such function, and would only warn that the model is going to crash."""
    with pytest.raises(ModelError) as caught:
        rcsd.load(cube_root).simulator("pysd")
    assert str(caught.value) == (
        f"{cube_root}:8: variable 'y': PySD has no function CUBE ROOT; "
        "run the model with backend 'compiled' or 'interpreted'"
    )


def test_a_wrong_number_of_arguments_is_refused_as_the_page_says(cube_root: Path) -> None:
    """The message that the page shows, with the line of the model."""
    cube_root.write_text(cube_root.read_text("utf-8").replace("ROOT(x + 30)", "ROOT(x, 30)"), "utf-8")
    shown = blocks("text")[1].strip().removeprefix("model.mdl:12: ")
    with pytest.raises(ModelError) as caught:
        rcsd.load(cube_root)
    assert str(caught.value) == f"{cube_root}:8: {shown}"


def test_the_function_stands_on_the_page_of_functions(cube_root: Path) -> None:
    """With its meaning, its example, and that PySD lacks it."""
    (row,) = (line for line in page().splitlines() if "`CUBE ROOT(x)`" in line)
    assert "`CUBE ROOT(-27)` is -3." in row
    assert "not in PySD" in row


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("LN(x) / LN(", "the formula of the function 'log2' cannot be read at '(', column 11"),
        ("LN(z) / LN(2)", "uses 'z', which is none of its arguments: x"),
        ("LNN(x) / LN(2)", "calls a function 'lnn', which there is not; did you mean 'LN'"),
        ("WHAT(x) / LN(2)", "calls a function 'what', which there is not; docs/functions.md lists them"),
        ("LN(x, 10)", "calls LN with 2 arguments; it takes 1: LN(x)"),
        ("LOG2(x)", "calls the function itself"),
        ("SMOOTH(x, 2)", "calls 'smooth', which remembers"),
        ("RANDOM UNIFORM(0, x)", "draws a random number"),
        ("t[x] / LN(2)", "holds '[' in column 2, which has no meaning here"),
    ],
)
def test_a_faulty_formula_is_told_to_its_author(formula: str, message: str, add: Add, tmp_path: Path) -> None:
    """With the name of the function, not with a traceback out of a parser."""
    add(entry("LOG2", blocks("python")[0].replace("LN(x) / LN(2)", formula)))
    model = rcsd.load(write_xmile(tmp_path / "model.xmile", blocks("xml")[0]))
    with pytest.raises(ModelError, match=re.escape(message)):
        model.simulator("interpreted")
