"""Claims beside what comes out."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import IndicatorError
from rcsd.papers.resilience import Scheme, assess, judge_order, judge_weights, load_claims, load_indicators
from rcsd.papers.resilience.claims import Claims, Heaviest, MostIn, Order


def test_weights_are_judged_by_each_citys_own(towns):
    """West tells apart by means alone, east mostly by hope: shares of what is said that comes out."""
    by_city = assess(*load_indicators(towns()), Scheme(group="city"))
    claims = Claims(
        weights=(
            Heaviest("here", "q", ("S1",), "west"),
            Heaviest("here", "q", ("S1",), "east"),
            Heaviest("here", "q", ("S2",), "west", least=True),
            MostIn("here", "q", "S1", "west"),
            MostIn("here", "q", "S2", "west"),
        )
    )
    judged = judge_weights(claims, by_city)
    assert [each.agrees for each in judged] == [1, 0, 1, 1, 0]
    assert judged[1].found == ("S2",)


def test_an_order_agrees_by_its_pairs():
    """One pair of three turned round: two thirds."""
    claim = Order("here", "q", "index", ("a", "b", "c"), (2000, 2001))
    judged = judge_order(claim, ("c", "b", "a"), np.array([0.5, 0.2, 0.9]))
    assert judged.found == ("a", "c", "b")
    assert judged.agrees == pytest.approx(2 / 3)


def test_faults_of_claims_are_told_together(towns):
    """Unknown systems, cities and keys, and rows that are too short."""
    indicators, _ = load_indicators(towns())
    path = indicators.path.parent / "claims.toml"
    path.write_text(
        '[[heaviest]]\nsystems = ["S9"]\nwhere = "here"\nsays = "q"\n[[most_in]]\nsystem = "S1"\ncity = "north"\n'
        'where = "here"\nsays = "q"\n[[order]]\nof = "S7"\ncities = ["east"]\nyears = [1]\nwhere = "x"\nsays = "q"\n'
        '[[printed]]\ntitle = "t"\nwhere = "w"\ncolumns = ["a", "b"]\nrows = [["1"]]\n[[said]]\n',
        encoding="utf-8",
    )
    with pytest.raises(IndicatorError, match="6 fault") as caught:
        load_claims(path, indicators)
    for part in ("said: there are heaviest", "heaviest 1: systems", "most_in 1: city", "order 1: of", "order 1: years"):
        assert part in str(caught.value)
    with pytest.raises(IndicatorError, match="cannot be read"):
        load_claims(path.parent / "none.toml", replace(indicators))
