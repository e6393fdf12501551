"""Names of units: which are one, how texts are read, how units are written in the words of the file."""

import pytest

from rcsd.errors import UnitError
from rcsd.simulation.dimensions.naming.book import UnitBook
from rcsd.simulation.ir import UnitNames
from rcsd.units import Unit


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("$/Year", "dollars / years"),
        ("$s", "Dollar"),
        ("Person", "people"),
        ("Units*hours", "Hour * unit"),
        ("1/Day", "Dmnl/days"),
        ("fraction/Month", "1/months"),
        ("radians", "1"),
    ],
)
def test_vensims_own_synonyms_hold_in_both_formats(a: str, b: str) -> None:
    """The list that Vensim puts into a new model, and what has a name and no dimension."""
    for format in ("vensim", "xmile"):
        book = UnitBook(format)
        assert book.unit(a) == book.unit(b)


@pytest.mark.parametrize(
    ("a", "b"), [("per_year", "1/yr"), ("people_per_year", "persons/Years"), ("hr", "hours"), ("m-kg", "kg*m")]
)
def test_stella_has_more(a: str, b: str) -> None:
    """Short forms of times, and a hyphen that multiplies."""
    book = UnitBook("xmile")
    assert book.unit(a) == book.unit(b)


@pytest.mark.parametrize(("a", "b"), [("Widget", "Widgets"), ("yr", "Year"), ("Month", "Year"), ("percent", "1")])
def test_vensim_has_no_rule_for_plurals(a: str, b: str) -> None:
    """Names are compared as they are: a rule would have to guess."""
    book = UnitBook("vensim")
    assert book.unit(a) != book.unit(b)


def test_a_file_joins_names_and_groups() -> None:
    """What is said of one member of a group is said of all."""
    names = (UnitNames(("wan ton", "wan tons")), UnitNames(("wan tons", "wan t")), UnitNames(("yr", "Years")))
    book = UnitBook("vensim", names)
    assert book.unit("wan t/Year") == book.unit("Wan_Ton/yr")


@pytest.mark.parametrize("names", [("dmnl", "NKU"), ("NKU", "dmnl"), ("Unit", "dmnl"), ("Index", "fraction")])
def test_a_name_may_stand_for_no_dimension(names: tuple[str, str]) -> None:
    """Whichever stands first in the line."""
    book = UnitBook("vensim", (UnitNames(names),))
    assert {book.unit(name) for name in names} == {Unit()}


def test_a_name_may_begin_with_a_number_where_the_file_defines_it() -> None:
    """Elsewhere it would be a factor, which units do not have."""
    names = (UnitNames(("yi yuan", "100 million yuan")), UnitNames(("ppm", "parts per million")))
    book = UnitBook("vensim", names)
    assert book.unit("100 million yuan/Year") == UnitBook("vensim").unit("yi yuan/Year")
    assert book.unit("Parts_per_Million*m") == UnitBook("vensim").unit("m*ppm")
    assert book.spelt(book.unit("ppm")) == "Parts per Million"
    with pytest.raises(UnitError):
        UnitBook("vensim").unit("100 million yuan")


def test_a_definition_is_put_in() -> None:
    """Newton's law: N m is J, whichever of them is defined by the other."""
    book = UnitBook("xmile", (UnitNames(("Newton", "N"), "kg*m/s^2"), UnitNames(("Joule", "J"), "Newton*m")))
    assert book.unit("J/N") == book.unit("m")
    assert book.unit("Joule") == book.unit("kg*m^2/s^2")


def test_a_definition_by_itself_is_refused() -> None:
    """It would have no end."""
    book = UnitBook("xmile", (UnitNames(("a",), "b*m"), UnitNames(("b",), "a*m")))
    with pytest.raises(UnitError, match="defined by itself"):
        book.unit("a")


def test_a_unit_is_written_as_the_file_writes_it() -> None:
    """The first spelling that is met stays."""
    book = UnitBook("vensim")
    unit = book.unit("Yi_Yuan/Years")
    assert book.spelt(unit) == "Yi Yuan/Years"
    assert book.spelt(unit / unit) == "Dmnl"
    assert book.spelt(Unit() / book.unit("year")) == "1/Years"
