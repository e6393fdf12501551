"""How often intervals hold the truth when series of unequal frequency stand beside each other.

``python benchmarks/unequal_frequencies.py [SETS]`` prints a Markdown table. A stock that grows to a limit is observed
each month, its flow as a sum over each quarter, a copy of it as a mean over each year. Each data set is the truth with
noise as forecasts draw it, period by period (momentum and innovations that are t; scale and memory drawn from their
priors). The posterior is drawn by its Laplace approximation, as rolling forecasts are. The last column is the 95 % band
of a share that is exactly nominal.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.special import expit, logit
from scipy.stats import binom

from rcsd.analysis.calibration import Target, find_mode, laplace_draws, starting_points
from rcsd.analysis.calibration.course import State, draw_course
from rcsd.analysis.calibration.noise import FREEDOM, SCALE_SD
from rcsd.study import load_study
from rcsd.study.file.study import Study

N_SETS, N_DRAWS, LEVEL = 200, 1000, 0.9
TRUE = {"Rate": 0.06, "Limit": 800.0}

MODEL = """{UTF-8}
Stock= INTEG (Flow, 100)
	~	widget
	~	A stock.
	|
Copy= Stock
	~	widget
	~	The same.
	|
Flow= Rate*Stock*(1-Stock/Limit)
	~	widget/Month
	~	Growth.
	|
Rate=
	0.05
	~	1/Month
	~	Growth rate.
	|
Limit=
	900
	~	widget
	~	Room.
	|
INITIAL TIME  = 0
	~	Month
	~	.
	|
FINAL TIME  = 72
	~	Month
	~	.
	|
TIME STEP  = 0.25
	~	Month
	~	.
	|
SAVEPER  = 1
	~	Month
	~	.
	|
"""

STUDY = """
[study]
name = "growth"
model = "growth.mdl"
seed = 1
[time]
period = "month"
origin = "2008-12"
[windows]
fit = [2009, 2013]
[series.stock]
variable = "Stock"
error = 0.02
[series.sold]
variable = "Flow"
error = 0.02
measure = "sum"
[series.level]
variable = "Copy"
error = 0.02
measure = "mean"
[parameters."Rate"]
lower = 0.01
upper = 0.2
unit = "1/Month"
source = "of the trial"
[parameters."Limit"]
lower = 300
upper = 3000
unit = "widget"
source = "of the trial"
"""


def exact() -> Study:
    """Return the study with the true model's own values as data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "growth.mdl").write_text(MODEL, "utf-8")
        (path / "study.toml").write_text(STUDY, "utf-8")
        years = range(2009, 2014)
        rows = [f"stock,{y}-{m:02d},1,widget," for y in years for m in range(1, 13)]
        rows += [f"sold,{y}-Q{q},1,widget," for y in years for q in range(1, 5)]
        rows += [f"level,{y},1,widget," for y in years]
        (path / "observed.csv").write_text("\n".join(["series,time,value,unit,flag", *rows, ""]), "utf-8")
        study = load_study(path)
        problem = study.problem(study.simulator())
        run = problem.simulator.run(TRUE, outputs=["Stock", "Flow", "Copy"], times=problem.times)
    targets = []
    for target in study.targets:
        values = run.of(target.variable)[0, np.searchsorted(run.times, target.series.years)]
        targets.append(replace(target, series=replace(target.series, values=values)))
    return replace(study, targets=tuple(targets))


def noisy(target: Target, rng: np.random.Generator) -> Target:
    """Return a target with noise on its values, as the study assumes it to be."""
    scale = np.exp(SCALE_SD * rng.standard_normal(1))
    memory = expit(logit(target.course.memory) + target.course.memory_sd * rng.standard_normal(1))
    begin, at = State.stationary(target.course, memory), float(target.years[0]) - 1
    gap = draw_course(begin, at, target.years, scale, memory, FREEDOM, course=target.course, rng=rng)[0]
    return replace(target, series=replace(target.series, values=target.series.values * np.exp(-target.error * gap)))


def main() -> None:
    """Print how many intervals hold the truth."""
    n_sets = int(sys.argv[1]) if len(sys.argv) > 1 else N_SETS
    study = exact()
    whole = study.problem(study.simulator())
    inside: dict[str, list[bool]] = {name: [] for name in TRUE}
    errors: dict[str, list[float]] = {name: [] for name in TRUE}
    for k in range(n_sets):
        rng = np.random.default_rng([1, k])
        problem = replace(whole, targets=tuple(noisy(target, rng) for target in whole.targets))
        mode = find_mode(problem, starting_points(problem.space, 8, rng=rng))
        draws, _ = laplace_draws(mode, N_DRAWS, rng)
        for name, true in TRUE.items():
            low, high = np.quantile(draws.inputs[name], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
            inside[name].append(bool(low <= true <= high))
            errors[name].append(mode.values[name] / true - 1)
    low, high = binom.interval(0.95, n_sets, LEVEL)
    print(f"| {n_sets} data sets | nominal | covers | band of a nominal share | mean error | its standard error |")
    print("|---|---|---|---|---|---|")
    for name in TRUE:
        error = np.array(errors[name])
        print(
            f"| {name} | {LEVEL:.0%} | {np.mean(inside[name]):.1%} | {low / n_sets:.0%} to {high / n_sets:.0%} "
            f"| {100 * error.mean():+.2f} % | {100 * error.std(ddof=1) / np.sqrt(n_sets):.2f} % |"
        )


if __name__ == "__main__":
    main()
