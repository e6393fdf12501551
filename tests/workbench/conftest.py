"""A study of the growing stock, made in memory, whose answer is known."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.workbench.study import Study
from tests.growth import write_growth_model

YEARS = np.arange(2000, 2014)
EXACT = 100 * 1.12 ** (YEARS - 2000.0)
RATE = 0.12


def make_growth(folder: Path, values: np.ndarray = EXACT, **more: object) -> Study:
    """Make the study of `tests.growth` with other values, without its file."""
    tables: dict[str, object] = {
        "constants": {"Initial Stock": {"from": "stock", "at": 2000}},
        "search": {"starts": 2, "quick_starts": 1},
        "fit": (2000, 2010),
        "holdout": (2011, 2013),
        "series": {"stock": {"variable": "Stock", "error": 0.01}},
        "parameters": {"Growth Rate": (0.01, 0.5)},
    }
    return Study(
        write_growth_model(folder),
        {"stock": (YEARS, values)},
        seed=1,
        **{**tables, **more},  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def growth(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the study of a stock that grows by 12 % a year, without noise."""
    return make_growth(tmp_path_factory.mktemp("growth"))


@pytest.fixture(scope="session")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the same with errors of one per cent, and a forecast of years that the model has."""
    folder = tmp_path_factory.mktemp("noisy")
    values = EXACT * np.exp(np.random.default_rng(0).normal(0, 0.01, YEARS.size))
    values[0] = 100.0
    made = make_growth(folder, values)
    model = folder / "growth.mdl"
    model.write_text(model.read_text("utf-8").replace("2013", "2020"), encoding="utf-8")
    return Study(
        model,
        {"stock": (YEARS, values)},
        **{name: made.made.table[name] for name in ("series", "parameters", "constants", "search", "windows")},
        horizon=2020,
        forecast={"draws": 200},
        seed=1,
    )
