"""From a path or a name to a model that runs."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from tests.places import TEST_MODELS

TEACUP = TEST_MODELS / "teacup.mdl"


def test_a_model_is_loaded_and_run_in_two_lines() -> None:
    """Everything that a notebook needs is on the object."""
    model = rcsd.load(TEACUP)
    assert model.name == "teacup"
    assert model.units["Room Temperature"] == "degree"
    assert model.constants["Characteristic Time"] == 10
    assert "Newton" in model.documentation["Heat Loss to Room"]
    assert model.time.step == 0.125
    warm = model.run({"Room Temperature": [70, 180]}, outputs=["Teacup Temperature"], times=[0, 30])
    assert np.allclose(warm.of("Teacup Temperature")[1], 180)


def test_an_unknown_name_or_backend_is_answered_with_what_there_is() -> None:
    """A bare name means a model of the package."""
    with pytest.raises(ModelError, match=r"there is no model 'resource_cty'.*resource_city.*path of a file"):
        rcsd.load("resource_cty")
    with pytest.raises(ParameterError, match="use one of auto, compiled, interpreted, pysd"):
        rcsd.load(TEACUP).simulator("abacus")  # type: ignore[arg-type]


def test_a_missing_file_is_a_model_error(tmp_path: Path) -> None:
    """A path is a path, even when nothing is there."""
    with pytest.raises(ModelError, match="no such file"):
        rcsd.load(tmp_path / "none.mdl")


def test_what_the_compiler_cannot_take_runs_through_pysd_with_one_line(tmp_path: Path) -> None:
    """The line names the variable and the line; asking for the kernels lists every reason."""
    path = tmp_path / "clock.mdl"
    path.write_text(
        "{UTF-8}\ny = GET TIME VALUE(0, 7, 0) ~~|\nz = y + 1 ~~|\n"
        "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
    )
    model = rcsd.load(path)
    with pytest.warns(RcsdWarning, match=r"PySD runs this model.*clock\.mdl:2: variable 'y': calls GET TIME VALUE"):
        run = model.run()
    assert run.of("z")[0].tolist() == [8.0, 9.0, 10.0]
    with pytest.raises(
        ModelError, match=r"cannot take this model; run it with backend 'pysd':\n.*calls GET TIME VALUE"
    ):
        model.simulator("compiled")


def test_a_method_is_checked_and_pysd_knows_one() -> None:
    """Runge and Kutta's takes the place of the file's Euler, but not in PySD."""
    teacup = rcsd.load(TEACUP)
    euler, runge = (teacup.simulator("interpreted", method=m).run(times=[10.0]) for m in ("euler", "rk4"))
    exact = 70 + 110 * np.exp(-1)
    assert runge.of("Teacup Temperature").item() == pytest.approx(exact, abs=1e-6)
    assert abs(euler.of("Teacup Temperature").item() - exact) > 0.1
    with pytest.raises(ParameterError, match="method 'heun' is unknown; use one of euler, rk2, rk4"):
        teacup.simulator(method="heun")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="PySD integrates by Euler's method only"):
        teacup.simulator("pysd", method="rk4")


def test_the_order_of_a_delay_cannot_be_set(tmp_path: Path) -> None:
    """A kernel has as many stocks as the file says; the message tells why the constant is none to set."""
    path = tmp_path / "order.mdl"
    path.write_text(
        "{UTF-8}\ny = SMOOTH N(Time, 3, 0, n) ~~|\nn = 4 ~~|\n"
        "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
    )
    with pytest.raises(ParameterError, match="'n' is the order of a delay or smooth, which is part of the structure"):
        rcsd.load(path).simulator("interpreted").run({"n": 3.0})
