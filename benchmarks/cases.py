"""The models that the engines run, small, middling and large, and what varies from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rcsd

Inputs = Mapping[str, NDArray[np.float64]]
"""For each constant that varies, its value in every run."""

_MODELS = Path(__file__).resolve().parents[1] / "models"
_CITIES = ("Jixi", "Hegang", "Shuangyashan", "Qitaihe")
_COMMON = re.compile(
    "National|World|Growth Year|Growth Interval|Base Year|Price Time|Price Freeze|Wage Adjustment Time"
)
_CONTROL = ("INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER")


@dataclass(frozen=True, slots=True)
class Case:
    """A model with bounds of the constants that vary, and the variables that are saved."""

    title: str
    path: Path
    varied: Mapping[str, tuple[float, float]]
    outputs: tuple[str, ...]

    def inputs(self, n_runs: int) -> Inputs:
        """Draw the constants of some runs, the same for every engine."""
        rng = np.random.default_rng(0)
        return {name: rng.uniform(*bounds, n_runs) for name, bounds in self.varied.items()}

    def describe(self) -> str:
        """Say how large the model is."""
        model = rcsd.load(self.path)
        axis, n_variables = model.time, sum(1 for _ in model.ir)
        n_steps, n_times = round((axis.stop - axis.start) / axis.step), axis.saved_times().size
        return f"{self.title}: {n_variables} variables, {n_steps} steps, {len(self.outputs)} saved at {n_times} times"


def cases(folder: Path) -> Iterator[Case]:
    """Yield the models; one that is generated is written to the folder."""
    yield Case(
        "Co-evolution of innovation",
        _MODELS / "innovation_coevolution" / "innovation_coevolution.mdl",
        {"Transition Intensity": (0.1, 0.2), "Coordination Factor": (0.9, 1.3), "Preference Speed": (2.0, 3.0)},
        ("Innovation Preference", "Interconversion Factor"),
    )
    city = _MODELS / "resource_city" / "resource_city.mdl"
    varied = {"Investment Rate": (0.3, 0.4), "Wage Cost Elasticity": (0.3, 0.7), "Price Pass Through": (0.1, 0.4)}
    outputs = ("GDP", "Population", "Industry Scale", "Science and Education Expenditure")
    yield Case("City", city, varied, outputs)
    yield Case(
        "Four cities in one national economy",
        _four_cities(city, folder),
        {f"{town} {name}": bounds for town in _CITIES for name, bounds in varied.items()},
        tuple(f"{town} {name}" for town in _CITIES for name in outputs[:2]),
    )


def _four_cities(city: Path, folder: Path) -> Path:
    """Write the city model out once for each city; prices and national income are common to them."""
    text = city.read_text("utf-8").partition("\\\\\\---///")[0]
    names = [variable.name for variable in rcsd.load(city).ir]
    own = sorted((name for name in names if name not in _CONTROL and not _COMMON.search(name)), key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w.])(" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in own) + r")(?!\w)"
    )
    equations = [block for block in text.split("|") if "=" in block.partition("~")[0]]
    national, local = [], []
    for block in equations:
        name = re.split(r"=", block.strip().removeprefix("{UTF-8}").strip(), maxsplit=1)[0].strip()
        (local if name in own else national).append(block.strip().removeprefix("{UTF-8}").strip())
    written = [
        pattern.sub(rf"{town} \1", equation) + "~\n" + rest
        for town in _CITIES
        for equation, _, rest in (block.partition("~") for block in local)
    ]
    path = folder / "four_cities.mdl"
    path.write_text("{UTF-8}\n" + "\n|\n\n".join([*national, *written]) + "\n|\n", "utf-8")
    return path
