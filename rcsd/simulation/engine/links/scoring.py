"""Link scores: what share of a change each cause made (Loops That Matter).

A score is what a variable would have changed by had one cause alone moved and all others stayed as they were a step
before, over what it did change by; its sign is that of the link (Schoenberg, Davidsen and Eberlein 2020, System
Dynamics Review 36(2), eq. 1). A flow's score on its stock is the change of the flow over the change of the net flow
(Schoenberg, Hayward and Eberlein 2023, System Dynamics Review 39(2), eq. 3).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.evaluation import Evaluator, Moment, NumberAt
from rcsd.simulation.engine.links.network import Carried, Network, read_by
from rcsd.simulation.engine.links.trace import Trace
from rcsd.simulation.engine.tables import table_row

Link: TypeAlias = tuple[str, str]
"""A cause and what it moves."""
Scores = NDArray[np.float64]

NOISE = 8 * np.finfo(np.float64).eps
"""Share of a value below which a change is rounding, and none."""
_NUDGE = 1e-6


class LinkScorer:
    """Scores the links between some nodes of a network.

    Parameters
    ----------
    network : Network
        Of the system that was run.
    members : collection of str
        Nodes between which links are scored.

    Attributes
    ----------
    needed : tuple of str
        What a trace must hold.
    """

    def __init__(self, network: Network, members: Collection[str]) -> None:
        self._network = network
        self._carried = [each for name, each in network.carried.items() if name in members]
        feeds = {each.feed for each in self._carried}
        inside = {*members, *feeds}
        self._sources = {
            name: own
            for name in network.expressions
            if name in inside and (own := tuple(each for each in network.sources[name] if each in inside))
        }
        self._reads = {name: read_by(network.expressions[name], network.system) for name in self._sources}
        self._tables = {name: table_row(points) for name, points in network.system.tables.items()}
        read = {each for names in self._reads.values() for each in names}
        needed = dict.fromkeys([*members, *sorted(feeds), *sorted(read)])
        self.needed = tuple(needed)

    def scores(self, trace: Trace) -> dict[Link, Scores]:
        """Score every link.

        All are scored on changes since the step before; the change of a stock is that of its net flow, which adds up
        to it in the step that follows.

        Parameters
        ----------
        trace : Trace
            With what is `needed`.

        Returns
        -------
        mapping of (str, str) to NDArray, shape (step, run)
            Zero where nothing changes, at the initial time, and where a value is no finite number.
        """
        found: dict[Link, Scores] = {}
        with np.errstate(all="ignore"):
            for node in self._sources:
                found |= {(source, node): score for source, score in self._instant(node, trace).items()}
            for each in self._carried:
                found[each.feed, each.name] = self._passed_on(each, trace)
        return found

    def signs(self, trace: Trace, links: Collection[Link] | None = None) -> dict[Link, Scores]:
        """Measure the sign of links by moving the cause a little, whether it moved itself or not.

        Parameters
        ----------
        trace : Trace
            With what is `needed`.
        links : collection of (str, str), optional
            All of them when None.

        Returns
        -------
        mapping of (str, str) to NDArray, shape (step, run)
            1, -1, or 0 where a small move does nothing or the result is no number.
        """
        found: dict[Link, Scores] = {}
        with np.errstate(all="ignore"):
            for node, every in self._sources.items():
                sources = tuple(each for each in every if links is None or (each, node) in links)
                found |= {(source, node): sign for source, sign in self._nudged(node, sources, trace).items()}
        for each in self._carried:
            if links is None or (each.feed, each.name) in links:
                found[each.feed, each.name] = np.ones((trace.times.size, trace.n_runs))
        return found

    def _instant(self, node: str, trace: Trace) -> dict[str, Scores]:
        """Score the causes of what is worked out within a step."""
        names, values = self._reads[node], trace.values
        shape = (trace.times.size - 1, trace.n_runs)
        number = self._number(node, names, shape[0] * shape[1])
        now = [values[name][1:].reshape(-1) for name in names]
        before = [values[name][:-1].reshape(-1) for name in names]
        moment = self._moment(list(before), np.repeat(trace.times[:-1], shape[1]))
        held = number(moment)
        change = values[node][1:].reshape(-1) - values[node][:-1].reshape(-1)
        change = _without_noise(change, values[node][1:].reshape(-1), values[node][:-1].reshape(-1))
        found = {}
        for source in self._sources[node]:
            at = names.index(source)
            moment.values[at] = now[at]
            alone = number(moment)
            moment.values[at] = before[at]
            part = _without_noise(alone - held, alone, held)
            moved = _without_noise(now[at] - before[at], now[at], before[at])
            score = np.abs(part / change) * np.sign(part) * np.sign(moved)
            score = np.where((change != 0) & np.isfinite(score), score, 0.0)
            found[source] = np.concatenate([np.zeros((1, shape[1])), score.reshape(shape)])
        return found

    def _nudged(self, node: str, sources: tuple[str, ...], trace: Trace) -> dict[str, Scores]:
        """Return the sign of what a small move of each cause does."""
        names, shape = self._reads[node], (trace.times.size, trace.n_runs)
        number = self._number(node, names, shape[0] * shape[1])
        here = [trace.values[name].reshape(-1) for name in names]
        moment = self._moment(list(here), np.repeat(trace.times, shape[1]))
        found = {}
        for source in sources:
            at = names.index(source)
            size = np.abs(here[at])
            most = float(np.max(size, initial=0.0, where=np.isfinite(size)))
            by = _NUDGE * np.where(size > 0, size, most or 1.0)
            moment.values[at] = here[at] + by
            above = number(moment)
            moment.values[at] = here[at] - by
            below = number(moment)
            moment.values[at] = here[at]
            sign = np.nan_to_num(np.sign(_without_noise(above - below, above, below)))
            found[source] = np.broadcast_to(sign, (shape[0] * shape[1],)).reshape(shape)
        return found

    def _number(self, node: str, names: tuple[str, ...], size: int) -> NumberAt:
        slots = {name: i for i, name in enumerate(names)}
        return Evaluator(slots, self._network.system.fixed, size).number(self._network.expressions[node])

    def _moment(self, values: list[Scores], times: Scores) -> Moment:
        time: float = times  # type: ignore[assignment]  # one for each value: all steps are evaluated at once
        return Moment(values, self._tables, np.zeros(0), np.uint64(0), 0, time=time, begun=time)

    def _passed_on(self, carried: Carried, trace: Trace) -> Scores:
        """Score the link from a feed to what it feeds: 1 where it changes; more or less where a stock was cut.

        What a memory or a pipe gives out was fed to it before, so that its own change counts.
        """
        values, feed = trace.values[carried.name], trace.values[carried.feed]
        if carried.kind != "stock":
            changed: Scores = (_changes(values) != 0).astype(np.float64)
            return changed
        moved = _changes(feed)
        axis = self._network.system.time
        result: Scores = (moved != 0).astype(np.float64)
        if carried.is_cut and axis.method == "euler":  # no other method adds the net flow to the stock as it is
            result[1:-1] = _share_kept(moved, values, axis.step)
        return result


def _share_kept(moved: Scores, values: Scores, step: float) -> Scores:
    """Return the change of a net flow over the change of a stock's own changes, in all steps but first and last."""
    bent = (values[2:] - values[1:-1]) - (values[1:-1] - values[:-2])
    bent = _without_noise(bent, values[2:], values[:-2])
    share = np.abs(step * moved[1:-1] / bent)
    return np.where((bent != 0) & np.isfinite(share), share, 0.0)


def _changes(values: Scores) -> Scores:
    """Return what each value has changed by since the step before."""
    changes = np.zeros_like(values)
    changes[1:] = np.nan_to_num(_without_noise(values[1:] - values[:-1], values[1:], values[:-1]))
    return changes


def _without_noise(change: Scores, now: Scores, before: Scores) -> Scores:
    """Take a change that is rounding for none."""
    return np.where(np.abs(change) <= NOISE * np.maximum(np.abs(now), np.abs(before)), 0.0, change)
