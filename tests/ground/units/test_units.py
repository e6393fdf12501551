"""Units: their algebra, their spelling, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import UnitError
from rcsd.units import Unit, parse_unit, same_unit

bases = st.sampled_from(["yi yuan", "wan person", "year", "t", "m2"])
exponents = st.fractions(min_value=-3, max_value=3, max_denominator=3).filter(bool)
units = st.dictionaries(bases, exponents, max_size=4).map(lambda powers: Unit(tuple(sorted(powers.items()))))


@given(units)
def test_a_unit_reads_back_as_it_was_written(unit: Unit) -> None:
    """Writing and parsing are inverse to each other."""
    assert parse_unit(str(unit)) == unit


@given(units, units)
def test_division_undoes_multiplication(a: Unit, b: Unit) -> None:
    """Units form a commutative group."""
    assert a * b == b * a
    assert (a * b) / b == a
    assert a**2 / a == a


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("yi yuan/Year", "Yi  Yuan / year"),
        ("yy/(wt/Year)", "yy*Year/wt"),
        ("1/(wan person*Year)", "wan_person^-1/Year"),
        ("Dmnl", ""),
        ("Dmnl [0,1]", "1"),
        ("Year/Year", "dimensionless"),
        ("m^(1/2)*m^0.5", "m"),
        ("$/Year", "$ / Year"),
        ("degree [32,212]", "degree"),
        ("minute [0,?]", "minute"),
        ("widgets per month", "widgets/month"),
        ("per_year", "1/year"),
        ("$ per person per year", "$/person/year"),
        ("Person per Year/Person", "1/Year"),
        ("unitless", "1"),
        ("#/month", "# / Month"),
        ("°C/W", "°c/w"),
    ],
)
def test_one_unit_may_be_written_in_two_ways(a: str, b: str) -> None:
    """Order, brackets, case, spacing and a range after it do not change a unit."""
    assert same_unit(a, b)


@pytest.mark.parametrize(("a", "b"), [("yi yuan", "yuan"), ("Year", "Years"), ("t/Year", "t"), ("a/b/c", "a/(b/c)")])
def test_different_units_differ(a: str, b: str) -> None:
    """No factor, plural or missing divisor is overlooked; division goes from left to right."""
    assert not same_unit(a, b)


def test_exponents_are_exact() -> None:
    """A third is a third, not 0.333."""
    assert parse_unit("m^(1/3)").powers == (("m", Fraction(1, 3)),)


@pytest.mark.parametrize("text", ["10 yuan", "a//b", "(a", "a)", "a^b", "/a", "*", "a^", "@", "a*", "m^(1/0)", "2"])
def test_nonsense_is_refused_with_the_text_quoted(text: str) -> None:
    """Whoever wrote it can find it."""
    with pytest.raises(UnitError, match="cannot be read") as caught:
        parse_unit(text)
    assert repr(text) in str(caught.value)


def test_a_number_of_thousands_of_digits_is_no_unit() -> None:
    """Python refuses to read one, in words of its own."""
    with pytest.raises(UnitError):
        parse_unit("person/" + "9" * 5000)
