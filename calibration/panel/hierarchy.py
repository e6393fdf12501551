"""Does one posterior over all cities forecast better than fixed priors? ``python calibration/panel/hierarchy.py [SD]``.

From every origin each city of the panel is linearised, the distribution of the cities' parameters is sampled jointly
with theirs, and forecasts with drivers forecast are scored beside those of the stated priors, all else equal. SD, by
default 0.5, is how far logarithms of spreads over cities may be from the stated ones.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import numpy as np
from linearised import STEP, Line, SeenCity
from numpy.typing import NDArray
from population import SPREAD_SD, Evidence, Population, draw_cities, find_mode, sample_population

from rcsd.analysis.forecasting.comparison import diebold_mariano
from rcsd.analysis.forecasting.scores import covered, crps_logs, scaled_error
from rcsd.bands import band, complete
from rcsd.simulator import DrivenSimulator
from rcsd.study.findings.rolling import TRUSTED, forecast_from
from rcsd.study.panel import load_panel

Array = NDArray[np.float64]

ORIGINS = range(2005, 2014)
NEAR, AHEAD, LAST_SCORED = 3, 6, 2019
JUMP = 0.03  # of the logarithm of registered population, across which no forecast is scored
N_POINTS, N_DRAWS = 400, 400
LARGE_BATCH = 500
MOVED = 1.0  # standard deviations of the prior, by which a mean is worth a line
CHECKED, CHECKED_AT = 8, 2008  # cities and origin of the comparison with the package's own forecasts
SEED = 16
NAMES = ("population", "real_gdp", "industry_scale")
PRIORS = ("fixed", "joint")


class Cell(NamedTuple):
    """One forecast and its scores."""

    priors: str
    series: str
    origin: int
    ahead: int
    mase: float
    crps: float
    inside: bool


class Drawn(NamedTuple):
    """One city's series as linearised, draws of its z (n_draws, n_parameters) and of its scales (n_draws, n_series)."""

    lines: tuple[Line, ...]
    z: Array
    k: Array


def main(spread_sd: float = SPREAD_SD) -> None:
    """Print the checks, what is learnt at each origin, and one table."""
    panel = load_panel()
    studies = [panel.study(city) for city in panel.cities]
    simulators = [cast(DrivenSimulator, study.simulator()) for study in studies]
    cells: list[Cell] = []
    for origin in ORIGINS:
        rng = np.random.default_rng([SEED, origin])
        seen = [SeenCity.of(*pair, origin, origin + AHEAD) for pair in zip(studies, simulators, strict=True)]
        if origin == CHECKED_AT:
            say_derivatives(seen)
        for priors in PRIORS:
            found = draw_all(seen, priors, spread_sd, rng)
            ahead = [forecasts(city, drawn, rng) for city, drawn in zip(seen, found, strict=True)]
            cells += [cell for city, each in zip(seen, ahead, strict=True) for cell in scored(priors, city, each)]
            if (priors, origin) == ("fixed", CHECKED_AT):
                say_agreement(seen, simulators, ahead)
    say_table(cells)


def draw_all(seen: Sequence[SeenCity], priors: str, spread_sd: float, rng: np.random.Generator) -> list[Drawn]:
    """Linearise all cities about the priors' centre and again about what follows from that, and draw."""
    n = seen[0].space.n
    lines = [city.lines(np.zeros(n)) for city in seen]
    fixed = np.zeros((N_DRAWS, 2 * n))
    evidence = Evidence.of(lines, NAMES, spread_sd=spread_sd)
    mode = find_mode(evidence) if priors == "joint" else fixed[0]
    middle = draw_cities(evidence, np.tile(mode, (N_DRAWS, 1)), rng)[0].mean(axis=0)
    lines = [city.lines(at) for city, at in zip(seen, middle, strict=True)]
    evidence, points = Evidence.of(lines, NAMES, spread_sd=spread_sd), fixed
    if priors == "joint":
        population = sample_population(evidence, N_POINTS, rng)
        points = population.points[np.sort(rng.choice(len(population.points), N_DRAWS, p=population.weights))]
        say_population(seen[0], lines, evidence, population)
    z, k = draw_cities(evidence, points, rng)
    if seen[0].origin == CHECKED_AT:
        say_bend(priors, seen, lines, z.mean(axis=0))
    return [Drawn(line, z[:, i], k[:, i]) for i, line in enumerate(lines)]


def forecasts(city: SeenCity, drawn: Drawn, rng: np.random.Generator) -> dict[str, Array]:
    """Draw what will be observed: by series, shape (n_draws, n_years)."""
    found = {}
    for line, courses in zip(drawn.lines, city.courses, strict=True):
        k = drawn.k[:, [NAMES.index(line.name)]]
        gap = line.error * k * line.spreads * rng.standard_normal((len(k), line.spreads.size))
        driven = courses[np.arange(len(k)) % len(courses)]
        found[line.name] = np.exp(line.ahead + drawn.z @ line.ahead_slopes.T + gap + driven)
    return found


def scored(priors: str, city: SeenCity, draws: dict[str, Array]) -> Iterator[Cell]:
    """Score a city's forecasts in trusted cells up to the last scored year, population not across a jump."""
    for target in city.study.targets:
        years, values = target.series.years, target.series.values
        if target.series.name not in draws:
            continue
        known = (years <= city.origin) & ((target.weights_at(city.origin) > 0) | np.isin(years, target.spent))
        change = float(np.mean(np.abs(np.diff(values[known]))))
        later = (years > city.origin) & (years <= min(city.last, LAST_SCORED)) & (target.weights >= TRUSTED)
        for i in np.flatnonzero(later):
            across = (years >= city.origin) & (years <= years[i])
            if target.series.name == "population" and np.any(np.abs(np.diff(np.log(values[across]))) > JUMP):
                continue
            ahead = round(years[i] - city.origin)
            drawn, came = draws[target.series.name][:, [ahead - 1]], values[[i]]
            error = scaled_error(band(drawn).median, came, [change])
            yield Cell(
                priors, target.series.name, city.origin, ahead,
                float(error[0]), float(crps_logs(drawn, came)[0]), bool(covered(drawn, came)[0]),
            )  # fmt: skip


def say_derivatives(seen: Sequence[SeenCity]) -> None:
    """Say how far slopes change when the step is halved, and what they cost."""
    at = np.zeros(seen[0].space.n)
    pairs = [pair for city in seen for pair in zip(city.slopes(at), city.slopes(at, STEP / 2), strict=True)]
    changes = [np.max(np.abs(whole - half)) / np.max(np.abs(half)) for (_, whole), (_, half) in pairs]
    print(f"slopes when the step is halved: changed by {max(changes):.0e} of the largest one at most")
    n = 2 * at.size + 1
    for batch in (1, LARGE_BATCH):
        one, all_of_them = (best_time(seen[0], rows * batch) for rows in (1, n))
        print(f"slopes at {batch} points: {n * batch} runs cost {all_of_them / one:.1f} times what {batch} cost")


def say_population(
    city: SeenCity, lines: Sequence[tuple[Line, ...]], evidence: Evidence, population: Population
) -> None:
    """Say what is learnt of the cities' distribution, and how well it is sampled."""
    n = city.space.n
    fixed, mode = np.zeros(2 * n), population.mode
    finer = Evidence.of(lines, NAMES, order=5, spread_sd=evidence.spread_sd)
    gains = [each.log_posterior(mode)[0] - each.log_posterior(fixed)[0] for each in (evidence, finer)]
    mean = population.weights @ population.points
    sd = np.sqrt(population.weights @ (population.points - mean) ** 2)
    print(f"{city.origin}: {population.effective:.0f} of {len(population.points)} draws are effective; ", end="")
    print("the mode's log density is ", end="")
    print(f"{gains[0]:.1f} above that of the fixed priors ({gains[1]:.1f} with finer quadrature); mean, spread:")
    for i in np.flatnonzero(np.abs(mean[:n]) > MOVED):
        moved = f"{mean[i]:+.1f} +- {sd[i]:.1f}, {np.exp(mean[n + i]):.2f} (within a factor {np.exp(sd[n + i]):.2f})"
        print(f"    {city.space.names[i]}: {moved}")


def say_bend(priors: str, seen: Sequence[SeenCity], lines: Sequence[tuple[Line, ...]], middle: Array) -> None:
    """Say how far the model departs from its lines at the cities' mean parameters, in per cent of real GDP."""
    bends = []
    for city, own, at in zip(seen, lines, middle, strict=True):
        for line, exact in zip(own, city.lines(at), strict=True):
            if line.name == "real_gdp":
                bends.append(exact.ahead - line.ahead + (exact.ahead_slopes - line.ahead_slopes) @ at)
    bend = 100 * np.max(np.abs(np.array(bends)[:, :NEAR]), axis=1)
    print(
        f"{priors} priors: lines miss the model by {np.median(bend):.2f} % of real GDP in the median of cities, ",
        end="",
    )
    print(f"by {bend.max():.2f} % at most, 1-{NEAR} years ahead")


def say_agreement(
    seen: Sequence[SeenCity], simulators: Sequence[DrivenSimulator], ahead: Sequence[dict[str, Array]]
) -> None:
    """Say how far linearised forecasts depart from the package's own, for some cities."""
    shifts: dict[str, list[float]] = {name: [] for name in NAMES}
    widths: dict[str, list[float]] = {name: [] for name in NAMES}
    for i in range(0, len(seen), -(-len(seen) // CHECKED)):
        city = seen[i]
        own = forecast_from(city.study, simulators[i], city.origin, city.last)
        for name, known in own.series.items():
            draws = known["forecast"][1]
            bands = [np.log(band(each).stacked()) for each in (draws[complete(draws)], ahead[i][name])]
            shifts[name] += (100 * np.abs(bands[1][1] - bands[0][1]))[:NEAR].tolist()
            widths[name] += ((bands[1][2] - bands[1][0]) / (bands[0][2] - bands[0][0]))[:NEAR].tolist()
    for name in NAMES:
        print(f"{name}: medians are {np.median(shifts[name]):.2f} % from the package's own in the median, ", end="")
        print(f"{max(shifts[name]):.2f} % at most; bands are {np.median(widths[name]):.2f} times as wide")


def say_table(cells: Sequence[Cell]) -> None:
    """Print scores by series and horizon."""
    print("series          ahead  cells  MASE fixed joint   CRPS fixed joint   inside 90 % fixed joint   p (CRPS)")
    for name in NAMES:
        for most in (NEAR, AHEAD):
            each = [[c for c in cells if (c.priors, c.series) == (p, name) and c.ahead <= most] for p in PRIORS]
            scores = [np.array([(c.mase, c.crps, c.inside) for c in group]) for group in each]
            (a, b), n = (score.mean(axis=0) for score in scores), len(each[0])
            test = diebold_mariano(scores[0][:, 1], scores[1][:, 1], [c.origin for c in each[0]], n_lags=most - 1)
            print(f"{name:15s}   1-{most}  {n:5d}       {a[0]:.3f} {b[0]:.3f}        {a[1]:.2f}  {b[1]:.2f}", end="")
            print(f"               {a[2]:.3f} {b[2]:.3f}      {test.p_value:.3f}")
    for origin in ORIGINS:
        own = [[c.mase for c in cells if c[:3] == (p, "real_gdp", origin) and c.ahead <= NEAR] for p in PRIORS]
        print(f"real_gdp from {origin}, 1-{NEAR} years: MASE {np.mean(own[0]):.3f} fixed, {np.mean(own[1]):.3f} joint")


def best_time(city: SeenCity, n_runs: int, repeats: int = 20) -> float:
    """Return the least processor time that a batch takes, in seconds: others may use the machine."""
    rows, found = np.zeros((n_runs, city.space.n)), []
    for _ in range(repeats):
        began = time.process_time()
        city.logs(rows)
        found.append(time.process_time() - began)
    return min(found)


if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:]))
