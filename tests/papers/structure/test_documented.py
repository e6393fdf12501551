"""What the README beside the data says is what the programme gives."""

import re

import pytest

from rcsd.papers.structure import compromise, solve_structure
from rcsd.papers.structure.file.reading import load_structure
from rcsd.papers.structure.writer import named_points
from tests.papers.tables import DATA

README = (DATA / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def result():
    """Return the province's structure with the four cities."""
    return solve_structure(load_structure(), cities=["jixi", "hegang", "shuangyashan", "qitaihe"], n_points=2)


def signed(value, actual):
    """Write a change as the README does."""
    change = round(100 * (value / actual - 1), 1) + 0.0
    return f"{change:+.1f} %" if change else "0.0 %"


def test_the_table_of_results_is_that_of_the_programme(result):
    """Value added, coal, share, ratio and growth of coal mining at the three named points."""
    programme = result.programme
    changes = {
        "least coal": result.vertex_changes[0][0],
        "compromise": result.changes[0],
        "most value added": result.vertex_changes[-1][0],
    }
    for (name, change), solution in zip(changes.items(), named_points(result).values(), strict=True):
        cells = (
            name,
            signed(solution.value_added, programme.actual_value),
            signed(solution.resource_use, programme.actual_use),
            f"{100 * change.optimal_share:.2f} %",
            f"{change.ratio:.3f}",
            signed(change.resource_growth, 1.0),
        )
        assert f"| {' | '.join(cells)} |" in README


def test_the_tie_and_the_ranges_are_as_said(result):
    """The next vertex past 0.502, and the numbers that move the ratio by 0.05 or more."""
    after = compromise(result.programme, result.front, 0.503)
    assert after.vertex == result.compromise.vertex + 1
    assert result.compromise.weights[1] < 0.503
    base = result.changes[0].ratio
    assert {v.name for v in result.variations if abs(v.ratio - base) >= 0.05} == {
        "demand.outflow",
        "weight",
        "limit",
        "demand.consumption",
    }
    outflow = {v.value: v.ratio for v in result.variations if v.name == "demand.outflow"}
    assert f"{outflow[0.5]:.3f} if half" in README.replace("\n", " ")
    assert f"{outflow[0.95]:.3f} if 95 %" in README.replace("\n", " ")


def test_cities_and_history_are_as_said(result):
    """Shares of mining in the four cities, shares of coal in four tables."""
    text = " ".join(README.split())
    for city in result.cities:
        said = f"{100 * city.actual['mining']:.1f} to {100 * city.optimal['mining']:.1f}"
        pattern = rf"{said} (?:% of value added )?in {city.account.title}"
        assert re.search(pattern, text), pattern
    *first, last = (f"{100 * y.value_share:.2f}" for y in result.history)
    assert f"{', '.join(first)} and {last} % of value added in 2002, 2007, 2012 and 2017" in text


def test_the_python_of_the_readme_runs():
    """The lines for whoever takes the target over give a share between the city's own and zero."""
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    change = names["change"]
    assert 0 < change.share_in(0.30) < change.share_in(0.30, years=2.0) < 0.30
