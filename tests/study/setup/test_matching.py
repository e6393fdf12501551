"""Which column of a table is taken for which variable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.simulation.loading import LoadedModel, load
from rcsd.study.setup.asking import unasked
from rcsd.study.setup.drafting import outputs_of
from rcsd.study.setup.matching.candidates import candidates
from rcsd.study.setup.matching.matching import Matching, match_columns
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.matching.words import words_of
from rcsd.study.setup.tables import TableColumn, Times
from tests.small_models import EPIDEMIC, TOWN, write_model


@pytest.fixture(scope="module")
def epidemic(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """Return the model of an epidemic."""
    return load(write_model(tmp_path_factory.mktemp("model"), EPIDEMIC))


def column(name: str, unit: str = "") -> TableColumn:
    """Return three years of a quantity."""
    times = Times("year", np.arange(3.0), ("2000", "2001", "2002"))
    return TableColumn(name, unit, times, np.array([1.0, 2.0, 3.0]))


def matched(model: LoadedModel, *columns: TableColumn, period: str = "", **given: str) -> Matching:
    """Match columns to a model, and ask nobody."""
    found = candidates(model.ir, outputs_of(model))
    return match_columns(columns, found, UnitsOf.of(model.ir, period), given, unasked)


@pytest.mark.parametrize(
    ("heading", "variable"),
    [
        ("infected", "Infected"),
        ("Number of cases", "Infected"),
        ("in bed", "Infected"),
        ("感染人数", "Infected"),
        ("recovered_people", "Recovered"),
        ("Susceptibles", "Susceptible"),
    ],
)
def test_headings_find_their_variable(epidemic: LoadedModel, heading: str, variable: str) -> None:
    """Case, plurals, synonyms and Chinese lead to the variable that is meant."""
    (found,) = matched(epidemic, column(heading)).matches
    assert found.candidate.name == variable


def test_what_is_like_nothing_is_left_out(epidemic: LoadedModel) -> None:
    """A heading without a likeness is matched to nothing, and what comes near is named."""
    found = matched(epidemic, column("wheat price"))
    assert not found.matches
    assert [each.name for each in found.unmatched] == ["wheat price"]


def test_documentation_in_another_language(tmp_path: Path) -> None:
    """A heading that stands in the documentation of a variable means it."""
    model = load(
        write_model(tmp_path, {**TOWN, "Population": "INTEG (Births-Deaths, 1000) ~ person ~ Einwohnerzahl der Stadt."})
    )
    (found,) = matched(model, column("Einwohnerzahl der Stadt")).matches
    assert found.candidate.name == "Population"


def test_units_decide_between_like_names(tmp_path: Path) -> None:
    """Of two variables with like names the one of the column's unit is taken."""
    model = load(
        write_model(tmp_path, {**TOWN, "Town Births": "Births*1 ~ person/Year", "Town Birth": "5 + Births*0 ~ cow"})
    )
    (found,) = matched(model, column("births of a town", "person/Year")).matches
    assert found.candidate.name == "Town Births"


def test_amounts_of_a_year_are_a_flow(tmp_path: Path) -> None:
    """Persons counted year by year go with persons per year, where the table is by years."""
    model = load(write_model(tmp_path, TOWN))
    (found,) = matched(model, column("Births", "person"), period="Year").matches
    assert found.agreement == "flow"
    (found,) = matched(model, column("Births", "person")).matches
    assert found.agreement == "different"


def test_new_and_cumulative_counts(epidemic: LoadedModel) -> None:
    """New cases are a flow; a sum up to date is neither the flow nor the stock of today."""
    found = matched(epidemic, column("new cases"), column("cumulative cases"))
    assert [(each.column.name, each.candidate.name) for each in found.matches] == [("new cases", "Infection")]
    assert [each.name for each in found.unmatched] == ["cumulative cases"]


def test_a_word_that_headings_leave_out_is_all_of_a_name(tmp_path: Path) -> None:
    """A heading that says "World Population" is the population, and no cohort of it."""
    model = load(
        write_model(
            tmp_path,
            {
                "Population": "Population 0 To 14*3 ~ person",
                "Population 0 To 14": "INTEG (Births, 5) ~ person ~ World population, ages 0-14.",
                "Births": "1 ~ person/Year",
            },
        )
    )
    (found,) = matched(model, column("World Population")).matches
    assert found.candidate.name == "Population"


def test_each_variable_once(epidemic: LoadedModel) -> None:
    """Two columns never stand for one variable."""
    found = matched(epidemic, column("Infected"), column("infected people"))
    names = [each.candidate.name for each in found.matches]
    assert len(names) == len(set(names))
    assert names[0] == "Infected"


def test_what_a_person_says_holds(epidemic: LoadedModel) -> None:
    """A named variable is taken whatever the name, an empty one leaves the column out, an unknown one is refused."""
    (found,) = matched(epidemic, column("x"), x="Recovered").matches
    assert (found.candidate.name, found.why) == ("Recovered", "named by you")
    assert not matched(epidemic, column("Infected"), Infected="").matches
    with pytest.raises(ParameterError, match="did you mean 'Recovered'"):
        matched(epidemic, column("x"), x="Recoverd")
    with pytest.raises(ParameterError, match="no column 'y'"):
        matched(epidemic, column("x"), y="Recovered")


def test_words() -> None:
    """Camel case, underscores, symbols and brackets do not matter; what tells nothing is left out."""
    assert words_of("totalPopulation_of Cities (persons)") == ("population", "city")
    assert words_of("煤炭产量\uff08万吨\uff09") == ("coal", "output")
    assert words_of("Infectious Population I") == ("infected", "population")
