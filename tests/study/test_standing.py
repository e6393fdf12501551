"""Wins are counted series by series over the studies that have the series."""

from types import SimpleNamespace

from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Wins, standings


def study(**series: tuple[bool, bool, bool | None] | None) -> dict[object, SimpleNamespace]:
    """Return as much of a result as is counted: whether a series beats last value, best and two-line rule."""
    targets = []
    for name, beaten in series.items():
        score = beaten and SimpleNamespace(beats_last=beaten[0], beats_best=beaten[1], beats_two_line=beaten[2])
        targets.append(SimpleNamespace(name=name, variable=name.upper(), holdouts={"known": score} if score else {}))
    return {BACKTEST: SimpleNamespace(targets=tuple(targets))}


def test_wins_are_counted_over_the_scored_studies():
    """GDP wins once over the best and twice over the last value; a study that scores nothing counts nowhere.

    The two-line rule is counted where it is defined.
    """
    found = standings(
        [
            study(gdp=(True, True, True), people=(False, False, None)),
            study(gdp=(True, False, False), people=None),
            study(gdp=(False, False, None)),
        ]
    )
    assert [(each.variable, each.wins) for each in found] == [
        ("GDP", {"known": Wins(3, 2, 1, 2, 1)}),
        ("PEOPLE", {"known": Wins(1, 0, 0, 0, 0)}),
    ]
    assert [len(each.targets) for each in found] == [3, 2]
