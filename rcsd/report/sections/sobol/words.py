"""A sensitivity analysis in sentences: who leads, how that changes, and what the sample leaves open."""

import numpy as np

from rcsd.analysis.sensitivity import OutcomeIndices, ValueAt
from rcsd.analysis.sensitivity.ranking import Rank, Ranking, changes, opinions, outcome_ranks, ranking
from rcsd.report.spoken import at_times, dated_by, when
from rcsd.report.wording import capital, count, fixed, listing
from rcsd.study.sobol.distributions import WORDS as _DISTRIBUTIONS
from rcsd.study.sobol.result import SobolStudy

_NAMED = 3
"""More names than that are counted."""

_WIDE = 0.1
"""A half-width above that leaves much of an order open."""

_LARGE = 0.05
"""A change of an index below that is not worth a word."""

_ALONE = 0.9
"""First orders that add up to less leave something to interaction."""


def reading(study: SobolStudy) -> tuple[str, ...]:
    """Read an analysis out, a sentence or two for each point."""
    with dated_by(study.result.clock):
        return (what(study), *rankings(study), *doubts(study))


def rankings(study: SobolStudy) -> tuple[str, ...]:
    """Say who leads for each output at the end of the data and at the horizon, how that changes, and in outcomes."""
    told = told_as_outputs(study)
    sentences = [_output(study, output) for output in study.result.outputs]
    sentences += [_outcome(study, each) for each in study.result.outcomes if each.name not in told]
    return tuple(sentence for sentence in sentences if sentence)


def doubts(study: SobolStudy) -> tuple[str, ...]:
    """Say what a reader should hold against the ranking."""
    return tuple(filter(None, (_negative(study), *reservations(study))))


def reservations(study: SobolStudy) -> tuple[str, ...]:
    """Say the same without what is said of negative estimates."""
    told = told_as_outputs(study)
    notes = (capital(note) for note in study.result.notes() if not _is_told(note, told))
    return tuple(filter(None, (_second_opinion(study), _caution(study), *notes)))


def _is_told(note: str, told: frozenset[str]) -> bool:
    """Whether a note says of values of outputs what is said of the outputs themselves."""
    named = note.removeprefix("Not determined: ")
    return note.startswith(tuple(told)) or (named != note and told.issuperset(named.partition(". ")[0].split(", ")))


def told_as_outputs(study: SobolStudy) -> frozenset[str]:
    """Name the outcomes that are values of outputs at the chosen times, which are read out as the outputs' own."""
    result = study.result
    return frozenset(ValueAt(output, time, when(time)).name for output in result.outputs for time in study.chosen_times)


def what(study: SobolStudy) -> str:
    """Say what was varied, and how, and what the numbers of the reading are."""
    return (
        f"{study.title}, {study.group_title}: {varied(study)} Numbers are total-order indices, the shares of the "
        f"variance that a parameter takes part in, with their {100 * study.result.confidence:g} % intervals."
    )


def varied(study: SobolStudy) -> str:
    """Say what was varied, and how."""
    result = study.result
    estimated = ", estimated ones at their estimates" if study.held else ""
    return (
        f"{count(len(result.parameters), 'parameter')} varied {_DISTRIBUTIONS[study.distribution]}, independently of "
        f"one another, in {count(result.n_runs, 'run')} (N = {result.n_base}, seed {study.seed}); all other constants "
        f"are as the study sets them{estimated}."
    )


def _output(study: SobolStudy, output: str) -> str:
    ranks = [ranking(study.result, output, time) for time in study.chosen_times]
    why_not = {_without(each) for each in ranks}
    if len(why_not) == 1 and not any(each.ranks for each in ranks):
        return f"{output}: {why_not.pop()} {at_times(*(each.time for each in ranks))}."
    text = "; ".join(f"{at_times(each.time)} {_order(each.ranks) if each.ranks else _without(each)}" for each in ranks)
    moved = _moved(study, output) if all(each.ranks for each in ranks) else ""
    return f"{output}: {text}.{moved}{_together(ranks[-1])}"


def _without(each: Ranking) -> str:
    """Say why there is no order."""
    return "it is not determined" if each.undetermined else "it does not vary"


def _order(ranks: tuple[Rank, ...]) -> str:
    """Say who leads, and who follows."""
    tied = [rank for rank in ranks if rank.tied]
    if len(tied) == 1:
        after = [rank for rank in ranks[1:] if rank.shown]
        return f"{_number(ranks[0])} leads" + (f", before {_number(after[0])}" if after else ", and no other shows")
    named = [_number(rank) for rank in tied[:_NAMED]]
    if len(tied) > _NAMED:
        named.append(count(len(tied) - _NAMED, "other"))
    return f"{listing(named)} are the largest (their order is not statistically resolved)"


def _number(rank: Rank) -> str:
    return f"{rank.parameter} ({fixed(rank.total, 2)} ± {fixed(rank.conf, 2)})"


def _moved(study: SobolStudy, output: str) -> str:
    """Say whose influence grows or falls between the end of the data and the horizon, beyond both intervals."""
    if study.data_end == study.horizon:
        return ""
    moved = changes(study.result, output, study.data_end, study.horizon)
    large = [each for each in moved if abs(each.after - each.before) >= _LARGE]
    groups = []
    for verb, plural, gains in (("gains", "gain", True), ("loses", "lose", False)):
        names = [
            f"{each.parameter} ({fixed(each.before, 2)} to {fixed(each.after, 2)})"
            for each in large
            if (each.after > each.before) is gains
        ]
        if names:
            groups.append(f"{listing(names[:_NAMED])} {verb if len(names[:_NAMED]) == 1 else plural}")
    years = f"from {when(study.data_end)} to {when(study.horizon)}"
    return f" {capital(years)} {'; '.join(groups)}." if groups else f" No large change shows {years}."


def _together(last: Ranking) -> str:
    """Say how much is left to interaction at the last time."""
    if not last.ranks or last.sum_first >= _ALONE:
        return ""
    text = f" First orders add up to {fixed(last.sum_first, 2)} {at_times(last.time)}; what is missing to 1 is "
    text += "interaction, as far as this sample tells"
    if last.pairs:
        pair = last.pairs[0]
        text += f", the clearest between {listing(pair.parameters)} ({fixed(pair.second, 2)})"
    return f"{text}."


def _outcome(study: SobolStudy, outcome: OutcomeIndices) -> str:
    ranks = outcome_ranks(study.result.parameters, outcome.indices)
    return f"{capital(outcome.name)}: {_order(ranks)}." if ranks else ""


def _negative(study: SobolStudy) -> str:
    """Say why estimates can be negative, and how many are."""
    indices = study.result.indices.shown
    estimates = indices.first[np.isfinite(indices.first)]
    if estimates.size == 0:
        return ""
    below = int(np.sum(estimates < 0))
    sure = int(np.sum((indices.first + indices.first_conf)[np.isfinite(indices.first)] < 0))
    return (
        f"No share is below zero, but the estimate of a small one, a mean over a finite sample, can be: {below:,} of "
        f"{estimates.size:,} first-order estimates are, and are shown as they came out; the intervals of "
        f"{'all' if sure == 0 else f'all but {sure:,}'} of these reach up to zero or beyond. An index whose "
        "interval includes zero cannot be distinguished from no influence."
    )


def _second_opinion(study: SobolStudy) -> str:
    found = opinions(study.result)
    if not found:
        return ""
    other = [f"{each.output} {at_times(each.time)} ({each.first})" for each in found if not each.agrees]
    text = (
        "PAWN, which compares whole distributions and not variances, puts a parameter first that is among the leaders "
        f"here in {len(found) - len(other)} of {len(found)} cases"
    )
    return f"{text}; not so for {listing(other)}." if other else f"{text}."


def _caution(study: SobolStudy) -> str:
    ranks = [ranking(study.result, output, time) for output in study.result.outputs for time in study.chosen_times]
    varying = [each for each in ranks if each.ranks]
    if not varying:
        return ""
    worst = max(varying, key=lambda each: each.widest)
    if worst.widest <= _WIDE:
        return ""
    n = study.result.n_base
    return (
        f"The widest interval is ± {fixed(worst.widest, 2)} ({worst.output}, {when(worst.time)}): N = {n} resolves "
        f"large differences only. N = {4 * n} would about halve the intervals."
    )
