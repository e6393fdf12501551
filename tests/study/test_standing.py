"""Wins are counted series by series over the studies that have the series."""

from types import SimpleNamespace

from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Wins, standings


def study(**series: tuple[bool, bool] | None) -> dict[object, SimpleNamespace]:
    """Return as much of a result as is counted: per series whether it beats the last value and the best, or None."""
    targets = []
    for name, beaten in series.items():
        score = None if beaten is None else SimpleNamespace(beats_last=beaten[0], beats_best=beaten[1])
        targets.append(SimpleNamespace(name=name, variable=name.upper(), holdout=score, holdout_frozen=None))
    return {BACKTEST: SimpleNamespace(targets=tuple(targets))}


def test_wins_are_counted_over_the_scored_studies():
    """GDP wins once over the best and twice over the last value; a study that scores nothing counts nowhere."""
    found = standings(
        [
            study(gdp=(True, True), people=(False, False)),
            study(gdp=(True, False), people=None),
            study(gdp=(False, False)),
        ]
    )
    assert [(each.variable, each.known) for each in found] == [("GDP", Wins(3, 2, 1)), ("PEOPLE", Wins(1, 0, 0))]
    assert [len(each.targets) for each in found] == [3, 2]
    assert all(each.frozen == Wins(0, 0, 0) for each in found)
