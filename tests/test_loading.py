"""From a path or a name to a model that runs."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError, ParameterError

TEACUP = Path(__file__).parent / "models" / "teacup.mdl"


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
