"""The front: its shape, its ends, its vertices, the compromise, and what follows for the resource industry."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as checked
from hypothesis import strategies as st
from scipy.optimize import linprog

from rcsd.errors import ParameterError
from rcsd.papers.structure import (
    CityAccount,
    ResourceChange,
    build_programme,
    carry_over,
    compromise,
    efficiency_gap,
    maximise,
    price_range,
    resource_change,
    trace_front,
    value_shares,
    weighted,
)
from rcsd.papers.structure.change import output_shares
from rcsd.papers.structure.file.reading import load_structure
from tests.papers.tables import DATA, real_table, settings, small_table


@pytest.fixture(scope="module", params=["programme.toml", "northeast.toml"])
def solved(request):
    """Return the programme of one province or of three, and its front."""
    task = load_structure(DATA / request.param)
    programme = build_programme(task.grouped(), task.settings)
    return programme, trace_front(programme, 15)


def plain_optimum(programme, objective, extra=()):
    """Solve without scaling and with the interior-point method: the reference."""
    rows, bounds = programme.matrix()
    # in 10^8 yuan, lest the tolerances of the solver be those of a yuan
    found = linprog(
        -objective,
        A_ub=np.vstack([rows, *[row for row, _ in extra]]),
        b_ub=np.concatenate([bounds, [bound for _, bound in extra]]) / 1e4,
        method="highs-ipm",
    )
    assert found.status == 0
    return -found.fun * 1e4


def test_the_ends_are_the_optima_of_each_objective_alone(solved):
    """Least use and most value added, found by another algorithm without scaling."""
    programme, front = solved
    assert front.most_value.value_added == pytest.approx(plain_optimum(programme, programme.value_added), rel=1e-6)
    assert front.least_use.resource_use == pytest.approx(-plain_optimum(programme, -programme.resource_use), rel=1e-6)


def test_the_front_rises_and_is_concave(solved):
    """Both objectives grow from vertex to vertex, and a unit of the resource is worth less and less."""
    _, front = solved
    uses, values = ([getattr(v, name) for v in front.vertices] for name in ("resource_use", "value_added"))
    assert (np.diff(uses) > 0).all()
    assert (np.diff(values) > 0).all()
    assert (np.diff(front.slopes) < 0).all()
    grid = [(p.resource_use, p.value_added) for p in front.points]
    steps = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(grid)]
    assert (np.diff(steps) < 1e-4 * steps[0]).all()
    assert np.diff([use for use, _ in grid]) == pytest.approx(np.full(14, (uses[-1] - uses[0]) / 14), rel=1e-6)


def test_the_grid_lies_on_the_lines_between_vertices(solved):
    """Epsilon constraint and dichotomic search, two algorithms, give one front; the prices are its slopes."""
    programme, front = solved
    uses = [v.resource_use for v in front.vertices]
    values = [v.value_added for v in front.vertices]
    for point, price in zip(front.points, front.prices, strict=True):
        on_line = np.interp(point.resource_use, uses, values)
        assert point.value_added == pytest.approx(on_line, abs=1e-7 * programme.actual_value)
        right, left = price_range(front, point)
        assert right - 1e-6 <= price <= left + 1e-6


def test_every_point_is_feasible_and_efficient_by_a_second_solve(solved):
    """No constraint is broken, and no structure is better in one objective and as good in the other."""
    programme, front = solved
    rows, bounds = programme.matrix()
    for point in (*front.vertices, *front.points):
        broken = (rows @ point.output - bounds) / np.abs(rows * programme.actual).max(axis=1)
        assert broken.max() < 1e-8
        assert (point.output >= -1e-9 * programme.actual).all()
        assert efficiency_gap(programme, point) < 1e-7


def test_a_structure_below_the_front_has_a_gap(solved):
    """The actual structure is not efficient: the second solve finds what could be had."""
    programme, front = solved
    actual = replace(
        front.most_value,
        output=programme.actual,
        value_added=programme.actual_value,
        resource_use=programme.actual_use,
    )
    gain = front.most_value.value_added / programme.actual_value - 1
    assert efficiency_gap(programme, actual) >= gain - 1e-7 > 0.1


@pytest.mark.parametrize("weight", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_the_compromise_is_the_vertex_that_the_weighted_programme_finds(solved, weight):
    """Picked among the vertices, it has the objective that a solve of the weighted sum has."""
    programme, front = solved
    picked = compromise(programme, front, weight)
    low, high = front.least_use, front.most_value
    extent = (high.resource_use - low.resource_use, high.value_added - low.value_added)
    found = weighted(programme, weight, extent)

    def score(solution):
        return weight * solution.value_added / extent[1] - (1 - weight) * solution.resource_use / extent[0]

    assert score(picked.solution) == pytest.approx(score(found), abs=1e-7)
    assert picked.weights[0] <= weight <= picked.weights[1]


def test_just_past_its_weights_the_compromise_jumps_to_the_next_vertex(solved):
    """A weighted sum reaches vertices only: the inside of a piece is never picked."""
    programme, front = solved
    picked = compromise(programme, front, 0.5)
    above = compromise(programme, front, picked.weights[1] + 1e-6)
    below = compromise(programme, front, picked.weights[0] - 1e-6)
    assert (below.vertex, above.vertex) == (picked.vertex - 1, picked.vertex + 1)


def test_all_weights_together_pick_every_vertex(solved):
    """The vertices of the front are exactly what weighted sums can reach."""
    _, front = solved
    weights = np.linspace(0.001, 0.999, 1200)
    low, high = front.least_use, front.most_value
    scores = np.array(
        [
            (
                (v.value_added - low.value_added) / (high.value_added - low.value_added),
                (high.resource_use - v.resource_use) / (high.resource_use - low.resource_use),
            )
            for v in front.vertices
        ]
    )
    picked = {int(np.argmax(w * scores[:, 0] + (1 - w) * scores[:, 1])) for w in weights}
    assert picked == set(range(len(front.vertices)))


@given(
    st.lists(st.floats(0.02, 0.3), min_size=9, max_size=9),
    st.lists(st.floats(1, 100), min_size=3, max_size=3),
    st.floats(0.3, 0.95),
)
@checked(max_examples=25, deadline=None)
def test_fronts_of_any_table_are_concave_and_efficient(cells, output, outflow):
    """Random economies of three sectors: the same shape, whatever the numbers."""
    x = np.array(output)
    flows = np.array(cells).reshape(3, 3) * x
    flows *= min(1.0, 0.8 / (flows.sum(axis=1) / x).max())
    table = small_table(flows, x, outflow=0.6)
    programme = build_programme(table, settings(outflow=outflow, ceiling=1.3))
    front = trace_front(programme, 4)
    assert (np.diff(front.slopes) < 0).all()
    assert (front.slopes > 0).all()
    for point in (*front.vertices, *front.points):
        assert efficiency_gap(programme, point) < 1e-6
    assert maximise(programme, programme.value_added).value_added == pytest.approx(front.most_value.value_added)


def test_the_front_of_regions_without_flows_is_the_sum_of_theirs():
    """A limit each and nothing bought from one another: its pieces are those of the single fronts, steepest first."""
    task = load_structure(DATA / "northeast.toml")
    joint = build_programme(task.grouped(), task.settings)
    pieces = []
    for name in ("heilongjiang", "jilin", "liaoning"):
        front = trace_front(build_programme(real_table(name), task.settings), 2)
        runs = np.diff([v.resource_use for v in front.vertices])
        pieces += list(zip(front.slopes, runs, strict=True))
    front = trace_front(joint, 2)
    runs = np.diff([v.resource_use for v in front.vertices])
    # pieces shorter than a millionth of the front are merged with their neighbours
    expected = [(slope, run) for slope, run in sorted(pieces, reverse=True) if run > 1e-6 * runs.sum()]
    assert front.slopes == pytest.approx([slope for slope, _ in expected], rel=1e-4)
    assert runs == pytest.approx([run for _, run in expected], rel=1e-3)


def test_the_change_of_the_resource_industry_closes():
    """Share over share equals growth over growth of the whole, and the odds follow from the parts."""
    task = load_structure()
    programme = build_programme(task.grouped(), task.settings)
    solution = compromise(programme, trace_front(programme, 2)).solution
    change = resource_change(programme, solution, "Heilongjiang")
    row = task.grouped().index_of("Coal mining")
    assert change.actual_share == pytest.approx(value_shares(programme, programme.actual, "Heilongjiang")[row])
    assert change.optimal_share == pytest.approx(value_shares(programme, solution.output, "Heilongjiang")[row])
    total = solution.value_added / programme.actual_value
    assert change.ratio == pytest.approx(change.resource_growth / total)
    assert change.share_in(change.actual_share) == pytest.approx(change.optimal_share)
    assert output_shares(programme, solution.output, "Heilongjiang").sum() == pytest.approx(1)
    other = resource_change(programme, trace_front(programme, 2).vertices[-1], "Heilongjiang")
    assert change.with_ratio(other.ratio).odds_ratio == pytest.approx(other.odds_ratio)
    assert change.with_ratio(other.ratio).optimal_share == pytest.approx(other.optimal_share)


@given(st.floats(0, 1), st.floats(0.3, 3), st.floats(0.3, 3))
def test_a_citys_share_keeps_to_its_bounds_and_its_direction(start, resource, other):
    """Shares stay in 0 to 1, move the way of the region, halfway in time halfway in log odds, and stop there."""
    change = ResourceChange("R", "coal", 0.1, 0.1, resource, other, 10.0)
    end = change.share_in(start)
    assert 0 <= end <= 1
    assert (end - start) * (resource - other) >= -1e-12
    assert change.share_in(start, 0.0) == pytest.approx(start)
    assert change.share_in(change.share_in(start, 5.0), 5.0) == pytest.approx(end)
    assert change.share_in(start, 50.0) == end


def test_a_share_that_is_none_is_refused():
    """A share above one, and years before now."""
    change = ResourceChange("R", "coal", 0.1, 0.1, 0.9, 1.1, 10.0)
    with pytest.raises(ParameterError, match=r"between 0 and 1; got 1\.2"):
        change.share_in(1.2)
    with pytest.raises(ParameterError, match="not negative; got -1"):
        change.share_in(0.2, -1.0)


def test_a_city_like_its_region_changes_like_it():
    """With the region's own parts, carrying over gives back the region's shares."""
    task = load_structure()
    programme = build_programme(task.grouped(), task.settings)
    solution = compromise(programme, trace_front(programme, 2)).solution
    value = dict(zip([s.code for s in programme.sectors], programme.value_added * programme.actual, strict=True))
    parts = {part: sum(value[code] for code, p in task.broad.items() if p == part) for part in set(task.broad.values())}
    account = CityAccount(
        "r", "Region", 2017, parts["primary"], parts["secondary"], parts["tertiary"],
        value["Coal mining"] / parts["secondary"], "10^4 yuan", "the table",
    )  # fmt: skip
    city = carry_over(programme, solution, "Heilongjiang", task.broad, account)
    change = resource_change(programme, solution, "Heilongjiang")
    assert city.actual["mining"] == pytest.approx(change.actual_share)
    assert city.optimal["mining"] == pytest.approx(change.optimal_share)
    assert city.target == pytest.approx(change.optimal_share)
    assert sum(city.optimal.values()) == pytest.approx(1)


def test_forty_two_sectors_are_solved_as_well():
    """The table as printed, without groups: the front keeps its shape."""
    task = load_structure()
    plain = replace(task.settings, resource_sector="sec02", agriculture="sec01", ceilings={}, bounds={})
    programme = build_programme(real_table(grouped=False), plain)
    front = trace_front(programme, 5)
    assert (np.diff(front.slopes) < 0).all()
    assert all(efficiency_gap(programme, point) < 1e-6 for point in front.points)
