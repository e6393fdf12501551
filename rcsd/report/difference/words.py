"""What differs between two models, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcsd.analysis.difference.behaviour.difference import BehaviourDifference, Moved
from rcsd.analysis.difference.comparing import ModelDifference
from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange
from rcsd.report.wording import MISSING, NO_BREAK, number
from rcsd.simulation.ir import Variable

_LONGEST = 300
"""Letters of a text that are shown."""
HEADINGS = ("Variable", "Unit", "Base run", "At", "Draws, median", "Draws, 95 %", "In sd")
"""Of the table of what moved."""


def difference_text(difference: ModelDifference, *, top: int = 15) -> str:
    """Write all that differs, with the variables that moved most."""
    lines = structure_lines(difference.structure)
    if difference.behaviour is not None:
        lines += ["", *behaviour_lines(difference.behaviour)]
        lines += [
            f"  {name}: {base} of its range in the base run, {median} in the median draw"
            for name, _, base, _, median, *_ in moved_rows(difference.behaviour.moved[:top])
        ]
    elif difference.not_run:
        lines += ["", verdict(difference)]
    return "\n".join(lines)


def structure_lines(difference: StructureDifference) -> list[str]:
    """Write what the files say differently, one thing a line."""
    lines = [summary(difference)]
    lines += _block("Added", (f"  + {each.name}{_what(each)}" for each in difference.added))
    lines += _block("Removed", (f"  - {each.name}{_what(each)}" for each in difference.removed))
    lines += _block("Renamed", (f"  {each.old.name} -> {each.new.name}" for each in difference.renamed))
    lines += _block("Changed", (line for each in difference.changed for line in _changed(each)))
    lines += _block("Model", (line for each in difference.settings for line in _setting(each)))
    lines += _block(
        "Written otherwise, with the same meaning",
        (f"  {each.new.name}: {', '.join(respelt)}" for each in difference.changed if (respelt := _respelt(each))),
    )
    lines += _block("Equations that could not be compared", (f"  {name}" for name in difference.uncompared))
    return lines


def summary(difference: StructureDifference) -> str:
    """Say in one line how much differs."""
    counts = {
        "added": len(difference.added),
        "removed": len(difference.removed),
        "renamed": len(difference.renamed),
        "changed": sum(any(change.matters for change in each.changes) for each in difference.changed),
    }
    words = [f"{count} {word}" for word, count in counts.items() if count]
    settings = sum(each.matters for each in difference.settings)
    words += [f"{settings} of the model's settings changed"] if settings else []
    if not words:
        n = len(difference.counterparts)
        return f"The models say the same ({n} variables)." if not difference.uncompared else "No difference was found."
    return f"Variables: {', '.join(words)}."


def behaviour_lines(behaviour: BehaviourDifference) -> list[str]:
    """Say how the runs were made and what they tell, apart from the table of what moved."""
    if behaviour.same:
        moved = f"None of {behaviour.n_compared} variables differs beyond rounding"
    else:
        moved = f"{len(behaviour.moved)} of {behaviour.n_compared} variables differ beyond rounding"
    draws = ""
    if behaviour.n_draws:
        draws = f", nor over {behaviour.n_draws}" if behaviour.same else f" or over {behaviour.n_draws}"
        draws += f" draws of {len(behaviour.varied)} constants from the ranges that the model states"
    lines = [f"Runs: {moved}, in the base run{draws}."]
    if any(behaviour.failed):
        old, new = behaviour.failed
        lines.append(
            f"Draws that did not run to their end: {old} in the old model, {new} in the new; left out of both."
        )
    return [*lines, *behaviour.notes]


def moved_rows(moved: Sequence[Moved]) -> list[tuple[str, ...]]:
    """Write the cells of the table of what moved, under `HEADINGS`."""
    return [
        (
            each.name,
            each.unit,
            share(each.base),
            f"{each.at:g}",
            share(each.median),
            share(each.high),
            number(each.in_sd, 3),
        )
        for each in moved
    ]


def share(value: float) -> str:
    """Write a share of a range in per cent; what is infinite is a number in one model only."""
    if value != value:  # noqa: PLR0124 - NaN
        return MISSING
    return "no number" if value == float("inf") else f"{100 * value:.3g}{NO_BREAK}%"


def verdict(difference: ModelDifference) -> str:
    """Say in one sentence whether the models are the same."""
    if difference.same:
        return "Same." if difference.behaviour is None else "Same, in words and in runs."
    if difference.not_run:
        return f"The runs were not compared: {difference.not_run}"
    return "Different."


def shown(text: str) -> str:
    """Cut a text to what can be read on a line or two."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 3]}..."


def place(change: VariableChange) -> str:
    """Say where a variable stands in the new file."""
    return "" if change.new.line is None else f" (line {change.new.line})"


def _block(heading: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return ["", heading, *found] if found else []


def _what(variable: Variable) -> str:
    unit = f" [{variable.unit}]" if variable.unit else ""
    return f" = {shown(variable.equation)}{unit}" if variable.equation else unit


def _changed(change: VariableChange) -> Iterator[str]:
    shown_changes = [each for each in change.changes if each.matters]
    if not shown_changes:
        return
    yield f"  {change.new.name}{place(change)}"
    for each in shown_changes:
        yield from _sides(each, each.aspect)


def _setting(change: Change) -> Iterator[str]:
    heading = f"{change.aspect} {change.name}" if change.aspect in ("subscripts", "view") else change.name
    if not change.old and not change.new:
        yield f"    {heading}"
        yield from (f"      {shown(detail)}" for detail in change.details)
    elif change.matters or change.aspect == "view":
        yield from _sides(change, heading)


def _sides(change: Change, heading: str) -> Iterator[str]:
    """Write a short change on one line, a long one on two."""
    short = len(change.old) + len(change.new) < 80 and change.aspect not in ("equation", "documentation")  # noqa: PLR2004 - letters
    if short:
        yield f"    {heading}: {shown(change.old) or '(none)'} -> {shown(change.new) or '(none)'}"
    else:
        yield f"    {heading}"
        yield from (f"      {sign} {shown(text)}" for sign, text in (("-", change.old), ("+", change.new)) if text)
    yield from (f"      {shown(detail)}" for detail in change.details)


def _respelt(change: VariableChange) -> list[str]:
    return [each.aspect for each in change.changes if not each.matters]
