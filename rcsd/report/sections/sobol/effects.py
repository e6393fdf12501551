"""The table of a sensitivity analysis: how much each output varies, and which parameters have how much of that."""

from rcsd.analysis.sensitivity.ranking import Rank, ranking
from rcsd.report.fact import fact
from rcsd.report.sections.sobol.sizes import SMALL, size_words, unit_of
from rcsd.report.spoken import at_times, period, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, fixed, listing
from rcsd.study.file.groups import CALIBRATED
from rcsd.study.sobol.result import SobolStudy

_SHOWN = 2
"""Parameters named for each output and time."""

_LEAST_INTERACTION = 0.1
"""What first orders leave to 1 is told from there on."""


def effects_table(study: SobolStudy, *, explained: bool) -> Table:
    """One row per output and chosen time: its spread, the leading shares and the sizes they stand for."""
    result = study.result
    rows = [
        _row(study, index, time)
        for index in range(len(result.outputs))
        for time in study.chosen_times
        if not result.indices.constant[result.time_index(time), index]
    ]
    return Table(
        caption="How much the outputs vary, and which parameters have a part in it",
        columns=(
            *words("Output", capital(period())),
            *numbers("Varies by"),
            *words("Largest share"),
            *numbers("Its effect"),
            *words("Next"),
            *numbers("Its effect", "Together"),
        ),
        rows=tuple(rows),
        note=_note(study) if explained else "",
    )


def _note(study: SobolStudy) -> str:
    return (
        "Varies by: one standard deviation over the sample, in percent of the mean or in the output's unit. Share: of "
        "its square, alone or together with other parameters (total-order index), with the "
        f"{100 * study.result.confidence:g} % interval. Where two intervals overlap the order is not resolved; one "
        "that includes zero cannot be distinguished from no influence. Its effect: the standard deviation that would "
        "remain if all other parameters were known. Together: what no parameter explains alone."
    )


def small_effects(study: SobolStudy) -> str:
    """Name the outputs that hardly vary, so that nobody takes a share of little for much; empty without any."""
    found = []
    for index, output in enumerate(study.result.outputs):
        sizes = study.result.sizes(index)
        times = [time for time in study.chosen_times if ranking(study.result, output, time).ranks]
        spreads = [float(sizes.spread[study.result.time_index(time)]) for time in times]
        if spreads and sizes.in_percent and max(spreads) < SMALL:
            widest = study.result.time_index(times[spreads.index(max(spreads))])
            found.append(f"{output} ({size_words(max(spreads), '%', (*_place(study), output, 'spread', widest))})")
    if not found:
        return ""
    return f"Little to have a share of, whoever has it: {listing(found)}."


def together(study: SobolStudy) -> str:
    """Name for each output the pair whose interaction shows most clearly at the horizon; empty without any."""
    at, found = study.result.time_index(study.horizon), []
    for output in study.result.outputs:
        pairs = ranking(study.result, output, study.horizon).pairs
        if pairs:
            first, second = pairs[0].parameters
            value, conf = (
                fact(fixed(number, 2), *_place(study), output, key, first, second, at)
                for key, number in (("S2", pairs[0].second), ("S2_conf", pairs[0].conf))
            )
            found.append(f"{first} and {second} on {output} ({value} ± {conf})")
    moment = at_times(study.horizon)
    return f"Interactions that show most clearly {moment}: {'; '.join(found)}." if found else ""


def _row(study: SobolStudy, index: int, time: float) -> tuple[Cell, ...]:
    output, at = study.result.outputs[index], study.result.time_index(time)
    found, unit = study.result.sizes(index), study.result.units.get(study.result.outputs[index], "")
    order = ranking(study.result, output, time)
    place: tuple[str | int, ...] = (*_place(study), output)
    written: list[str] = []
    size_unit = unit_of(found, unit)
    for rank in [rank for k, rank in enumerate(order.ranks[:_SHOWN]) if k == 0 or rank.shown]:
        effect = float(found.effects[at, study.result.parameters.index(rank.parameter)])
        written += [_share(rank, place, at), size_words(effect, size_unit, (*place, "effect", rank.parameter, at))]
    missing = [MISSING] * (2 * _SHOWN - len(written))
    shared = min(1 - order.sum_first, 1.0)
    return (
        Cell(output),
        *cells(when(time), size_words(float(found.spread[at]), size_unit, (*place, "spread", at))),
        *cells(*written, *missing, fixed(shared, 2) if shared >= _LEAST_INTERACTION else MISSING),
    )


def _share(rank: Rank, place: tuple[str | int, ...], at: int) -> str:
    share = fact(fixed(rank.total, 2), *place, "ST", rank.parameter, at)
    conf = fact(fixed(rank.conf, 2), *place, "ST_conf", rank.parameter, at)
    return f"{rank.parameter} ({share}{NO_BREAK}±{NO_BREAK}{conf})"


def _place(study: SobolStudy) -> tuple[str, ...]:
    """Return where result.json has the indices of the group."""
    return ("sobol",) if study.group == CALIBRATED else ("sobol_groups", study.group)
