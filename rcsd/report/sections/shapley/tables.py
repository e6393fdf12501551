"""The table of Shapley effects, beside what the same parameters do over their whole ranges."""

from collections.abc import Sequence

from rcsd.analysis.sensitivity.ranking import ranking
from rcsd.report.fact import fact
from rcsd.report.sections.sobol.sizes import size_words, unit_of
from rcsd.report.spoken import period, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, listing
from rcsd.study.file.groups import CALIBRATED
from rcsd.study.findings.shapley import PosteriorShares
from rcsd.study.graph.result import StudyResult
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.steps.sobol import SOBOL

_SHOWN = 2
"""Parameters named for each output and time; the figure has them all."""

LEAST = 0.05
"""Smaller shares are not named."""


def shares_table(result: StudyResult, shares: PosteriorShares) -> Table:
    """One row per output and time: how uncertain it is, whose share of that is how large, and the same over ranges."""
    ranges = _over_ranges(result)
    return Table(
        caption="What the parameters leave uncertain, and whose share that is",
        columns=(
            *words("Output", capital(period())),
            *numbers("Uncertain by"),
            *words("Largest share", "Next"),
            *(() if ranges is None else (*numbers("Over the ranges"), *words("Most by"))),
        ),
        rows=tuple(_row(shares, i, k, ranges) for i in range(len(shares.outputs)) for k in range(len(shares.times))),
        note="Uncertain by: one standard deviation over the draws, in percent of the mean or in the output's unit. "
        f"Shares of its square from {100 * LEAST:g}{NO_BREAK}% on, with {100 * shares.confidence:g}{NO_BREAK}% "
        "intervals."
        + (
            " Over the ranges: the same standard deviation when every parameter varies over its whole range, "
            "independently of the others, and the parameter that then has the largest share."
            if ranges is not None
            else ""
        ),
    )


def _over_ranges(result: StudyResult) -> SobolStudy | None:
    """Return the analysis of the same parameters over their ranges, where there is one."""
    return next((each for each in result[SOBOL].analyses if each.group == CALIBRATED), None)


def _row(shares: PosteriorShares, output: int, time: int, ranges: SobolStudy | None) -> tuple[Cell, ...]:
    name = shares.outputs[output]
    written = [share_words(shares, output, time, j) for j in leading(shares, output, time)[:_SHOWN]]
    missing = [MISSING] * (_SHOWN - len(written))
    return (
        Cell(name),
        *cells(when(shares.times[time]), spread_words(shares, output, time), *written, *missing),
        *(() if ranges is None else cells(*_beside(ranges, name, float(shares.times[time])))),
    )


def leading(shares: PosteriorShares, output: int, time: int) -> list[int]:
    """Order the parameters whose share is worth a name, the largest first; none where there are no shares."""
    if shares.undetermined[time, output]:
        return []
    effects, conf = shares.effects[time, output], shares.conf[time, output]
    named = [j for j in range(len(effects)) if effects[j] >= LEAST and effects[j] > conf[j]]
    return sorted(named, key=lambda j: -float(effects[j]))


def spread_words(shares: PosteriorShares, output: int, time: int) -> str:
    """Write how uncertain an output is."""
    found = shares.sizes(output)
    place = ("shapley", shares.outputs[output], "spread", time)
    return size_words(float(found.spread[time]), unit_of(found, shares.units[output]), place)


def share_words(shares: PosteriorShares, output: int, time: int, parameter: int) -> str:
    """Write a parameter with its share and its interval."""
    name, place = shares.parameters[parameter], ("shapley", shares.outputs[output])
    effect, conf = (
        fact(f"{100 * float(values[time, output, parameter]):.0f}", *place, key, name, time, times=100)
        for key, values in (("effects", shares.effects), ("conf", shares.conf))
    )
    return f"{name} {effect}{NO_BREAK}±{NO_BREAK}{conf}{NO_BREAK}%"


def _beside(study: SobolStudy, output: str, time: float) -> Sequence[str]:
    if output not in study.result.outputs or not (study.result.times == time).any():
        return (MISSING, MISSING)
    index, at = study.result.output_index(output), study.result.time_index(time)
    found, order = study.result.sizes(index), ranking(study.result, output, time)
    unit = unit_of(found, study.result.units.get(output, ""))
    spread = size_words(float(found.spread[at]), unit, ("sobol", output, "spread", at))
    return spread, listing(order.leaders[:2]) if order.leaders else MISSING
