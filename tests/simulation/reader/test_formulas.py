"""Formulas of functions come from the other process, and are what this one would read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rcsd.simulation.functions import FUNCTIONS, Formula
from rcsd.simulation.ir.expression import Time
from rcsd.simulation.passes.lower import _CONTROLS
from rcsd.simulation.reader.formula import expression_of
from rcsd.simulation.reader.process import formulas
from rcsd.simulation.reader.process.formulas import known_formulas
from tests.places import ROOT


def test_every_formula_is_read_alike() -> None:
    """Here and there, text by text."""
    texts = [function.how.text for function in FUNCTIONS if isinstance(function.how, Formula)]
    known = known_formulas(_CONTROLS)
    assert len(texts) > 10 and set(known) == set(texts)
    assert {text: expression_of(text, controls=_CONTROLS) for text in texts} == dict(known)


def test_they_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next program finds them on disk; a program with functions of its own reads for itself."""
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path))
    formulas._known.cache_clear()
    first = known_formulas({"time": Time()})
    formulas._known.cache_clear()
    monkeypatch.setattr(formulas, "CHILD", None)
    assert known_formulas({"time": Time()}) == first
    monkeypatch.setattr(FUNCTIONS, "has_grown", True)
    assert known_formulas({"time": Time()}) == {}
    formulas._known.cache_clear()


@pytest.mark.process
def test_a_run_of_functions_with_formulas_imports_no_pysd(tmp_path: Path) -> None:
    """STEP, RAMP and PULSE TRAIN are written in terms of others."""
    path = tmp_path / "m.mdl"
    path.write_text(
        "{UTF-8}\ny = STEP(1, 2) + RAMP(1, 1, 3) + PULSE TRAIN(0, 1, 2, 4)~~|\nINITIAL TIME=0~~|\nFINAL TIME=5~~|\n"
        "TIME STEP=1~~|\nSAVEPER=1~~|\n",
        encoding="utf-8",
    )
    program = (
        "import sys; from rcsd.simulation.loading import load; load(sys.argv[1]).run(backend='interpreted');"
        "print('pysd' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip() == "False"
