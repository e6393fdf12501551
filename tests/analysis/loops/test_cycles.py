"""Loops of graphs whose loops are known."""

from itertools import pairwise, permutations
from math import comb, factorial

import pytest

from rcsd.analysis.loops.cycles import all_loops, closed, independent_loops, strongest_loops


def complete(n):
    """Return the links of a graph in which everything moves everything else."""
    return [(str(a), str(b)) for a, b in permutations(range(n), 2)]


def ring(*names):
    """Return the links of one loop."""
    return list(pairwise((*names, names[0])))


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_complete_graph_has_as_many_loops_as_it_must(n):
    """The sum over k of (n choose k) (k - 1)!, and not one more than the limit allows."""
    number = sum(comb(n, k) * factorial(k - 1) for k in range(2, n + 1))
    assert len(all_loops(complete(n), number)) == number
    assert all_loops(complete(n), number - 1) is None


def test_the_independent_set_covers_every_link_with_the_shortest_loops():
    """In a ring of five with a chord, the short loop comes first and the ring brings the rest: E - V + 1 = 2."""
    links = [*ring("a", "b", "c", "d", "e"), ("c", "a")]
    assert [set(cycle) for cycle in independent_loops(links)] == [{"a", "b", "c"}, {"a", "b", "c", "d", "e"}]


def test_links_in_no_loop_are_in_no_independent_loop():
    """What leads in and out of a loop is left out."""
    links = [("in", "a"), *ring("a", "b"), ("b", "out")]
    assert [set(cycle) for cycle in independent_loops(links)] == [{"a", "b"}]


def test_each_independent_loop_brings_a_link_of_its_own_and_none_is_longer_than_it_must():
    """On a complete graph of six: 15 pairs cover all 30 links."""
    covered = set()
    found = independent_loops(complete(6))
    for cycle in found:
        own = set(closed(cycle))
        assert own - covered
        covered |= own
    assert covered == set(complete(6))
    assert [len(cycle) for cycle in found] == [2] * 15


def test_of_equally_short_loops_the_one_with_the_fewest_new_links_comes_first():
    """Two triangles that share a link, and a third that shares a link with each of them."""
    links = [*ring("a", "b", "c"), *ring("b", "c", "d"), *ring("c", "a", "d")]
    found = independent_loops(dict.fromkeys(links))
    assert len(found) <= len(set(links)) - 4 + 1
    assert all(len(cycle) <= 3 for cycle in found)


def test_a_variable_that_moves_itself_is_a_loop():
    """Of one variable, and the shortest there is."""
    links = [("a", "a"), *ring("a", "b")]
    assert [set(cycle) for cycle in independent_loops(links)] == [{"a"}, {"a", "b"}]
    assert sorted(map(sorted, all_loops(links, 9))) == [["a"], ["a", "b"]]


def test_the_strongest_loop_is_found_among_many():
    """In a complete graph of nine with weak links, the search finds the ring of strong ones."""
    strong = ring(*"012345678")
    strengths = {link: 5.0 if link in strong else 0.01 for link in complete(9)}
    found = strongest_loops([strengths], ["0"], 1000)
    assert ("0", "1", "2", "3", "4", "5", "6", "7", "8") in found
    assert len(found) < 1000
    assert strongest_loops([strengths], ["0"], 1) == found[:1]
