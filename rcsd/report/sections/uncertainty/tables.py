"""The noise, what determines each parameter, and how the chains ran."""

import math
from collections.abc import Mapping

import numpy as np

from rcsd.analysis.calibration import COLLINEAR, GAPS, HARDLY, GapCourse
from rcsd.analysis.calibration.posterior.sampler.diagnostics import ESS, RHAT
from rcsd.analysis.calibration.profiles import Profile
from rcsd.bands import SHARES
from rcsd.report.sections.uncertainty.words import conflict_words, index_words, partners, reservation
from rcsd.report.series_facts import told
from rcsd.report.spoken import a_period, period, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, fixed, listing, measured, number, open_words, percent
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.parameters import PARAMETERS

_SUSPECT = 0.05
"""p of the test of Ljung and Box below which a cell is marked."""


def noise_table(result: StudyResult, known: Uncertainty) -> Table:
    """One row per series: its estimated noise, and the autocorrelation before and after."""
    targets = {target.name: target for target in result[BACKTEST].targets}
    gaps = all(noise.kind in GAPS for noise in known.noise)
    estimated = numbers("Scale", "Memory") if gaps else words("Errors", "Estimated")
    return Table(
        caption="Noise of the residuals",
        columns=(
            *words("Series"),
            *numbers("Cells", "Stated error"),
            *estimated,
            *numbers("Anchor", "Lag-one before", "After", "Ljung–Box p before"),
            *numbers("p after"),
        ),
        rows=tuple(
            (
                Cell(targets[noise.series].variable),
                *cells(str(noise.years.size), _stated(targets[noise.series])),
                *(_gap_noise(noise) if gaps else cells(noise.kind, _estimated(noise))),
                Cell("none" if math.isnan(noise.anchor) else f"{when(noise.anchor)}"),
                *_whiteness(noise),
            )
            for noise in known.noise
        ),
        note=f"{_gap_words(known)}{_other_words(known)}Before: of the "
        "residuals; after: of the "
        f"innovations. Marked: p below {_SUSPECT:g}, over two lags.",
    )


def _stated(target: TargetResult) -> str:
    return MISSING if target.stated is None else number(target.stated)


def _gap_noise(noise: SeriesNoise) -> tuple[Cell, ...]:
    return cells(fixed(noise.values["scale"], 2), fixed(noise.values["memory"], 2))


def _estimated(noise: SeriesNoise) -> str:
    return ", ".join(f"{name} {number(value, 3)}" for name, value in noise.values.items()) or MISSING


def _gap_words(known: Uncertainty) -> str:
    if not any(noise.kind in GAPS for noise in known.noise):
        return ""
    return (
        f"Scale: spread of {a_period()}'s innovation, a multiple of the stated error. Memory: what is left of a "
        f"residual after {a_period()}, its momentum apart. Anchor: the {period()} that the model meets by "
        "construction. "
    )


def _other_words(known: Uncertainty) -> str:
    if all(noise.kind in GAPS for noise in known.noise):
        return ""
    return (
        "Error: estimated standard error, of the logarithm where logarithms are compared, and the scale of Student's "
        "t. "
        "Dispersion d of counts: the variance of a count of mean m is m + d m². "
    )


def gap_table(result: StudyResult) -> Table:
    """One row per series that has one: what is assumed of the gap between model and data."""
    targets = [target for target in result[BACKTEST].targets if target.kind in GAPS]
    return Table(
        caption="How a gap between model and data goes on, assumed",
        columns=(
            *words("Series"),
            *numbers("Momentum", "Shift", "Error of observation", "Memory, median", "Memory, 95 %"),
            *numbers("Jumps beyond"),
            *words("Source"),
        ),
        rows=tuple(
            (
                *cells(target.variable, fixed(target.course.momentum, 2), fixed(target.course.shift, 2)),
                *cells(
                    fixed(target.course.observation, 2), fixed(target.course.memory, 2), _memory_span(target.course)
                ),
                Cell(_jump(target)),
                Cell(target.course_source or "assumed: where a study says nothing"),
            )
            for target in targets
        ),
        note="Shift and error of observation: standard deviations in units of that of one innovation. Memory: the "
        f"prior of what is left of a gap after {a_period()}. A jump is a shift of unknown size, without "
        f"momentum, in {a_period()} in which the observed series changes by more than that.",
    )


def _jump(target: TargetResult) -> str:
    """Write the change of a period beyond which a gap jumps."""
    if target.jump is None:
        return "never"
    return percent(100 * target.jump, 1) if target.kind == "relative" else f"{number(target.jump)} {target.unit}"


def _memory_span(course: GapCourse) -> str:
    """Write the interval that holds the memory with 95 % by its prior."""
    low, high = course.memory_range
    return f"{fixed(low, 3)} to {fixed(high, 3)}".replace(" ", NO_BREAK)


def _whiteness(noise: SeriesNoise) -> tuple[Cell, ...]:
    lags = cells(fixed(noise.before.lag_one, 2), fixed(noise.after.lag_one, 2))
    tests = (Cell(fixed(p, 3), "alert" if p < _SUSPECT else "") for p in (noise.before.p_value, noise.after.p_value))
    return (*lags, *tests)


def identifiability_table(result: StudyResult, known: Uncertainty, sampled: Sampled | None) -> Table:
    """One row per parameter: estimates, the data's interval, the posterior, and what determines it."""
    profiles = {profile.name: profile for profile in known.profiles}
    quantiles = _quantiles(sampled)
    rows = []
    for parameter in result[PARAMETERS].parameters:
        name = parameter.name
        profile = profiles[name]
        conflict = conflict_words(known, name)
        rows.append(
            (
                Cell(name),
                Cell(told(measured(parameter.estimate), "parameters", name, "estimate")),
                Cell(_interval(name, profile)),
                determined_by(known, name),
                Cell(conflict, "alert" if conflict else ""),
                Cell(told(measured(known.estimate[name]), "most_probable", name)),
                *cells(*quantiles.get(name, (MISSING,) * len(SHARES))),
                Cell(fixed(known.error_over_prior[name], 2)),
                Cell(open_words(profile.open).replace(" ", NO_BREAK), "alert" if profile.open else ""),
                Cell(prior_words(parameter)),
                Cell(parameter.unit),
            )
        )
    return Table(
        caption="What determines each parameter",
        columns=(
            *words("Parameter"),
            *numbers("Estimate", "Data alone, 95 %"),
            *words("Determined by", "Data"),
            *numbers("Most probable", "Posterior 5 %", "50 %", "95 %", "Sd over prior sd"),
            *words("Profile", "Prior", "Unit"),
        ),
        rows=tuple(rows),
        note=f"{reservation(sampled)}Estimate: least squares with the stated errors{_or_estimated(known)}. "
        "Most probable: under the estimated noise. Data alone: "
        "the interval of the profile, all priors left out; an open end is a bound of the search. Sd over prior sd: of "
        "the posterior at its peak. Determined by the data: the profile closes on both sides, and the sd is at most "
        f"{HARDLY:g} of the prior's; by the prior: it is open on both, or open on one and the sd above that. Against "
        "its prior: the most probable value lies outside the data's interval, on the side of its prior; drawn by "
        "others' priors: its own prior is not centred on that side.",
    )


def _interval(name: str, profile: Profile) -> str:
    """Write the interval of a profile, each end with its place."""
    ends = (
        told(number(end, 3), "parameters", name, "profile", i) for i, end in enumerate((profile.lower, profile.upper))
    )
    return f"{NO_BREAK}to{NO_BREAK}".join(ends)


def _or_estimated(known: Uncertainty) -> str:
    return "" if all(noise.kind in GAPS for noise in known.noise) else ", or the estimated ones of other kinds"


def determined_by(known: Uncertainty, name: str) -> Cell:
    """Say what determines a parameter, and which others it takes for the data to know it."""
    verdict, others = known.verdicts[name], partners(known, name)
    text = verdict.replace(" ", NO_BREAK) + (f", known only with {listing(others)}" if others else "")
    return Cell(text, "alert" if others or verdict in {"prior", "nothing"} else "")


def _quantiles(sampled: Sampled | None) -> dict[str, tuple[str, ...]]:
    """Quantiles of the draws by parameter; empty where there are none."""
    if sampled is None or sampled.posterior is None:
        return {}
    found = sampled.posterior.quantiles(SHARES)
    names = sampled.posterior.draws.names
    return {
        name: tuple(
            told(measured(float(each), 3), "parameters", name, "posterior", k) for k, each in enumerate(found[:, i])
        )
        for i, name in enumerate(names)
    }


def prior_words(parameter: ParameterResult) -> str:
    """Write a prior as it is stated."""
    if parameter.prior is None or parameter.family:
        return parameter.family or "flat"
    centre, deviation = parameter.prior
    return f"{number(centre)}, sd {number(deviation)}".replace(" ", NO_BREAK)


def collinear_table(known: Uncertainty) -> Table:
    """One row per set of parameters whose effects on the data nearly cancel."""
    return Table(
        caption="Sets of parameters that the data hardly tell apart",
        columns=(*words("Parameters"), *numbers("Collinearity index", "Sd left")),
        rows=tuple(
            (
                Cell(listing(each.names)),
                Cell(index_words(each.index)),
                Cell(fixed(each.left, 2), "alert" if each.undivided else ""),
            )
            for each in known.identifiability.collinear
        ),
        note="A change of one of a set is undone by the others but for 1/index of it; listed are pairs and triples "
        f"above {COLLINEAR:g} (Brun, Reichert and Künsch 2001), a triple only if no pair in it is listed. "
        "Sd left: what the data leave of the priors' standard deviation (without a prior, of a quarter of the search "
        f"interval) in the direction that they see least; above {HARDLY:g} they do not tell how a combination splits.",
    )


def variables(result: StudyResult) -> dict[str, str]:
    """Return what readers know each series by: the variable that is compared with it."""
    return {target.name: target.variable for target in result[BACKTEST].targets}


def diagnostics_table(sampled: Sampled, variables: Mapping[str, str] | None = None) -> Table:
    """One row per coordinate of the chains; `variables` are what readers know the series by."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    if sampled.posterior is not None:
        found = sampled.posterior.diagnostics
        rows = tuple(
            (
                Cell(_coordinate(name, variables or {})),
                _judged(float(found.rhat[i]), 3, good=found.sampler == "nested" or bool(found.rhat[i] <= RHAT)),
                _judged(float(found.ess[i]), 0, good=bool(found.ess[i] >= ESS)),
                _judged(float(found.ess_tail[i]), 0, good=bool(found.ess_tail[i] >= ESS)),
            )
            for i, name in enumerate(found.names)
        )
    return Table(
        caption="Diagnostics of the draws",
        columns=(*words("Coordinate"), *numbers("R-hat", "Effective draws, bulk", "Effective draws, tails")),
        rows=rows,
        note=f"Criteria: R-hat at most {RHAT:g}, and at least {ESS:g} effective draws of the bulk and of the tails "
        "(5 % and 95 %), rank-normalised (Vehtari et al. 2021). R-hat compares groups of chains, each with a "
        "warm-up of its own. Scales and memories are sampled with the parameters.",
        folded=True,
    )


def _coordinate(name: str, variables: Mapping[str, str]) -> str:
    """Name a coordinate; one of the noise of a series by its variable."""
    what, of, series = name.rpartition(" of ")
    return f"{what}{of}{variables[series]}" if series in variables else name


def _judged(value: float, digits: int, *, good: bool) -> Cell:
    text = f"{value:,.0f}" if digits == 0 and np.isfinite(value) else fixed(value, digits)
    return Cell(text, "" if good else "alert")
