"""The index of two towns, worked by hand, and what it does when something is missing."""

import math
from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import IndicatorError, ParameterError
from rcsd.papers.resilience import Scheme, assess, load_indicators, rank_acceptability, robustness
from rcsd.papers.resilience.index.acceptability import rank_counts
from rcsd.papers.resilience.index.robustness import compared

# Normalised by hand: income per person 10, 20, 15 and 5, 5, 5 between 5 and 20; debt per person 4, 2, 1 and 1, 2, 3
# between 1 and 4, less is better; growth 0, 0, 1 and 0, 0, 0.
I1 = [1 / 3, 1, 2 / 3, 0, 0, 0]
I2 = [0, 2 / 3, 1, 1, 2 / 3, 1 / 3]
I3 = [0, 0, 1, 0, 0, 0]


def told(column):
    """1 - e of equation (6), one term at a time."""
    shares = [value / sum(column) for value in column]
    return 1 + sum(share * math.log(share) for share in shares if share > 0) / math.log(len(column))


def test_the_index_by_hand(towns):
    """Equations (4) to (9); the missing I4 counts like I3, so that S2 has twice its information."""
    found = assess(*load_indicators(towns()))
    np.testing.assert_allclose(found.normalised.reshape(6, 3).T, [I1, I2, I3], atol=1e-15)
    d1, d2, d3 = told(I1), told(I2), told(I3)
    assert d3 == 1
    w1, w2 = (d1 + d2) / (d1 + d2 + 2 * d3), 2 * d3 / (d1 + d2 + 2 * d3)
    np.testing.assert_allclose(found.weights.systems[0, 0], [w1, w2])
    np.testing.assert_allclose(found.weights.within[1, 2], [d1 / (d1 + d2), d2 / (d1 + d2), 1])
    s1 = (d1 * np.array(I1) + d2 * np.array(I2)) / (d1 + d2)
    np.testing.assert_allclose(found.scores[..., 0].ravel(), s1)
    np.testing.assert_allclose(found.index.ravel(), w1 * s1 + w2 * np.array(I3))
    assert found.weights.overall(found.places).sum(axis=-1) == pytest.approx(np.ones((2, 3)))


def test_without_sharing_the_weights_are_equation_7(towns):
    """Then the weight of a missing indicator goes to all."""
    found = assess(*load_indicators(towns()), Scheme(share_missing=False))
    d = np.array([told(I1), told(I2), told(I3)])
    np.testing.assert_allclose(found.weights.overall(found.places)[0, 0], d / d.sum())


def test_equal_weights(towns):
    """Half a system each, and a quarter for each of the two indicators of the first."""
    found = assess(*load_indicators(towns()), Scheme(weights="equal"))
    np.testing.assert_allclose(found.weights.overall(found.places)[0, 0], [0.25, 0.25, 0.5])
    np.testing.assert_allclose(found.index.ravel(), np.array(I1) / 4 + np.array(I2) / 4 + np.array(I3) / 2)


def test_weights_of_one_city_are_those_of_its_own_table(towns):
    """East alone: I1 0, 1, 1/2; I2 0, 2/3, 1; I3 0, 0, 1. West tells apart by debt only: 1, 1/2, 0."""
    found = assess(*load_indicators(towns()), Scheme(group="city"))
    d1, d2, d3 = told([0, 1, 0.5]), told([0, 2 / 3, 1]), told([0, 0, 1])
    np.testing.assert_allclose(found.weights.systems[0, 0], np.array([d1 + d2, 2 * d3]) / (d1 + d2 + 2 * d3))
    np.testing.assert_allclose(found.weights.systems[1], np.tile([1, 0], (3, 1)))
    np.testing.assert_allclose(found.weights.within[1, 0], [0, 1, 1])


def test_weights_of_systems_from_their_scores(towns):
    """Equations (4) to (7) once more, over the scores."""
    indicators, table = load_indicators(towns())
    found = assess(indicators, table, Scheme(systems="scores"))
    s1 = assess(indicators, table).scores[..., 0].ravel()
    scaled = (s1 - s1.min()) / (s1.max() - s1.min())
    d = np.array([told(scaled.tolist()), told(I3)])
    np.testing.assert_allclose(found.weights.systems[0, 0], d / d.sum())


def test_a_missing_cell_leaves_its_weight_to_its_system(towns):
    """East's debt of 2002 dropped: the score of that year is income alone, and bounds come from the other cells."""
    path = towns(data=lambda lines: [line + "odd" if "east,debt,2002" in line else line for line in lines])
    found = assess(*load_indicators(path))
    assert np.isnan(found.normalised[0, 1, 1])
    assert found.scores[0, 1, 0] == found.normalised[0, 1, 0] == 1


def test_a_system_without_a_score_leaves_its_weight_to_the_others(towns):
    """Without people of 2000 nobody can grow in 2001: the index of that year is the first system's."""
    path = towns(data=lambda lines: [line for line in lines if "people,2000" not in line])
    found = assess(*load_indicators(path))
    assert np.isnan(found.scores[:, 0, 1]).all()
    np.testing.assert_array_equal(found.index[:, 0], found.scores[:, 0, 0])


def test_a_constant_indicator_gets_no_weight_and_is_named(towns):
    """Income that is the same everywhere."""
    constant = {"east,income": ",7,", "west,income": ",7,"}

    def edit(lines):
        found = []
        for line in lines:
            cells = line.split(",")
            if ",".join(cells[:2]) in constant:
                cells[3] = "7" if cells[0] == "east" else "14"
            if cells[1] == "people":
                cells[3] = "1" if cells[0] == "east" else "2"
            found.append(",".join(cells))
        return found

    found = assess(*load_indicators(towns(data=edit)))
    assert [each.code for each in found.constant] == ["I1", "I3"]
    np.testing.assert_array_equal(found.weights.overall(found.places)[0, 0], [0, 1, 0])


def test_nothing_told_apart_is_refused(towns):
    """One city and one year: eq (7) is 0/0, equal weights still work."""
    path = towns(("years = [2001, 2003]", "years = [2001, 2001]"), ('west = "West"\n', ""))
    indicators, table = load_indicators(path)
    with pytest.raises(IndicatorError, match="--weights equal"):
        assess(indicators, table)
    assert assess(indicators, table, Scheme(weights="equal")).index == pytest.approx(0.5)


def test_an_indicator_without_any_value_is_refused(towns):
    """Say missing in its place."""
    path = towns(
        ('"income / people"', '"income * people / (people - people)"'), ('unit = "yuan/person"', 'unit = "yuan"')
    )
    with pytest.raises(IndicatorError, match=r'I1 has no value .* missing = "why"'):
        assess(*load_indicators(path))


def test_a_scheme_that_there_is_not(towns):
    """Named with what there is."""
    with pytest.raises(ParameterError, match="normalisation 'log' is none of min-max"):
        Scheme(normalisation="log")


def test_units_of_money_and_the_order_of_cities_do_not_count(towns):
    """Ten times the income everywhere, and west before east, give the same index."""
    base = assess(*load_indicators(towns()))

    def tenfold(lines):
        cells = [line.split(",") for line in lines]
        return [",".join([*c[:3], c[3] + "0", *c[4:]]) if c[1] == "income" else ",".join(c) for c in cells]

    np.testing.assert_allclose(assess(*load_indicators(towns(data=tenfold))).index, base.index)
    turned = assess(*load_indicators(towns(('east = "East"\nwest = "West"', 'west = "West"\neast = "East"'))))
    np.testing.assert_allclose(turned.index, base.index[::-1])


def test_ranks_tie_and_nan_stays(towns):
    """East leads where its index is higher; equal values share a mean place."""
    found = assess(*load_indicators(towns()))
    np.testing.assert_array_equal(found.ranks[0] < found.ranks[1], found.index[0] > found.index[1])
    tied = replace(found, index=np.array([[1.0, np.nan], [1.0, 0.2]]))
    np.testing.assert_array_equal(tied.ranks, [[1.5, np.nan], [1.5, 1]])


def test_robustness_covers_every_other_way(towns):
    """Three scales, five weightings, each indicator left out once; the same index agrees in full with itself."""
    indicators, table = load_indicators(towns())
    base = assess(indicators, table)
    found = robustness(base, table)
    assert [each.kind for each in found] == ["normalisation"] * 3 + ["weights"] * 5 + ["left out"] * 3
    for each in found:
        assert -1 <= each.tau <= 1
        assert 0 <= each.years_kept <= each.kept <= 1
        assert set(each.order) == {"east", "west"}
    same = compared(base, base, "weights", "itself")
    assert (same.tau, same.kept, same.years_kept, same.order_kept) == (pytest.approx(1), 1, 1, True)
    turned = compared(base, replace(base, index=-base.index), "weights", "upside down")
    assert (turned.tau, turned.years_kept, turned.order_kept) == (pytest.approx(-1), 0, False)


def test_what_is_left_out_gives_its_weight_to_its_system(towns):
    """Without I1 the first system is I2, and what the system lists keeps its weight."""
    indicators, table = load_indicators(towns())
    found = assess(indicators, table, without=frozenset({"I1"}))
    d2, d3 = told(I2), told(I3)
    np.testing.assert_allclose(found.weights.within[0, 0], [0, 1, 1])
    np.testing.assert_allclose(found.weights.systems[0, 0], np.array([2 * d2, 2 * d3]) / (2 * d2 + 2 * d3))
    np.testing.assert_allclose(found.scores[..., 0].ravel(), I2)


def test_a_city_ahead_in_everything_leads_under_all_weights(towns):
    """Acceptability 1; two cities with one column each part the weights as geometry says."""
    base = assess(*load_indicators(towns()))
    ahead = replace(base, normalised=np.stack([np.full((3, 3), 0.8), np.full((3, 3), 0.3)]))
    shares = rank_acceptability(ahead, n=200, rng=np.random.default_rng(1)).shares
    np.testing.assert_array_equal(shares, np.eye(2))
    # east has 1 in the second system only, west 0.25 in the first only: east leads where w2 > 0.25 w1, w1 + w2 = 1
    split = np.stack([np.tile([0, 0, 1.0], (3, 1)), np.tile([0.25, 0.25, 0], (3, 1))])
    shares = rank_acceptability(replace(base, normalised=split), n=20000, rng=np.random.default_rng(2)).shares
    assert shares[0, 0] == pytest.approx(0.8, abs=0.01)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_ties_share_ranks():
    """Two of three level: each takes half of either rank."""
    np.testing.assert_allclose(rank_counts(np.array([[0.5, 0.5, 0.1]])), [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]])


def test_no_draw_of_weights_is_refused(towns):
    """At least one."""
    with pytest.raises(ParameterError, match="one draw of weights or more"):
        rank_acceptability(assess(*load_indicators(towns())), n=0, rng=np.random.default_rng(0))
