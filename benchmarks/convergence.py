"""Whether posteriors meet their criteria within their budget: the four cities, the panel's hardest, the examples.

``python -m benchmarks.convergence [HARDEST]`` prints a Markdown table. Hard are the cities of the panel whose Laplace
approximation is worst: of a thousand draws of it, the fewest count (Kong's effective number of importance weights).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rcsd.analysis.calibration import Mode, find_mode, sample
from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.draws import approximation
from rcsd.study.file.reading import load_study
from rcsd.study.file.study import Study
from rcsd.study.panel.panel import load_panel

HARDEST, STARTS, DRAWS = 20, 8, 1000
ROOT = Path(__file__).parents[1]
CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")


def named() -> Iterator[Study]:
    """Read the four cities and the examples."""
    folders = [ROOT / "calibration" / name for name in CITIES]
    for folder in (*folders, *sorted(path.parent for path in (ROOT / "examples").glob("*/study.toml"))):
        yield load_study(folder)


def mode_of(study: Study) -> Mode:
    """Find the mode of the fit window, from starts over the bounds."""
    problem = study.problem(study.simulator())
    starts = problem.space.sample(STARTS, rng=np.random.default_rng([study.file.study.seed, 2]))
    return find_mode(problem, starts)


def share_that_counts(mode: Mode) -> float:
    """Effective share of draws of the Laplace approximation under their importance weights."""
    density, proposal = LogPosterior(mode.problem), approximation(mode)
    tried = proposal.draw(DRAWS, np.random.default_rng(1))
    logs = density(tried) - proposal.log_density(tried)
    weights = np.exp(logs - logs.max())
    return float(np.sum(weights) ** 2 / np.sum(weights**2) / DRAWS)


def hardest(n: int) -> Iterator[tuple[Study, Mode]]:
    """Yield the cities of the panel whose approximation is worst, with their modes."""
    panel = load_panel()
    studies = [panel.study(city) for city in panel.cities]
    modes = [mode_of(study) for study in studies]
    order = np.argsort([share_that_counts(mode) for mode in modes])
    for place in order[:n]:
        yield studies[place], modes[place]


def row(study: Study, mode: Mode) -> tuple[bool, str]:
    """Sample as the study does; whether all criteria are met, and a line of the table."""
    found = sample(mode, study.sampling, rng=np.random.default_rng([study.file.study.seed, 1]))
    told = found.diagnostics
    met = not told.faults
    words = "met" if met else "; ".join((*told.faults, *told.hindrances))
    numbers = f"{np.max(told.rhat):.3f} | {np.min(told.ess):.0f} | {np.min(told.ess_tail):.0f}"
    return met, f"| {study.file.study.name} | {len(told.names)} | {found.n_runs:,} | {numbers} | {words} |"


def main() -> None:
    """Print the table."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else HARDEST
    print("| study | coordinates | runs | R-hat | bulk | tail | criteria |\n|---|---|---|---|---|---|---|")
    met = []
    for studies in (((study, mode_of(study)) for study in named()), hardest(n)):
        for study, mode in studies:
            well, line = row(study, mode)
            met.append(well)
            print(line, flush=True)
    print(f"\n{sum(met)} of {len(met)} meet the criteria")


if __name__ == "__main__":
    main()
