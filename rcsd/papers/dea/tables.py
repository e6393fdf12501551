"""The tables of a data envelopment analysis."""

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import members
from rcsd.papers.dea.method.malmquist import FACTORS, MalmquistResult
from rcsd.papers.dea.reading import Reading, last_rows
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import MISSING, capital, fixed, measured, plain

FACTOR_LABELS = {name: capital(plain(name)) for name in FACTORS}
_MOST_PEERS = 4
_WORDS = {"infeasible": "beyond the others' reach"}


def standing_table(found: Assessment) -> Table:
    """One row per unit of the last period: scores, scale, peers."""
    data, result, scale = found.data, found.result, found.scale
    last = f", {data.distinct_periods[-1]}" if data.periods else ""
    peers, own = result.peers, found.own_period
    rows = []
    for k in last_rows(found):
        named = [data.labels[i] for i in peers[k] if i != k]
        more = f" and {len(named) - _MOST_PEERS} more" if len(named) > _MOST_PEERS else ""
        rows.append(
            (
                *cells(data.units[k], *([found.groups[data.units[k]]] if found.groups else [])),
                Cell(fixed(result.scores[k]), "best" if result.standing[k] == "efficient" else ""),
                *cells(*([fixed(own.scores[k])] if own is not None else [])),
                *cells(_WORDS.get(result.standing[k], result.standing[k])),
                *cells(fixed(scale.bcc[k]), fixed(scale.efficiency[k]), scale.returns[k]),
                Cell(", ".join(named[:_MOST_PEERS]) + more or MISSING),
            )
        )
    return Table(
        caption=f"Where each unit stands{last}",
        columns=(
            *words("Unit", *(["Class"] if found.groups else [])),
            *numbers("Score", *(["Score in own period"] if own is not None else [])),
            *words("Standing"),
            Column("Pure technical efficiency", title="BCC score"),
            Column("Scale efficiency", title="CCR over BCC score"),
            *words("Returns to scale", "Held against"),
        ),
        rows=tuple(rows),
        note="Score: against one frontier of all rows. Held against: the rows whose mix the unit could do as well as, "
        "the one that gives most of it first.",
    )


def targets_table(found: Assessment) -> Table:
    """One row per unit of the last period that is not efficient: each column as it is, and on the frontier."""
    data, window = found.data, found.window
    names = (*data.input_names, *data.output_names, *data.undesirable_names)
    blocks = (data.inputs, data.outputs, data.undesirable)
    last = f", {data.distinct_periods[-1]}" if data.periods else ""
    rows = []
    for k in last_rows(found):
        if found.result.standing[k] in {"efficient", "infeasible"}:
            continue
        actual = [value for block in blocks for value in block[k].tolist()]
        pairs = zip(actual, found.result.targets[k].tolist(), strict=True)
        rows.append((Cell(data.units[k]), *cells(*(f"{measured(a, 3)} → {measured(b, 3)}" for a, b in pairs))))
    units = "; ".join(f"{window.label(name)} in {window.units[name]}" for name in names if name in window.units)
    return Table(
        caption=f"As it is, and on the frontier{last}",
        columns=(*words("Unit"), *numbers(*(window.label(name) for name in names))),
        rows=tuple(rows),
        note=f"{units}." if units else "",
    )


def peers_table(reading: Reading) -> Table:
    """One row for each row of the data that stands for many others."""
    return Table(
        caption="What the frontier depends on",
        columns=(
            *words("Row"),
            *numbers("Stands for"),
            Column("Super-efficiency", title="score against the others alone"),
        ),
        rows=tuple(cells(each.label, str(each.n_units), fixed(each.super_score)) for each in reading.peers),
        note="Stands for: rows that are held against it. Super-efficiency: its score against the frontier of the "
        "others alone; the further above 1, the more the frontier moves without it, and the more its figures want a "
        "second look.",
    )


def change_table(found: Assessment, change: MalmquistResult) -> Table:
    """One row per unit, or a group's median: factors from the first to the last period."""
    frames = {factor: change.cumulated(factor) for factor in FACTORS}
    rows = []
    for name, units in members(found).items():
        shown = [u for u in units if u in frames["productivity"].columns]
        values = [float(frames[factor][shown].iloc[-1].median()) for factor in FACTORS]
        rows.append(cells(name, *(fixed(value, 2) for value in values)))
    first, last = frames["productivity"].index[0], frames["productivity"].index[-1]
    medians = (
        " Medians of the groups: their products need not agree." if len(members(found)) < len(set(change.units)) else ""
    )
    return Table(
        caption=f"From {first} to {last}, multiplied up",
        columns=(*words("Unit"), *numbers(*FACTOR_LABELS.values())),
        rows=tuple(rows),
        note="Productivity = efficiency change × technical change; efficiency change = pure efficiency change × scale "
        f"change. Above 1 is better.{medians}",
    )


def means_table(change: MalmquistResult) -> Table:
    """One row per pair of periods: geometric means over the units."""
    return Table(
        caption="From period to period, geometric means of all units",
        columns=(*words("Periods"), *numbers(*FACTOR_LABELS.values())),
        rows=tuple(
            cells(f"{first}–{second}", *(fixed(change.mean(factor, first=first)) for factor in FACTORS))
            for first, second in dict.fromkeys(zip(change.first, change.second, strict=True))
        ),
    )
