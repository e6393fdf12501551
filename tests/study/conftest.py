"""A small study with a known answer: growth at a constant rate, and output that follows a price."""

from collections.abc import Callable
from pathlib import Path

import pytest

MODEL = """{UTF-8}
Population= INTEG (
	Growth,
		Initial Population)
	~	person
	~	People of the town.
	|

Growth=
	Population*Growth Rate
	~	person/Year
	~	Net growth.
	|

Growth Rate=
	0.01
	~	1/Year
	~	Net growth of the population.
	|

Initial Population=
	1
	~	person
	~	Population at the start.
	|

Price Table(
	[(2000,0)-(2020,10)],(2000,1),(2020,1))
	~	Dmnl
	~	Price of coal.
	|

Price Freeze Time=
	2100
	~	Year
	~	The price keeps its value of this time.
	|

Price=
	Price Table(MIN(Time,Price Freeze Time))
	~	Dmnl
	~	Price of coal as the town sees it.
	|

Output per Person=
	1
	~	yuan/(Year*person)
	~	At a price of 1.
	|

GDP=
	Population*Output per Person*Price
	~	yuan/Year
	~	Output of the town.
	|

Preference=
	(Time-2008)/Time Scale
	~	Dmnl
	~	Innovation preference.
	|

Time Scale=
	10
	~	Year
	~	Time scale of the preference.
	|

INITIAL TIME  = 2000
	~	Year
	~	The initial time for the simulation.
	|

FINAL TIME  = 2020
	~	Year
	~	The final time for the simulation.
	|

TIME STEP  = 1
	~	Year
	~	The time step for the simulation.
	|

SAVEPER  =
        TIME STEP
	~	Year
	~	The frequency with which output is stored.
	|
"""

STUDY = """[study]
name = "town"
title = "A town"
model = "town.mdl"
seed = 7

[windows]
fit = [2000, 2010]
holdout = [2011, 2013]
horizon = 2016

[search]
starts = 3
quick_starts = 1
max_evaluations = 40
quick_max_evaluations = 3
tolerance = 1e-12

[series.population]
variable = "Population"
error = 0.01
[series.population.flags]
census = 0.5
broken = 0

[series.gdp]
variable = "GDP"
error = 0.05
required = true

[drivers.price]
table = "Price Table"

[constants."Initial Population"]
from = "population"
at = 2000

[parameters."Growth Rate"]
lower = -0.1
upper = 0.2
unit = "1/Year"
source = "a guess"

[parameters."Output per Person"]
lower = 0.1
upper = 10
scale = "log"
unit = "yuan/(Year*person)"
source = "a guess"

[life_cycle]
preference = "Preference"
band = 0.1
"""

GROWTH, OUTPUT = 0.03, 2.0


def price(year: int) -> float:
    """Give a price that rises to 2010 and falls after it."""
    return 1 + 0.1 * (year - 2000) if year <= 2010 else 2 - 0.2 * (year - 2010)


def population(year: int) -> float:
    """Euler's method with a step of a year grows 100 by 3 % a year."""
    return 100 * (1 + GROWTH) ** (year - 2000)


def observed() -> list[str]:
    """Noise-free data of 2000-2013; 2005 is flagged, and the flag `broken` marks a cell that is nonsense."""
    rows = ["series,year,value,unit,flag"]
    for year in range(2000, 2014):
        flag = {2005: "census", 2007: "broken"}.get(year, "")
        people = population(year) * (3 if flag == "broken" else 1)
        rows.append(f"population,{year},{people!r},person,{flag}")
        rows.append(f"gdp,{year},{population(year) * OUTPUT * price(year)!r},yuan/Year,")
        rows.append(f"price,{year},{price(year)!r},Dmnl,")
    return rows


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Path]:
    """Write the town's study, with texts replaced in the study file or the data, and return its path."""

    def write(study: dict[str, str] | None = None, data: dict[str, str] | None = None, folder: str = "town") -> Path:
        return write_town(tmp_path / folder, study or {}, data or {})

    return write


def write_town(folder: Path, study: dict[str, str], data: dict[str, str]) -> Path:
    """Write the study's three files; every text to replace must occur."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"study.toml": (STUDY, study), "observed.csv": ("\n".join(observed()) + "\n", data)}
    for name, (text, changes) in texts.items():
        for old, new in changes.items():
            assert old in text, f"{old!r} does not occur in {name}"
            text = text.replace(old, new)  # noqa: PLW2901 - one text, changed step by step
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "town.mdl").write_text(MODEL, encoding="utf-8")
    return folder / "study.toml"


@pytest.fixture(scope="session")
def town_in() -> Callable[..., Path]:
    """Return `write_town`, for what a module makes once."""
    return write_town


@pytest.fixture(scope="session")
def thorough() -> dict[str, str]:
    """Texts that make a quick search as thorough as a full one; it still samples no posterior."""
    return {"quick_starts = 1": "quick_starts = 3", "quick_max_evaluations = 3": "quick_max_evaluations = 40"}
