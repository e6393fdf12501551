"""Unknown units as linear equations: what is solved, what remains, what cannot be."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.dimensions.unknowns import Unknowns
from rcsd.units import Unit, parse_unit

POWERS = st.integers(-3, 3).filter(bool)
UNITS = st.sampled_from(["m", "m/s", "kg*m^2/s^3", "Dmnl", "1/s"]).map(parse_unit)


@given(UNITS, UNITS, POWERS, POWERS)
def test_an_equation_in_one_unknown_is_solved(a: Unit, b: Unit, power: int, other: int) -> None:
    """x^p a = b has the one solution (b / a)^(1/p), and holds once it is put in."""
    unknowns = Unknowns()
    x = unknowns.fresh()
    assert unknowns.equate(x**power * a, b)
    assert unknowns.reduced(x) == (b / a) ** Fraction(1, power)
    assert unknowns.reduced(x**power * a) == b
    assert unknowns.equate(x**other, (b / a) ** Fraction(other, power))


@given(UNITS, UNITS)
def test_two_equations_that_contradict_are_seen(a: Unit, b: Unit) -> None:
    """Of x = a and x m = b both hold for b = a m alone."""
    unknowns = Unknowns()
    x, metre = unknowns.fresh("x"), parse_unit("m")
    assert unknowns.equate(x, a)
    assert unknowns.equate(x * metre, b) == (b == a * metre)


def test_two_unknowns_are_tied_until_one_is_known() -> None:
    """From x y = m and x = s comes y = m/s, in either order."""
    for turn in (1, -1):
        unknowns = Unknowns()
        x, y = unknowns.fresh("x"), unknowns.fresh("y")
        given = [(x * y, parse_unit("m")), (x, parse_unit("s"))][::turn]
        assert not unknowns.is_known(y)
        assert all(unknowns.equate(*each) for each in given)
        assert unknowns.reduced(y) == parse_unit("m/s")


def test_what_a_unit_rests_on_is_known() -> None:
    """Through what has no owner, down to the variables that have one, with the equation that told."""
    unknowns = Unknowns()
    x, between = unknowns.fresh("x"), unknowns.fresh()
    unknowns.place = "births"
    unknowns.equate(between, x * parse_unit("m"))
    unknowns.equate(x, parse_unit("s"))
    assert unknowns.owners(between) == {"x": "births"}
    assert unknowns.owners(parse_unit("m")) == {}
