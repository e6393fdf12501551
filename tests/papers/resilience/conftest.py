"""A small indicator file whose index can be worked out by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

INDICATORS = """[assessment]
title = "Two towns"
years = [2001, 2003]
data = "observed.csv"

[forecast]
last = 2005
hold_years = 2

[cities]
east = "East"
west = "West"

[systems]
S1 = "Means"
S2 = "Hope"

[flags]
odd = "drop"

[indicators.I1]
name = "Income per person"
system = "S1"
formula = "income / people"
direction = "higher"
unit = "yuan/person"
source = "this test"
forecast = "model"

[indicators.I2]
name = "Debt per person"
system = "S1"
formula = "debt / people"
direction = "lower"
unit = "yuan/person"
source = "this test"

[indicators.I3]
name = "Growth"
system = "S2"
formula = "change(people)"
direction = "higher"
unit = "Dmnl"
source = "this test"
forecast = "trend"

[indicators.I4]
name = "Luck"
system = "S2"
direction = "higher"
source = "this test"
missing = "nobody counts it"
"""

# income, debt and people of 2000 to 2003
SERIES = {
    "east": {"income": (8, 10, 20, 30), "debt": (4, 4, 2, 2), "people": (1, 1, 1, 2)},
    "west": {"income": (5, 10, 10, 10), "debt": (1, 2, 4, 6), "people": (2, 2, 2, 2)},
}
UNITS = {"income": "yuan", "debt": "yuan", "people": "person"}


def rows() -> list[str]:
    """Return the data file, line by line."""
    return ["city,series,year,value,unit,flag"] + [
        f"{city},{name},{2000 + t},{value},{UNITS[name]},"
        for city, found in SERIES.items()
        for name, values in found.items()
        for t, value in enumerate(values)
    ]


@pytest.fixture
def towns(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes the file with some of its text replaced, and the rows of its data edited."""

    def write(*replaced: tuple[str, str], data: Callable[[list[str]], list[str]] | None = None) -> Path:
        text = INDICATORS
        for old, new in replaced:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "indicators.toml"
        path.write_text(text, encoding="utf-8")
        lines = rows() if data is None else data(rows())
        (tmp_path / "observed.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        return path

    return write
