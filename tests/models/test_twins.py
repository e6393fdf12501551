"""The XMILE file of every model is what `rcsd convert` makes of its Vensim file."""

from __future__ import annotations

from pathlib import Path

import pytest

import rcsd
from rcsd.simulation.conversion.converting import model_text

FOLDER = Path(__file__).parents[2] / "models"
MODELS = sorted(path.stem for path in FOLDER.glob("*/*.mdl"))


@pytest.mark.parametrize("name", MODELS)
def test_the_twin_is_made_by_the_command(name: str) -> None:
    """``rcsd convert models/X/X.mdl models/X/X.xmile`` renews it after every edit of the Vensim file."""
    vensim = FOLDER / name / f"{name}.mdl"
    text, notes = model_text(rcsd.load(vensim), "xmile")
    assert notes == ()
    assert text == vensim.with_suffix(".xmile").read_text("utf-8")


def test_every_model_has_a_twin() -> None:
    """There are five of them."""
    assert len(MODELS) == 5
    assert sorted(path.stem for path in FOLDER.glob("*/*.xmile")) == MODELS
