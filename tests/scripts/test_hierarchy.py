"""The hierarchy of cities against closed forms, dense linear algebra, quadrature, and distributions that are known."""

from dataclasses import replace
from importlib import import_module
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from scipy.stats import binom, norm

from rcsd.analysis.calibration.noise import SCALE_SD
from rcsd.simulation.engine import interpreter
from rcsd.simulation.engine.plan.phases import phases_of
from rcsd.study.panel import load_panel
from tests.places import CALIBRATION

ORIGIN, LAST = 2008, 2011


@pytest.fixture
def modules(monkeypatch) -> tuple[ModuleType, ModuleType, ModuleType]:
    """Import the scripts as they import each other."""
    monkeypatch.syspath_prepend(CALIBRATION / "panel")
    return import_module("hierarchy"), import_module("linearised"), import_module("population")


@pytest.fixture(scope="module")
def jixi():
    """Return one city's study and simulator."""
    panel = load_panel(CALIBRATION / "panel" / "observed.csv")
    study = panel.study(next(city for city in panel.cities if city.city == "jixi"))
    return study, study.simulator()


@pytest.fixture
def seen(modules, jixi):
    """Return the city as seen from the origin."""
    return modules[1].SeenCity.of(*jixi, ORIGIN, LAST)


def test_the_gap_is_carried_on_as_its_closed_covariance_says(seen):
    """The gap is R v + shifts, v = P innovations: means and variances are those of conditional normal laws."""
    target = next(target for target in seen.targets if target.series.name == "real_gdp")
    line = next(line for line in seen.lines(np.zeros(seen.space.n)) if line.name == "real_gdp")
    assert np.all(target.weights[target.kept] == 1)
    years = np.arange(2001, LAST + 1)
    ages = np.subtract.outer(years, years)

    def decay(rate: float) -> np.ndarray:
        return np.where(ages >= 0, rate ** np.maximum(ages, 0), 0.0)

    course = target.course
    memory, changes = decay(course.memory), decay(course.momentum)
    whole = memory @ changes @ changes.T @ memory.T + course.shift**2 * memory @ memory.T
    old, new = np.isin(years, target.years), years > ORIGIN
    assert old.sum() == ORIGIN - 2000
    gain = whole[np.ix_(new, old)] @ np.linalg.inv(whole[np.ix_(old, old)])
    logs = next(rows for each, rows in zip(seen.targets, seen.logs(np.zeros((1, 10))), strict=True) if each is target)[
        0
    ]
    raw = (logs[1:][old] - np.log(target.observed)) / target.error
    np.testing.assert_allclose(line.ahead, logs[1:][new] - target.error * gain @ raw)
    np.testing.assert_allclose(line.spreads**2, np.diag(whole[np.ix_(new, new)] - gain @ whole[np.ix_(old, new)]))
    np.testing.assert_allclose(line.residuals @ line.residuals, raw @ np.linalg.solve(whole[np.ix_(old, old)], raw))


def test_lines_miss_the_model_by_the_square_of_the_distance(seen):
    """Half the way from where they were drawn, a quarter of the error: the slopes are the model's."""
    way = np.linspace(-1.0, 1.0, seen.space.n)
    missed = []
    for share in (0.5, 0.25):
        straight = np.concatenate([value + share * way @ slopes for value, slopes in seen.slopes(np.zeros(way.size))])
        missed.append(
            np.max(np.abs(np.concatenate([rows[0] for rows in seen.logs(share * way[np.newaxis])]) - straight))
        )
    assert missed[1] > 1e-6
    assert missed[0] / missed[1] == pytest.approx(4, abs=0.5)


def test_slopes_are_those_of_complex_steps(seen, monkeypatch):
    """The interpreter on complex numbers needs no difference; a tenth of the step is a hundredth as far from it."""
    monkeypatch.setattr(interpreter, "_Contents", lambda *_: SimpleNamespace(after=lambda _, entering: entering))
    system, parameters = seen.simulator._system, seen.space.parameters
    n = len(parameters)
    machine = interpreter._Machine(system, phases_of(system), {}, range(n), 0)
    machine.moment.values = machine.moment.values.astype(complex)
    for own, p in zip(np.eye(n), parameters, strict=True):
        machine.moment.values[machine._slots[p.name]] = p.prior.centre + 1e-30j * p.prior.sd * own
    per_year = round(1 / system.time.step)
    rows = machine.rows(target.variable for target in seen.targets)
    found = []
    with np.errstate(all="ignore"):
        machine.begin(per_year * (seen.years.size - 1), interpreter.NOT_BEGUN)
        for step in range(per_year * (seen.years.size - 1) + 1):
            machine.evaluate(step)
            machine.report()
            if step % per_year == 0:
                found.append(machine.moment.values[rows].copy())
            machine.advance()
    values = np.moveaxis(np.array(found), 0, -1)
    exact = values.imag / 1e-30 / values.real
    off = [
        [np.max(np.abs(s - e)) for e, (_, s) in zip(exact, seen.slopes(np.zeros(n), h), strict=True)] for h in (1, 0.1)
    ]
    np.testing.assert_allclose(off[1], 0.01 * np.array(off[0]), rtol=0.05)
    assert np.max(off[1]) < 2e-4 * np.max(np.abs(exact))


def test_a_point_beyond_the_bounds_is_linearised_at_them(seen):
    """However far beyond, the lines are those of one point, where the model runs."""
    near, far = (seen.lines(np.full(seen.space.n, distance)) for distance in (-300.0, -3000.0))
    for one, two in zip(near, far, strict=True):
        assert np.isfinite(one.ahead).all()
        np.testing.assert_array_equal(one.ahead_slopes, two.ahead_slopes)


def test_nothing_after_the_origin_is_seen(modules, jixi, seen):
    """Other later cells, and other later drivers, leave lines and courses as they are."""
    study, _ = jixi

    def spoilt(series):
        return replace(series, values=np.where(series.years > ORIGIN, 1.7 * series.values, series.values))

    other = replace(
        study,
        targets=tuple(replace(target, series=spoilt(target.series)) for target in study.targets),
        drivers=tuple(spoilt(driver) for driver in study.drivers),
        histories={name: spoilt(history) for name, history in study.histories.items()},
    )
    again = modules[1].SeenCity.of(other, other.simulator(), ORIGIN, LAST)
    at = np.zeros(seen.space.n)
    for one, two in zip(seen.lines(at), again.lines(at), strict=True):
        np.testing.assert_array_equal(one.ahead_slopes, two.ahead_slopes)
        np.testing.assert_array_equal(one.ahead, two.ahead)
        np.testing.assert_array_equal(one.residuals, two.residuals)
    for one, two in zip(seen.courses, again.courses, strict=True):
        np.testing.assert_array_equal(one, two)


def line_of(linearised: ModuleType, name: str, residuals: np.ndarray, slopes: np.ndarray):
    """Return a series of which only the past matters."""
    nothing = np.zeros(0)
    return linearised.Line(name, residuals, slopes, 1.0, nothing, nothing.reshape(0, slopes.shape[1]), nothing)


@pytest.fixture
def three(modules):
    """Return three small cities with two series and two parameters, and what the package gathers of them."""
    rng = np.random.default_rng(3)
    cities = [
        [line_of(modules[1], name, rng.normal(0.5, 1, n), rng.normal(size=(n, 2))) for name, n in (("a", 6), ("b", 4))]
        for _ in range(3)
    ]
    return cities, modules[2].Evidence.of(cities, ("a", "b"), order=9, spread_sd=1.0)


def dense(cities, mean: np.ndarray, spread: np.ndarray) -> float:
    """Log density of all data: normal with the covariance of both series, summed over a fine grid of ln k."""
    grid, width = np.linspace(-1.7, 2.4, 42, retstep=True)
    logs = np.array([(i, j) for i in grid for j in grid])
    prior = norm.pdf(logs, np.log(2) / 2, SCALE_SD).prod(axis=1) * width**2
    total = 0.0
    for a, b in cities:
        slopes, residuals = np.vstack([a.slopes, b.slopes]), np.concatenate([a.residuals, b.residuals])
        own = np.repeat(np.exp(2 * logs), [a.residuals.size, b.residuals.size], axis=1)
        covariance = (slopes * spread**2) @ slopes.T + own[:, np.newaxis] * np.eye(residuals.size)
        off = np.broadcast_to(residuals + slopes @ mean, own.shape)[..., np.newaxis]
        misfit = np.sum(off * np.linalg.solve(covariance, off), axis=(1, 2))
        total += np.log(np.sum(prior * np.exp(-0.5 * misfit - 0.5 * np.linalg.slogdet(covariance)[1])))
    return float(total)


def test_cities_are_integrated_out_as_dense_normal_densities(three):
    """Differences of the log posterior are those of densities written out in full, with the population's priors."""
    cities, evidence = three
    points = [np.zeros(4), np.array([0.8, -0.5, 0.4, -1.0])]
    ours = [evidence.log_posterior(point)[0] for point in points]
    theirs = [dense(cities, p[:2], np.exp(p[2:])) - 0.5 * p @ p for p in points]
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], abs=1e-4)


def test_the_gradient_is_that_of_differences(modules, three):
    """Fisher's identity holds at a point with nothing special about it."""
    cities, _ = three
    evidence = modules[2].Evidence.of(cities, ("a", "b"), spread_sd=0.7)
    point = np.array([0.8, -0.5, 0.4, -1.0])
    moves = 1e-5 * np.eye(4)
    slopes = [(evidence.log_posterior(point + m)[0] - evidence.log_posterior(point - m)[0]) / 2e-5 for m in moves]
    np.testing.assert_allclose(evidence.log_posterior(point)[1], slopes, rtol=1e-6)


def test_a_city_is_drawn_from_its_regression(modules):
    """With so many cells that k is known, z has the mean and covariance of a linear regression with a normal prior."""
    rng = np.random.default_rng(5)
    slopes = np.zeros((400, 2))
    slopes[:3] = rng.normal(size=(3, 2))
    residuals = rng.normal(size=400)
    evidence = modules[2].Evidence.of([[line_of(modules[1], "a", residuals, slopes)]], ("a",))
    mean, spread = np.array([1.0, -0.5]), np.array([0.7, 1.5])
    z, k = modules[2].draw_cities(evidence, np.tile([*mean, *np.log(spread)], (4000, 1)), rng)
    scale = np.median(k)
    covariance = np.linalg.inv(slopes.T @ slopes / scale**2 + np.diag(spread**-2))
    centre = covariance @ (mean / spread**2 - slopes.T @ residuals / scale**2)
    np.testing.assert_allclose(z[:, 0].mean(axis=0), centre, atol=5 * np.sqrt(np.diag(covariance).max() / 4000))
    np.testing.assert_allclose(np.cov(z[:, 0].T), covariance, atol=0.1 * np.diag(covariance).max())


@pytest.mark.slow
def test_intervals_of_the_population_hold_what_they_promise(modules):
    """Truths drawn from the priors lie inside 50 % and 90 % intervals as often as a binomial law allows."""
    _, linearised, population = modules
    n, ranks = 60, []
    for seed in range(n):
        rng = np.random.default_rng([7, seed])
        truth = rng.normal(size=2)
        cities = []
        for _ in range(30):
            z, slopes = truth[0] + np.exp(truth[1]) * rng.normal(), rng.normal(size=(8, 1))
            scale = np.sqrt(2) * np.exp(SCALE_SD * rng.normal())
            cities.append([line_of(linearised, "a", scale * rng.normal(size=8) - slopes[:, 0] * z, slopes)])
        evidence = population.Evidence.of(cities, ("a",), spread_sd=1.0)
        found = population.sample_population(evidence, 80, rng)
        ranks.append(np.sum(found.weights[:, np.newaxis] * (found.points < truth), axis=0))
    for level in (0.5, 0.9):
        inside = np.sum(np.abs(np.array(ranks) - 0.5) < level / 2, axis=0)
        low, high = binom.interval(0.999, n, level)
        assert np.all((low <= inside) & (inside <= high)), (level, inside)


def test_no_cell_across_a_jump_is_scored_and_a_sure_hit_costs_nothing(modules, seen):
    """A population that jumps by 4 % in 2010 is scored in 2009 alone; draws that all equal what came have no error."""
    hierarchy = modules[0]
    target = next(target for target in seen.study.targets if target.series.name == "population")
    years = target.series.years
    values = np.where(years >= 2010, 1.04, 1.0) * (100.0 + 0.1 * (years % 2))
    jumped = replace(target, series=replace(target.series, values=values), weights=np.ones(years.size))
    city = replace(seen, study=replace(seen.study, targets=(jumped,)))
    came = values[(years > ORIGIN) & (years <= LAST)]
    cells = list(hierarchy.scored("fixed", city, {"population": np.tile(came, (50, 1))}))
    assert [(cell.ahead, cell.mase, cell.inside) for cell in cells] == [(1, 0.0, True)]
    assert cells[0].crps == pytest.approx(0.0, abs=1e-12)
