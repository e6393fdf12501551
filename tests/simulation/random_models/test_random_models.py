"""Random models, many to a file, in both formats: interpreter, kernels and PySD give the same numbers.

A model that PySD cannot run is left out for PySD; none that it runs may differ.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

import rcsd
from tests.simulation.random_models.files import vensim_text, xmile_text
from tests.simulation.random_models.models import Maker, RandomModel

Values = dict[str, NDArray[np.float64]]
Writer = Callable[[list[RandomModel]], str]
Sort = Literal["plain", "mapped", "macros", "modules"]
SORTS: tuple[Sort, ...] = ("plain", "mapped", "macros", "modules")
MODELS_IN_A_FILE = 50
FILES = int(os.environ.get("RCSD_RANDOM_FILES", "1"))
"""Of each sort, 200 models in all; a scheduled workflow runs ten, which are 2,000."""

PYSD_TAKES = 0.8
"""Of the models of a file at least: it fails on some scalar results in equations of arrays, and on ordered mappings."""


def models_of(sort: Sort, seed: int) -> list[RandomModel]:
    """Return the models of a file."""
    rng = Random(f"{sort} {seed}")
    mapped, macros, remembering = sort == "mapped", sort == "macros", sort in ("mapped", "modules")
    return [
        Maker(rng, f"m{i}", mapped=mapped, macros=macros, remembering=remembering).made()
        for i in range(MODELS_IN_A_FILE)
    ]


PYSD_FAILS = "PySD cannot take the model"
"""What is said of a scalar result in an equation of an array, or of an array of Python numbers, refused by xarray."""


class NotRun(Exception):  # noqa: N818 - an outcome
    """A run that ended without numbers."""


def simulated(path: Path, backend: str) -> Values:
    """Run a file; values by the last part of each name, in small letters."""
    run = rcsd.load(path).simulator(backend).run()  # type: ignore[arg-type]
    if run.messages[0]:
        raise NotRun(run.messages[0])
    columns = enumerate(run.variables)
    return {name.rpartition(".")[2].lower().replace("_", " "): run.values[0, :, i] for i, name in columns}


def assert_equal(values: Values, wanted: Values, text: str) -> None:
    """Compare all that two runs have in common; what differs is shown with its equations."""
    common = sorted(values.keys() & wanted.keys())
    assert len(common) > len({name.split()[0] for name in common}) * 2
    wrong = [name for name in common if not np.allclose(values[name], wanted[name], rtol=1e-9, atol=1e-9)]
    model = wrong[0].split()[0] if wrong else ""
    assert not wrong, "\n".join(
        [f"{wrong} differ", *(line for line in text.split("\n") if f"{model} " in line.lower())]
    )


def agree_with_pysd(models: list[RandomModel], path: Path, write: Writer, wanted: Values) -> int:
    """Let PySD run models, in halves where one of them makes it fail, and return how many agreed."""
    path.write_text(write(models), encoding="utf-8")
    try:
        values = simulated(path, "pysd")
    except NotRun as failure:
        if len(models) == 1:
            assert PYSD_FAILS in str(failure), f"{failure}\n{write(models)}"
            return 0
        half = len(models) // 2
        return sum(agree_with_pysd(part, path, write, wanted) for part in (models[:half], models[half:]))
    assert_equal(values, wanted, write(models))
    return len(models)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FILES))
@pytest.mark.parametrize("sort", SORTS)
def test_all_engines_agree(tmp_path: Path, sort: Sort, seed: int) -> None:
    """Both formats, which are written apart, are held to the interpreted Vensim file."""
    models = models_of(sort, seed)
    vensim, xmile = tmp_path / "models.mdl", tmp_path / "models.xmile"
    vensim.write_text(vensim_text(models), encoding="utf-8")
    wanted = simulated(vensim, "interpreted")
    assert all(np.isfinite(column).all() for column in wanted.values())
    assert_equal(simulated(vensim, "compiled"), wanted, vensim_text(models))
    assert agree_with_pysd(models, vensim, vensim_text, wanted) >= MODELS_IN_A_FILE * PYSD_TAKES
    if sort == "mapped":  # XMILE has no mappings
        return
    write = partial(xmile_text, modules=sort == "modules")
    xmile.write_text(write(models), encoding="utf-8")
    assert_equal(simulated(xmile, "interpreted"), wanted, write(models))
    assert agree_with_pysd(models, xmile, write, wanted) >= MODELS_IN_A_FILE * PYSD_TAKES
