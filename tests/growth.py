"""A model with a closed form, and a study of it whose answer is known."""

from pathlib import Path

GROWTH = """{UTF-8}
Growth= Growth Rate*Stock
	~	thing/Year
	~	What is added each year.	|
Growth Rate= 0.1
	~	1/Year
	~	Share added each year.	|
Stock= INTEG (Growth, Initial Stock)
	~	thing
	~	What grows.	|
Initial Stock= 100
	~	thing
	~	Where it begins.	|
INITIAL TIME = 2000
	~	Year
	~		|
FINAL TIME = 2013
	~	Year
	~		|
TIME STEP = 1
	~	Year
	~		|
SAVEPER = TIME STEP
	~	Year
	~		|
"""


def write_growth_model(folder: Path) -> Path:
    """Write a model in which a stock of 100 grows by a tenth a year: 100 x 1.1^n under Euler's rule."""
    path = folder / "growth.mdl"
    path.write_text(GROWTH, encoding="utf-8")
    return path


STUDY = """
[study]
name = "growth"
title = "Growth"
model = "growth.mdl"
data = "observed.csv"
seed = 1

[windows]
fit = [2000, 2010]
holdout = [2011, 2013]

[search]
starts = 2
quick_starts = 1

[series.stock]
variable = "Stock"
error = 0.01

[constants."Initial Stock"]
from = "stock"
at = 2000

[parameters."Growth Rate"]
lower = 0.01
upper = 0.5
start = 0.1
unit = "1/Year"
source = "assumed for this test"
"""


def write_growth_study(folder: Path) -> Path:
    """Write a study of the growth model whose data are 100 x 1.12^n, so that the rate to be found is 0.12."""
    write_growth_model(folder)
    rows = [f"stock,{2000 + n},{100 * 1.12**n!r},thing," for n in range(14)]
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows, ""]), encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(STUDY, encoding="utf-8")
    return path
