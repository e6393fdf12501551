"""The first screen of a data envelopment analysis."""

from __future__ import annotations

import shlex

from rcsd.papers.assets import ASSETS
from rcsd.papers.dea import words
from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.figures import ranking_figure, standing_figure
from rcsd.papers.dea.method.data import Roles
from rcsd.papers.dea.method.model import DeaModel, model_of
from rcsd.papers.dea.reading import Reading, last_rows
from rcsd.papers.dea.windows import Window, window
from rcsd.report.front import RESERVATIONS, Front, Verdict
from rcsd.report.wording import count, fixed, listing

_PROVED = 1e-6
"""Gap between the two forms up to which a score counts as proved."""
_MOST_VERDICTS = 6
"""Units up to which each has a verdict of its own; of more, the ends of the ranking are named."""


def dea_front(found: Assessment, reading: Reading) -> Front:
    """Return what a reader sees first: who makes most of what it uses, and what to hold against that."""
    several = len(found.data.distinct_periods) > 1
    against = (
        words.few(found, reading),
        words.beyond(reading),
        "Scores are relative: 1 is the best practice among these units, not the best there could be, and a unit is "
        "weighed by the prices that flatter it most.",
    )
    return Front(
        asked=words.asked(found),
        headline=words.standing(found, reading),
        verdicts=_verdicts(found, reading),
        notes=("Efficient: no other unit, or mix of units, makes more of as little. Its score is 1.",),
        drawings=(standing_figure(found) if several else ranking_figure(found),),
        failed=_failed(found),
        reservations=tuple(filter(None, against))[:RESERVATIONS],
        repeat=_repeat(found),
    )


def _verdicts(found: Assessment, reading: Reading) -> tuple[Verdict, ...]:
    rows = last_rows(found)
    moved = words.movement(found)
    general = [Verdict("Through time", moved)] if moved else []
    general.append(Verdict("Size", words.scale(reading)))
    if len(rows) > _MOST_VERDICTS:
        return tuple(general)
    return (*(Verdict(found.data.units[row], _unit(found, row)) for row in rows), *general)


def _unit(found: Assessment, row: int) -> str:
    """Say where one unit stands in the last period, and whose practice it is held against."""
    score = words.score_words(found, row).partition(" (")[0]
    if found.result.standing[row] == "efficient":
        return f"On the frontier, score {score}."
    peers = [found.data.labels[peer] for peer in found.result.peers[row] if peer != row]
    against = f", held against {listing(peers)}" if peers else ""
    size, work = found.scale.efficiency[row], found.scale.bcc[row]
    fault = "its size" if size < work else "how it works"
    return f"Score {score}{against}. Most is lost by {fault} (scale {fixed(size, 2)}, pure technical {fixed(work, 2)})."


def _failed(found: Assessment) -> tuple[str, ...]:
    infeasible = [found.data.labels[row] for row, each in enumerate(found.result.standing) if each == "infeasible"]
    parts = []
    if infeasible:
        parts.append(f"{count(len(infeasible), 'row')} beyond the reach of the others, without a score.")
    if found.result.gap > _PROVED:
        parts.append(f"Scores are not proved: envelopment and multiplier form differ by {found.result.gap:.0e}.")
    return tuple(parts) or ("Nothing that was checked: every score is proved by its dual prices.",)


def _repeat(found: Assessment) -> str:
    """Write the command; what is not said is as it is without options."""
    asked, own = found.window, _own(found.window)
    usual = Window("", asked.table, Roles((), ())) if own is None else own
    model = found.result.model
    bare = model_of(model.kind)
    options = {
        "unit": (asked.roles.unit, usual.roles.unit),
        "period": (asked.roles.period, usual.roles.period),
        "inputs": (",".join(asked.roles.inputs), ",".join(usual.roles.inputs)),
        "outputs": (",".join(asked.roles.outputs), ",".join(usual.roles.outputs)),
        "undesirable": (",".join(asked.roles.undesirable), ""),
        "group": (asked.group, usual.group),
        "model": (model.kind, DeaModel().kind),
        "orientation": (model.orientation, bare.orientation),
        "returns": (model.returns, bare.returns),
    }
    table = [asked.table.name] if own is None else ["--panel"] if asked.table.stem == "panel" else []
    said = [word for name, (value, as_usual) in options.items() if value and value != as_usual
            for word in (f"--{name}", value)]  # fmt: skip
    return shlex.join(["rcsd", "dea", *table, *said, *(["--super"] if model.super_efficiency else [])])


def _own(asked: Window) -> Window | None:
    """Return the window of rcsd's own that a table belongs to; None for a table of somebody else."""
    if ASSETS.calibration is None or not asked.table.is_relative_to(ASSETS.calibration):
        return None
    return window("panel" if asked.table.stem == "panel" else "four_cities")
