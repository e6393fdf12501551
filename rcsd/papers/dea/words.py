"""What an assessment found, in sentences."""

from __future__ import annotations

import numpy as np

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.method.model import DeaModel
from rcsd.papers.dea.reading import Reading, enough, last_rows
from rcsd.report.fact import fact
from rcsd.report.wording import count, fixed, listing, span

_KINDS = {
    "ccr": "radial, constant returns to scale (CCR; Charnes, Cooper and Rhodes 1978)",
    "bcc": "radial, variable returns to scale (BCC; Banker, Charnes and Cooper 1984)",
    "sbm": "slacks-based measure (SBM; Tone 2001)",
}
_FACING = {
    "input": "the same outputs with less input",
    "output": "more output from the same inputs",
    "none": "less input and more output at once",
}

_MOST_NAMED = 6
_LEAST_CHANGE = 0.0005
"""Smaller changes are not named."""


def model_words(model: DeaModel) -> str:
    """Say which model it is."""
    returns = f" with {model.returns} returns to scale" if model.kind == "sbm" else ""
    beyond = ", efficient rows against the others alone (Andersen and Petersen 1993)" if model.super_efficiency else ""
    return f"{_KINDS[model.kind]}{returns}{beyond}; asks for {_FACING[model.orientation]}"


def asked(found: Assessment) -> str:
    """Say which units are held against which, and by what."""
    data, window = found.data, found.window
    bad = data.undesirable_names
    also = f", with {listing([_small(window.label(n)) for n in bad])} as undesirable output" if bad else ""
    n_units, periods = len(set(data.units)), data.distinct_periods
    when = f" of {period_span(found)}" if periods else ""
    return (
        f"Which of {count(n_units, 'unit')}{when} make most of what they use, and what do the others miss? Inputs: "
        f"{listing([_small(window.label(n)) for n in data.input_names])}; outputs: "
        f"{listing([_small(window.label(n)) for n in data.output_names])}{also}. A linear programme for each "
        f"{'unit and period' if periods else 'unit'} finds the best practice of the others (data envelopment analysis)."
    )


def _small(label: str) -> str:
    """Begin a label with a small letter, unless it is an abbreviation.

    Examples
    --------
    >>> _small("Fiscal revenue"), _small("GDP")
    ('fiscal revenue', 'GDP')
    """
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def period_span(found: Assessment) -> str:
    """Write the periods from first to last."""
    first, last = found.data.distinct_periods[0], found.data.distinct_periods[-1]
    if isinstance(first, int) and isinstance(last, int):
        return span(first, last)
    return f"{first}" if first == last else f"{first} to {last}"


def standing(found: Assessment, reading: Reading) -> str:
    """Say who is on the frontier, and who is furthest from it."""
    rows = last_rows(found)
    when = f" of {reading.last}" if reading.last is not None else ""
    on = f"{reading.n_efficient} of {reading.n_rows} rows are efficient"
    ages = (
        "" if reading.last is None else f" ({reading.n_first} of {reading.first}, {reading.n_last} of {reading.last})"
    )
    return f"{on}{ages}. Scores{when} go from {score_words(found, rows[0])} down to {score_words(found, rows[-1])}."


def score_words(found: Assessment, row: int) -> str:
    """Write the score of a row with its unit."""
    return f"{fact(fixed(found.result.scores[row], 2), 'units', row, 'score')} ({found.data.units[row]})"


def scale(reading: Reading) -> str:
    """Say how many rows are too small, of the right size, and too large."""
    return f"Returns to scale of all rows: {listing([f'{n} {kind}' for kind, n in reading.returns.items()])}."


def movement(found: Assessment) -> str:
    """Say how productivity has moved; empty without periods."""
    change = found.malmquist
    if change is None:
        return ""
    factors = (("efficiency_change", "efficiency"), ("technical_change", "the frontier"))
    parts = listing([f"{name} by {_per_cent(change.mean(factor))}" for factor, name in factors])
    return (
        f"From one period to the next productivity moved by {_per_cent(change.mean())} (geometric mean of all units): "
        f"{parts}."
    )


def _per_cent(factor: float) -> str:
    return f"{100 * (factor - 1):+.1f}\N{NO-BREAK SPACE}%".replace("-", "\N{MINUS SIGN}")


def few(found: Assessment, reading: Reading) -> str:
    """Warn of a frontier of few units; empty where there are enough."""
    if not reading.few:
        return ""
    n = enough(len(found.data.input_names), len(found.data.output_names) + len(found.data.undesirable_names))
    where = "The smallest period has" if reading.last is not None else "There are"
    return (
        f"{where} {count(reading.smallest_frontier, 'unit')}, fewer than the {n} that so many columns take to tell "
        "units apart: a score of 1 against it says little, and so does a move of it."
    )


def beyond(reading: Reading) -> str:
    """Name the rows that the frontier depends on; empty where none stands out."""
    if not reading.beyond:
        return ""
    named = [f"{each.label} ({fixed(each.super_score, 2)})" for each in reading.beyond[:_MOST_NAMED]]
    more = len(reading.beyond) - _MOST_NAMED
    others = f" and {more} more" if more > 0 else ""
    return (
        "Beyond all others by more than a fifth, so that the frontier depends on their figures: "
        f"{', '.join(named)}{others}."
    )


def on_frontier(found: Assessment) -> str:
    """Name the units of the last period that are on the frontier."""
    rows = last_rows(found)
    there = [found.data.units[row] for row in rows if found.result.standing[row] == "efficient"]
    when = f" in {found.data.distinct_periods[-1]}" if found.data.periods else ""
    if not there:
        return f"No unit is on the frontier of all periods{when}."
    named = (
        listing(there)
        if len(there) <= _MOST_NAMED
        else f"{', '.join(there[:_MOST_NAMED])} and {len(there) - _MOST_NAMED} more"
    )
    return f"On the frontier{when}: {named}. The table says whose practice the others are held against."


def furthest(found: Assessment) -> str:
    """Say what the unit that is furthest from the frontier would have to change."""
    row, data, window = last_rows(found)[-1], found.data, found.window
    names = (*data.input_names, *data.output_names, *data.undesirable_names)
    actual = np.hstack([data.inputs, data.outputs, data.undesirable])[row]
    target = found.result.targets[row]
    changes = [
        f"{_small(window.label(name))} {_per_cent(float(after / before))}"
        for name, before, after in zip(names, actual, target, strict=True)
        if before > 0 and abs(after / before - 1) > _LEAST_CHANGE
    ]
    if not changes:
        return "No unit would have to change anything."
    return f"{data.units[row]}, the furthest from the frontier, would reach it with {listing(changes)}."


def stands_on(found: Assessment, reading: Reading) -> str:
    """Say how few rows the frontier stands on, and how far the scores are proved."""
    peer = reading.peers[0] if reading.peers else None
    most = f"; {peer.label} alone is held up to {count(peer.n_units, 'other')}" if peer is not None else ""
    return (
        f"The frontier stands on {count(reading.n_efficient, 'row')}{most}. Envelopment and multiplier form of every "
        f"programme agree to {max(found.result.gap, 1e-15):.0e}."
    )
