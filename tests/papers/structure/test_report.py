"""The page and the figures of a structure optimisation."""

import json
import re
from dataclasses import replace

import pytest

from rcsd.files import plain
from rcsd.papers.structure import compromise, figures, solve_structure
from rcsd.papers.structure.file.reading import load_structure
from rcsd.papers.structure.front import structure_front
from rcsd.papers.structure.page import write_structure_report
from rcsd.papers.structure.words import summary
from rcsd.papers.structure.writer import linked_sectors, structure_document
from tests.papers.tables import DATA
from tests.report.facts import wrong_facts


@pytest.fixture(scope="module")
def result():
    """Return the province's structure with two cities."""
    return solve_structure(load_structure(), cities=["jixi", "qitaihe"], n_points=5)


FIGURES = {
    "front": figures.front_figure,
    "shares": figures.shares_figure,
    "path": figures.path_figure,
    "ranges": figures.ranges_figure,
    "linkages": lambda r: figures.linkages_figure(linked_sectors(r)[0], r.linkages[0], "Coal mining", "linkages"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_equal_bytes_twice_and_says_how_to_read_it(name, result):
    """No date and no random identifier; a sentence on how to read it."""
    first, second = FIGURES[name](result), FIGURES[name](result)
    assert (first.svg, first.png) == (second.svg, second.png)
    assert "How to read it:" in first.caption
    assert first.alt.endswith(".")


def test_the_words_carry_the_numbers_of_the_result(result):
    """Value added, coal, ratio and weights in the summary are those of the compromise."""
    said = " ".join(summary(result)).replace("\xa0", " ").replace("−", "-")
    picked, programme = result.compromise, result.programme
    change = result.changes[0]
    assert f"{100 * (picked.solution.value_added / programme.actual_value - 1):+.1f} %" in said
    assert f"{100 * (picked.solution.resource_use / programme.actual_use - 1):+.1f} %" in said
    assert f"a ratio of {change.ratio:.3f}" in said
    assert f"from {100 * change.actual_share:.2f} % to {100 * change.optimal_share:.2f} % of value added" in said
    assert f"weights from {picked.weights[0]:.3f} to {picked.weights[1]:.3f}" in said
    assert "(eq 15)" in said


def test_at_the_end_of_the_front_there_is_no_less_to_be_had(result):
    """A weight of 0.3 picks the end with the least coal, which is no compromise of the paper's."""
    picked = compromise(result.programme, result.front, 0.3)
    said = " ".join(summary(replace(result, compromise=picked)))
    assert picked.vertex == 0
    assert "The weighted compromise, 0.3 for value added and 0.7 for coal" in said
    assert "One unit less of coal is not to be had there, one more gains 97.3." in said


def test_the_page_is_self_contained_and_shows_every_number_with_its_source(result, tmp_path):
    """No address leads out of it; assumed numbers are marked."""
    page = write_structure_report(result, tmp_path).read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?!#|data:|figures/)', page)
    for name, number in result.task.settings.numbers.items():
        assert f">{name}<" in page.replace("&#34;", '"'), name
        assert number.source.split(":")[0].split(",")[0] in page
    assert page.count('class="alert long"') >= sum(n.assumed for n in result.task.settings.numbers.values())
    assert "are assumed" in page or "is assumed" in page


def test_marked_numbers_are_those_of_the_files_and_names_of_cities_follow_the_compromise(result, tmp_path):
    """Every fact of the page is in result.json; both cities have a verdict; the first screen says what is assumed."""
    page = write_structure_report(result, tmp_path).read_text("utf-8")
    assert wrong_facts(page, json.loads(json.dumps(plain(structure_document(result))))) == []
    front = structure_front(result)
    assert [each.subject for each in front.verdicts[2:]] == ["Jixi", "Qitaihe"]
    assert all(each.sentence.startswith("Mining from ") for each in front.verdicts[2:])
    assumed = sum(number.assumed for number in result.task.settings.numbers.values())
    assert front.reservations[0].startswith(f"{assumed} of the {len(result.task.settings.numbers)} numbers")
    assert front.repeat == "rcsd structure --city jixi --city qitaihe"


def test_constraints_that_clash_are_said_to_have_failed(result):
    """A number whose end of range leaves no structure is named on the first screen."""
    first = result.variations[0]
    clashing = replace(
        first, value_added=float("nan"), resource_use=float("nan"), ratio=float("nan"), clash=("demand",)
    )
    front = structure_front(replace(result, variations=(clashing, *result.variations[1:])))
    assert front.failed == (f"No structure meets all constraints with {first.name} {first.value:g}: they clash.",)


@pytest.mark.slow
def test_several_regions_are_named_and_one_is_not(result, tmp_path):
    """Constraints of a single region stand without its name, those of several with it."""
    assert not any("Heilongjiang" in p.constraint.text for p in result.prices)
    several = solve_structure(load_structure(DATA / "northeast.toml"), n_points=2)
    assert {p.constraint.region for p in several.prices} >= {"Jilin", "Liaoning"}
    assert all(p.constraint.text.startswith(p.constraint.region) for p in several.prices)
    page = write_structure_report(several, tmp_path).read_text("utf-8")
    assert "Jilin: actual and efficient structures" in page
