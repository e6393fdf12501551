"""What the studies of the examples find, in their quick form."""

import csv
import re

import pytest

from rcsd.study import load_study
from tests.examples.conftest import NAMES
from tests.places import EXAMPLES


def test_the_gallery_has_six_examples_and_the_page_lists_each():
    """One line a folder in the table of examples/README.md."""
    assert len(NAMES) == 6
    text = (EXAMPLES / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| \[(\w+)\]\(\1\)", text, re.MULTILINE)) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_readme_says_where_the_data_are_from(name):
    """A paragraph on the data, and every series of the table is used by the study."""
    assert "**Data.**" in (EXAMPLES / name / "README.md").read_text("utf-8")
    with (EXAMPLES / name / "observed.csv").open(encoding="utf-8", newline="") as file:
        named = {row["series"] for row in csv.DictReader(file)}
    study = load_study(EXAMPLES / name)
    assert named == {target.series.name for target in study.targets} | {driver.name for driver in study.drivers}


@pytest.mark.parametrize("name", NAMES)
def test_the_quick_fit_finds_an_optimum_inside_the_bounds(name, fitted):
    """The data, not a bound, hold every estimate: none lies within a thousandth of its range from either end."""
    space, found = load_study(EXAMPLES / name).space, fitted(name)
    assert not space.on_bound([found.values[each] for each in space.names]).any()


def test_the_influenza_is_as_contagious_as_published(fitted):
    """Grinsztajn et al. 2021: transmission 1.64 to 1.85, recovery 0.45 to 0.64 a day, R0 2.74 to 3.83 (95 %)."""
    found = fitted("influenza").values
    assert 1.64 < found["Transmission Rate"] < 1.85
    assert 0.45 < found["Recovery Rate"] < 0.64
    assert 2.74 < found["Transmission Rate"] / found["Recovery Rate"] < 3.83


def test_the_carbon_that_sinks_takes_a_decade(fitted):
    """Ocean uptake of 2.2 GtC in 1995 (IPCC 2007) needs surface water that is renewed within 5 to 20 years."""
    assert 5 < fitted("carbon_cycle").values["Deep Exchange Time"] < 20


def test_coffee_does_not_cool_by_newtons_law_alone(fitted):
    """The rate of cooling grows with the excess: the exponent is many standard errors above 0."""
    found = fitted("coffee_cup")
    assert found.standard_error is not None
    at = list(found.values).index("Convection Exponent")
    assert found.values["Convection Exponent"] > 5 * found.standard_error[at]
