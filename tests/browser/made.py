"""Studies that a page must bear: twelve series, and names that break what does not escape them."""

import json
from dataclasses import dataclass
from pathlib import Path

MARKUP = "<script>window.hurt = 1</script>"
LONG = "Unbroken" + "VeryLongWord" * 14
HOSTILE_TITLE = f"A </script><script>window.hurt = 1</script> \"title\" of 'quotes' & {LONG}"
"""Closes an element of script, opens another, and is wider than a phone."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A stock that grows by a constant rate, and the series that observes it."""

    series: str
    stock: str
    rate: str
    unit: str
    true_rate: float
    documentation: str = "What grows."

    def equations(self) -> str:
        """Return the lines of the model."""
        return f"""{self.stock}= INTEG ({self.rate}*{self.stock}, 100)
	~	{self.unit}
	~	{self.documentation}	|
{self.rate}= 0.1
	~	1/Year
	~	Share added each year. {self.documentation}	|
"""

    def tables(self) -> str:
        """Return the tables of the study."""
        source = json.dumps(f"assumed: {self.documentation}")
        return f"""
[series.{self.series}]
variable = {json.dumps(self.stock)}
error = 0.02

[parameters.{json.dumps(self.rate)}]
lower = 0.01
upper = 0.5
start = 0.1
unit = "1/Year"
source = {source}
"""

    def rows(self, holdout: bool = True) -> list[str]:
        """Return the cells, which wobble about the curve of the true rate."""
        years = range(2000, 2014 if holdout else 2011)
        wobble = (0.01, -0.012, 0.004, 0.015, -0.006, -0.01, 0.008)
        value = {year: 100 * (1 + self.true_rate) ** (year - 2000) * (1 + wobble[year % 7]) for year in years}
        return [f"{self.series},{year},{value[year]!r},{self.unit}," for year in years]


CLOCK = """INITIAL TIME = 2000
	~	Year
	~		|
FINAL TIME = 2020
	~	Year
	~		|
TIME STEP = 1
	~	Year
	~		|
SAVEPER = TIME STEP
	~	Year
	~		|
"""


def write_study(folder: Path, name: str, title: str, grown: tuple[Grown, ...], *, holdout: bool = True) -> Path:
    """Write a study of several stocks, with its model and its data."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.mdl").write_text(
        "{UTF-8}\n" + "".join(each.equations() for each in grown) + CLOCK, encoding="utf-8"
    )
    rows = [row for each in grown for row in each.rows(holdout)]
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows, ""]), encoding="utf-8")
    held = "holdout = [2011, 2013]\n" if holdout else ""
    study = f"""
[study]
name = "{name}"
title = {json.dumps(title)}
documentation = {json.dumps(grown[0].documentation)}
model = "model.mdl"
data = "observed.csv"
seed = 1

[windows]
fit = [2000, 2010]
{held}horizon = 2016

[search]
starts = 2
quick_starts = 1
""" + "".join(each.tables() for each in grown)
    path = folder / "study.toml"
    path.write_text(study, encoding="utf-8")
    return path


def write_twelve(folder: Path) -> Path:
    """Write a study of twelve series, each with a rate of its own to estimate."""
    grown = tuple(
        Grown(f"series_{n:02}", f"Stock of Kind {n:02}", f"Growth Rate of Kind {n:02}", "thing", 0.02 * n)
        for n in range(1, 13)
    )
    return write_study(folder, "twelve", "Twelve series", grown)


def write_hostile(folder: Path) -> Path:
    """Write a study whose names and texts hold markup, quotes, separators of lines and words without an end."""
    text = f"{MARKUP} & </style> </textarea> <!-- \u2028 \u2029 {{{{ 7*7 }}}} ${{1}} `x` \\u003c"
    grown = (
        Grown("hurtful", '"Stock <b>of</b> \\"A & B\\" </script>"', f'"Rate {MARKUP}"', "thing", 0.12, text),
        Grown("long_name_" + "of_a_series_" * 9, LONG, f"Rate of {LONG}", "thing", 0.05, f"{LONG} {LONG}"),
    )
    return write_study(folder, "hostile", HOSTILE_TITLE, grown)


def write_plain(folder: Path) -> Path:
    """Write a study of one series that holds nothing out."""
    return write_study(
        folder, "plain", "One series", (Grown("stock", "Stock", "Growth Rate", "thing", 0.12),), holdout=False
    )
