"""Random models go to the other format and back: the same numbers in every engine, and on the second trip the text."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import pytest

import rcsd
from rcsd.names import element_form
from rcsd.simulation.conversion.converting import model_text
from tests.simulation.conversion.trips import Values, largest_difference, run_in_simlin, trips
from tests.simulation.random_models.files import vensim_text, xmile_text
from tests.simulation.random_models.models import Maker, RandomModel

MODELS = 13
"""Of each sort: 52 in all."""
TOLERANCE = 1e-12
SORTS: dict[str, tuple[str, Callable[[list[RandomModel]], str]]] = {
    "plain": (".mdl", vensim_text),
    "mapped": (".mdl", vensim_text),
    "macros": (".mdl", vensim_text),
    "modules": (".xmile", partial(xmile_text, modules=True)),
}


def models_of(sort: str) -> list[RandomModel]:
    """Return some models of a sort: with arrays, tables, delays, nested choices, and what the sort is named after."""
    rng = Random(f"trip {sort}")
    mapped, macros = sort == "mapped", sort == "macros"
    return [
        Maker(rng, f"m{i}", mapped=mapped, macros=macros, remembering=sort != "macros").made() for i in range(MODELS)
    ]


def interpreted(path: Path) -> Values:
    """Run a file in the interpreter."""
    run = rcsd.load(path).run(backend="interpreted")
    assert np.isfinite(run.values).all()
    return {element_form(name): run.values[0, :, i] for i, name in enumerate(run.variables)}


@pytest.mark.slow
@pytest.mark.parametrize("sort", SORTS)
def test_trips_keep_the_numbers_and_the_second_keeps_the_text(tmp_path: Path, sort: str) -> None:
    """Four files of the same models: equal in rcsd (which `convert` insists on) and pysimlin; stable in their text."""
    suffix, write = SORTS[sort]
    models = models_of(sort)
    first = tmp_path / f"{sort}{suffix}"
    first.write_text(write(models), encoding="utf-8")
    files = trips(first, tmp_path)
    assert files[3].read_text(encoding="utf-8") == files[1].read_text(encoding="utf-8")
    if sort == "modules":  # pysimlin takes the dot in a quoted name for a module, which Vensim does not have
        return
    pytest.importorskip("simlin")
    wanted = interpreted(first)
    one, other = (run_in_simlin(path) for path in files[:2])
    assert _gap(one, other, len(wanted)) <= TOLERANCE
    # pysimlin reads a fixed delay as an exponential one
    held = {model.prefix for model in models if "DELAY FIXED" in vensim_text([model])}
    others = {name: values for name, values in wanted.items() if name.split()[0] not in held}
    assert len(held) < MODELS
    assert _gap(others, one, len(others)) <= TOLERANCE


def _gap(one: Values, other: Values, least: int) -> float:
    return largest_difference(one, other, least)[1]


@pytest.mark.slow
@pytest.mark.parametrize("sort", SORTS)
def test_pysd_runs_what_is_written_as_it_runs_the_first(tmp_path: Path, sort: str) -> None:
    """PySD gives the same numbers for a file and for both that are written of it; what it cannot run is few."""
    suffix, write = SORTS[sort]
    names = (f"m{suffix}", "m.xmile" if suffix == ".mdl" else "m.mdl")
    models = models_of(sort)
    ran = _ran_in_pysd(models, write, [tmp_path / name for name in names])
    assert ran >= MODELS * 0.7


def _ran_in_pysd(models: list[RandomModel], write: Callable[[list[RandomModel]], str], paths: list[Path]) -> int:
    """Run models in PySD from both formats, in halves where it cannot; return how many agreed."""
    first, second = paths
    first.write_text(write(models), encoding="utf-8")
    text, _ = model_text(rcsd.load(first), "xmile" if second.suffix == ".xmile" else "vensim")
    second.write_text(text, encoding="utf-8")
    runs = []
    for path in paths:
        run = rcsd.load(path).simulator("pysd").run()
        if run.messages[0]:
            break
        runs.append({element_form(name): run.values[0, :, i] for i, name in enumerate(run.variables)})
    if len(runs) == len(paths):
        assert _gap(runs[0], runs[1], len(runs[0])) <= TOLERANCE
        return len(models)
    if len(models) == 1:
        assert not runs, f"PySD runs the first file of {models[0].prefix} and not what is written of it:\n{text}"
        return 0
    half = len(models) // 2
    return sum(_ran_in_pysd(part, write, paths) for part in (models[:half], models[half:]))


def test_the_sorts_are_what_they_say() -> None:
    """Among the models are arrays, tables, delays, nested choices, macros and mappings."""
    texts = {sort: vensim_text(models_of(sort)) for sort in SORTS}
    every = "\n".join(texts.values())
    for what in ("DELAY3(", "SMOOTH", "IF THEN ELSE(IF THEN ELSE", "->", ":MACRO:", ":EXCEPT:", "SUM(", "table 0("):
        assert what in every or what.replace("(", " (") in every, what
    assert len(list(itertools.chain.from_iterable(models_of(sort) for sort in SORTS))) >= 50
