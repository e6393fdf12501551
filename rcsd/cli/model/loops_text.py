"""Feedback loops for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rcsd.analysis.loops import Dominance, FeedbackLoop, LoopAnalysis, Ruling, Span
from rcsd.analysis.loops.polarity import WORDS
from rcsd.cli.output import print_line, print_table

_SPANS = 2
_PERIODS = 12


def print_loops(found: LoopAnalysis, show: int) -> None:
    """Print the loops of one run, `show` rows of each kind at most, or all of them for 0."""
    print_line(_summary(found))
    for i, each in enumerate(found.partitions):
        if each.n_loops:
            print_line(_partition(found, i))
    if found.loops:
        independent = [loop for loop in found.loops if loop.is_independent]
        others = [loop for loop in found.loops if not loop.is_independent]
        _print_rows("Shortest independent loop set, by share", independent, show)
        _print_rows("Further loops, by share", others, show, of=found.n_scored - len(independent))
    if any(each.n_loops > 1 for each in found.families):
        rows = [(each.name, f"{each.n_loops:,}", *_family(each.share, each.net)) for each in found.families]
        print_table("With their families", ("Name", "Loops", "Share, %", "Net, %"), rows)
    for note in found.notes:
        print_line(f"Note: {note}.")


def _summary(found: LoopAnalysis) -> str:
    first, last = found.times[0], found.times[-1]
    if not found.loops:
        return f"{found.model}: no feedback loop{f' moves {found.of}' if found.of else ''}."
    about = f" through the stocks behind {found.of} ({', '.join(found.of_states)})" if found.of else ""
    many = f"{found.n_scored:,}" if found.is_complete else f"more than {found.limit:,}"
    return f"{found.model}, {first:g} to {last:g}: {many} feedback {'loop' if many == '1' else 'loops'}{about}"


def _partition(found: LoopAnalysis, i: int) -> str:
    each = found.partitions[i]
    own = ", ".join(each.states[:4]) + (f" and {len(each.states) - 4} more" if len(each.states) > 4 else "")  # noqa: PLR2004
    moving = np.isfinite(each.reinforcing)
    share = f"; reinforcing {100 * np.nanmean(each.reinforcing):.0f} % of scores" if moving.any() else "; at rest"
    return (
        f"  Partition {i + 1}: {len(each.variables)} variables, stocks {own or 'none'}; {_loops(each.n_loops)}, "
        f"{each.n_independent} of them independent{share}"
    )


def _loops(n: int) -> str:
    return "1 loop" if n == 1 else f"{n:,} loops"


def _print_rows(title: str, loops: Sequence[FeedbackLoop], show: int, *, of: int | None = None) -> None:
    if not loops:
        return
    ordered = sorted(loops, key=lambda loop: -loop.mean_share)
    chosen = ordered if not show else ordered[:show] + [loop for loop in ordered[show:] if loop.name]
    hidden = max(of or 0, len(loops)) - len(chosen)
    rows = [
        (
            loop.id,
            str(loop.partition + 1),
            WORDS[loop.polarity],
            f"{loop.name}: {loop.chain}" if loop.name else loop.chain,
            f"{100 * loop.mean_share:.1f}",
            f"{100 * loop.most:.0f}",
            when(loop.leads),
        )
        for loop in chosen
    ]
    more = f" ({hidden:,} more)" if hidden > 0 else ""
    headings = ("Loop", "Part", "Polarity", "Variables", "Share, %", "Most, %", "Rules")
    print_table(f"{title}{more}", headings, rows, n_words=4)


def when(spans: Iterable[Span]) -> str:
    """Say when something holds: the longest stretches, in order."""
    spans = tuple(spans)
    longest = sorted(spans, key=lambda span: span.start - span.stop)[:_SPANS]
    told = [
        f"{span.start:g}" if span.start == span.stop else f"{span.start:g}–{span.stop:g}"
        for span in sorted(longest, key=lambda span: span.start)
    ]
    return ", ".join(told) + (f" +{len(spans) - _SPANS}" if len(spans) > _SPANS else "")


def _family(share: np.ndarray, net: np.ndarray) -> tuple[str, str]:
    if not np.isfinite(share).any():
        return "–", "–"
    return f"{100 * np.nanmean(share):.1f}", f"{100 * np.nanmean(net):+.1f}"


def print_dominance(found: Dominance, n_drawn: int, show: int) -> None:
    """Print loop dominance over many runs."""
    failed = f", {found.n_failed} of them failed and left out" if found.n_failed else ""
    about = f" through the stocks behind {found.of} ({', '.join(found.of_states)})" if found.of else ""
    print_line(
        f"{found.model}: {found.n_runs:,} runs{failed}, {n_drawn} constants drawn over their documented ranges; "
        f"{found.n_scored:,} loops{about}"
    )
    if found.left_out > 0:
        print_line(f"  Loops that are negligible throughout are left out; they have {100 * found.left_out:.2g} %.")
    chosen = _some_periods(found)
    headings = ("Loop", "Sign", *(f"{found.starts[i]:g}" for i in chosen))
    if found.families:
        rows = [_row(each, chosen) for each in found.families]
        print_table("Share of the runs in which each loop with a name has the most of these, %", headings, rows)
    singles = found.loops[:show] if show else found.loops
    if singles:
        rows = [_row(each, chosen) for each in singles]
        print_table("Share of the runs in which each single loop has the most of all, %", headings, rows)
    rows = [("reinforcing together", "", *(_percent(found.reinforcing.rules[i]) for i in chosen))]
    print_table("Share of the runs in which reinforcing loops have more than half of all scores, %", headings, rows)
    for note in found.notes:
        print_line(f"Note: {note}.")


def _some_periods(found: Dominance) -> list[int]:
    n = found.starts.size
    return np.unique(np.linspace(0, n - 1, min(n, _PERIODS)).astype(int)).tolist()  # type: ignore[no-any-return]


def _row(each: Ruling, chosen: Sequence[int]) -> tuple[str, ...]:
    return (each.name, f"{each.sign:+.1f}", *(_percent(each.rules[i]) for i in chosen))


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{100 * share:.0f}"
