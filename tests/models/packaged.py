"""What the tests of the small models share: their files, their engines, their extremes and their loops."""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import rcsd
from rcsd.analysis.checks.declared.extremes import judged
from rcsd.analysis.checks.file.reading import read_checks
from rcsd.analysis.checks.subject import Subject
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from tests.places import MODELS

FORMATS = pytest.mark.parametrize("suffix", ["mdl", "xmile"])
SETTING = {
    "step": {"mdl": r"(?m)(?<=^TIME STEP  = )[\d.]+$", "xmile": r"(?<=<dt>)[\d.]+(?=</dt>)"},
    "end": {"mdl": r"(?m)(?<=^FINAL TIME  = )[\d.]+$", "xmile": r"(?<=<stop>)[\d.]+(?=</stop>)"},
}
FUNCTIONS = {"EXP": math.exp, "MIN": min}


class PackagedModel:
    """A model under models/, with what must hold of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = MODELS / name
        self.declared = read_checks(self.folder / "checks.toml")
        self.checks = tomllib.loads((self.folder / "checks.toml").read_text("utf-8"))
        self.readme = (self.folder / "README.md").read_text("utf-8")

    def file(self, suffix: str) -> Path:
        """Return the model file of a format."""
        return self.folder / f"{self.name}.{suffix}"

    def subject(self) -> Subject:
        """Return the model as the package's own checks look at it."""
        return Subject(rcsd.load(self.file("mdl")), self.declared)

    def with_settings(self, suffix: str, folder: Path, **settings: float) -> Path:
        """Write a copy of the model file with another `step` or `end`."""
        text = self.file(suffix).read_text("utf-8")
        for name, value in settings.items():
            text, n_found = re.subn(SETTING[name][suffix], str(value), text)
            assert n_found == 1, name
        path = folder / ("-".join(f"{name}_{value}" for name, value in settings.items()) + f".{suffix}")
        path.write_text(text, "utf-8")
        return path


def engine_values(engine: str, path: Path, names: Sequence[str], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what one engine makes of a model file, shape (n_times, n_names)."""
    if engine != "simlin":
        return rcsd.load(path).run(outputs=names, times=times, backend=engine).values[0]
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(path).run(analyze_loops=False).results
    columns = {canonical(column): frame[column] for column in frame}
    return np.column_stack([columns[canonical(name)].loc[times].to_numpy() for name in names])


def assert_eulers_order(distances: Sequence[float]) -> None:
    """Half the step, half the distance, to a tenth."""
    assert [fine / coarse for coarse, fine in pairwise(distances)] == pytest.approx(
        [0.5] * (len(distances) - 1), rel=0.1
    )


def assert_engines_agree(path: Path, base: Ensemble, *, pysd_until: float = math.inf) -> None:
    """PySD, compiled kernels and pysimlin, which share no code, give every variable of a run but for rounding."""
    assert set(rcsd.load(path).run().variables) == set(base.variables)
    for engine in ("compiled", "pysd", "simlin"):
        seen = base.times <= (pysd_until if engine == "pysd" else math.inf)
        found = engine_values(engine, path, base.variables, base.times[seen])
        for i, name in enumerate(base.variables):
            expected = base.of(name)[0, seen]
            np.testing.assert_allclose(found[:, i], expected, rtol=1e-12, atol=1e-14, err_msg=f"{engine}: {name}")


def assert_extreme(subject: Subject, place: int) -> None:
    """Make one case of the file of checks: bounds, what must not move, what must be nothing, and what settles hold."""
    case = subject.declared.content.extremes[place]
    assert list(judged(subject, [(case, ("extremes", str(place)))])) == []


def assert_polarity(model: Any, loop: Mapping[str, Any], values: Mapping[str, float]) -> None:
    """Each variable of a chain moves the next, and the signs multiply to R (+) or B (-)."""
    chain = loop["through"]
    signs = [np.sign(slope(model, cause, effect, values)) for cause, effect in pairwise([*chain, chain[0]])]
    assert np.prod(signs) == {"R": 1, "B": -1}[loop["polarity"]]


def slope(model: Any, cause: str, effect: str, values: Mapping[str, float]) -> float:
    """Change of a variable (of a stock: its net flow) per unit of one cause, the other causes held.

    Of a variable with subscripts it is that of one element per unit of one element, in a sum as outside it.
    """
    equation = re.sub(r"^INTEG \((.+), [^,]+\)$", r"\1", model.ir[effect].equation)
    equation = re.sub(r"\[[^\]]*\]", "", re.sub(r"\bSUM\b", "", equation)).replace("^", "**")
    names = re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True))))
    assert cause in names.findall(equation), f"{cause} -> {effect}"

    def at(shift: float) -> float:
        moved = {**values, cause: values[cause] + shift}
        return float(eval(names.sub(lambda found: f"({moved[found[0]]!r})", equation), dict(FUNCTIONS)))

    return (at(1e-6) - at(-1e-6)) / 2e-6
