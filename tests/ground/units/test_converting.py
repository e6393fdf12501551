"""Conversions: factors known from outside, what is refused, and that nothing is changed where units are one."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import constants

from rcsd.errors import UnitError
from rcsd.units import Conversion, Lexicon, convert_unit


@pytest.mark.parametrize(
    ("found", "wanted", "factor"),
    [
        ("ft", "m", constants.foot),
        ("miles", "km", constants.mile / 1000),
        ("acres", "m2", constants.acre),
        ("ha", "acre", constants.hectare / constants.acre),
        ("lb", "kg", constants.lb),
        ("long tons", "kg", constants.long_ton),
        ("short tons", "t", constants.short_ton / 1000),
        ("gallons", "litres", constants.gallon_US / constants.liter),
        ("bbl", "m3", constants.bbl),
        ("kWh", "J", 1000 * constants.hour),
        ("W", "J/s", 1.0),
        ("Btu", "J", constants.Btu_IT),
        ("cal", "J", constants.calorie_IT),
        ("Julian year", "Julian year", 1.0),
        ("Year", "Day", constants.Julian_year / constants.day),
        ("km/h", "m/s", constants.kmh),
        ("mm/day", "m/s", 0.001 / constants.day),
        ("ppm", "Dmnl", 1e-6),
    ],
)
def test_factors_are_those_of_a_table_by_others(found: str, wanted: str, factor: float) -> None:
    """SciPy's physical constants know the same units."""
    assert float(convert_unit(found, wanted).factor) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    ("found", "wanted", "factor"),
    [
        ("yi yuan", "wan yuan", 10**4),
        ("亿元", "wan yuan", 10**4),
        ("万亿元", "yi yuan", 10**4),
        ("万人", "Person", 10**4),
        ("百万吨", "kt", 1000),
        ("10k yuan", "yuan", 10**4),
        ("100 million yuan", "yi yuan", 1),
        ("100M yuan", "yi yuan", 1),
        ("亿千瓦时", "GWh", 100),
        ("万吨标准煤", "tce", 10**4),
        ("吨/亩", "t/ha", 15),
        ("Rs crore", "lakh rupees", 100),
        ("constant 2015 US$ m", "$", 10**6),
        ("US$bn", "million dollars", 1000),
        ("m€", "euro", 10**6),
        ("'000 tonnes", "tonne", 1000),
        ("10⁴ t·km⁻²", "t/km2", 10**4),
        ("kg ha-1 yr-1", "t/(ha*Year)", Fraction(1, 1000)),
        ("10^8 m^3", "m3", 10**8),
        ("per 1,000 people", "1/Person", Fraction(1, 1000)),
        ("per 100,000", "Dmnl", Fraction(1, 10**5)),
        ("%", "Dmnl", Fraction(1, 100)),
        ("fraction", "percent", 100),
        ("% per year", "1/Month", Fraction(1, 1200)),
        ("‰", "1", Fraction(1, 1000)),
        ("kt CO2", "tons CO2", 1000),
        ("GtC", "MtC", 1000),
        ("cases/day", "Cases/Week", 7),
        ("million widgets", "widget", 10**6),
        ("person-years", "person*year", 1),
        ("inhabitants/km²", "people/ha", Fraction(1, 100)),
        ("t/a", "tonnes per year", 1),
        ("Mt", "million tons", 1),
        ("Mio. EUR", "€", 10**6),
        ("yi yuan/Year", "wan yuan/Month", Fraction(10**4, 12)),
    ],
)
def test_prefixes_and_names_are_read_in_every_spelling(found: str, wanted: str, factor: int | Fraction) -> None:
    """Each factor is exact, whoever wrote the unit."""
    assert convert_unit(found, wanted).factor == factor
    assert convert_unit(wanted, found).factor == 1 / Fraction(factor)


@pytest.mark.parametrize(
    ("found", "wanted", "words"),
    [
        ("person", "tonne", "left over"),
        ("", "person", "dimensionless"),
        ("euro", "$", "left over"),
        ("mt", "tonne", "metric tons or million tonnes"),
        ("pounds", "kg", "pounds sterling or"),
        ("¥", "yuan", "yuan or yen"),
        ("kt CO2", "tonne", "left over"),
        ("2010=100", "Dmnl", "left over"),
        ("a//b", "a", "cannot be read"),
        ("yuan", "yuan/Year", "the first is an amount, the second a flow"),
        ("m^(1/2)*s", "m", "cannot be read"),
        ("x" * 400, "m", "letters"),
    ],
)
def test_what_cannot_be_known_is_refused_and_said(found: str, wanted: str, words: str) -> None:
    """Money is not exchanged, and no factor is guessed."""
    with pytest.raises(UnitError, match=words):
        convert_unit(found, wanted)


def test_capitals_tell_milli_from_mega() -> None:
    """A milligram is a billionth of a megagram."""
    assert convert_unit("Mg", "mg").factor == 10**9
    assert convert_unit("mwh", "kWh").factor == 1000  # nobody means milliwatt hours
    assert convert_unit("mt/Year", "MT / year").changes_nothing  # one name, whatever it is


def test_a_flow_and_an_amount_meet_over_a_stated_period() -> None:
    """Three yuan in each month are 36 yuan a year; a flow of 36 a year is 3 in a month."""
    assert convert_unit("yuan", "yuan/Year", period="Month").factor == 12
    assert convert_unit("yuan/Year", "yuan", period="Month").factor == Fraction(1, 12)
    assert "flow per Year" in str(convert_unit("yi yuan", "yuan/Year", period="Year"))


def test_fixed_points_of_temperature() -> None:
    """Water freezes at 32 °F, 0 °C and 273.15 K, and boils at 212 °F and 100 °C."""
    fahrenheit = np.array([32.0, 212.0, -40.0])
    assert convert_unit("°F", "°C")(fahrenheit) == pytest.approx([0.0, 100.0, -40.0], abs=1e-12)
    assert convert_unit("degrees celsius", "K")(np.array([0.0])) == pytest.approx([273.15])
    assert convert_unit("W/K", "kW/K").factor == Fraction(1, 1000)


def test_one_unit_leaves_every_number_bit_for_bit() -> None:
    """The very array comes back."""
    values = np.array([0.1, 1 / 3])
    assert convert_unit("wan person", "Wan_Person")(values) is values


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from([("yi yuan", "yuan"), ("kg", "lb"), ("°F", "K")]))
def test_there_and_back_is_the_same(value: float, units: tuple[str, str]) -> None:
    """A conversion and its inverse undo one another."""
    there, back = convert_unit(*units), convert_unit(*reversed(units))
    assert back(there(np.array([value])))[0] == pytest.approx(value, rel=1e-12, abs=1e-9)


def test_the_words_of_a_model_stand_before_what_is_known() -> None:
    """Synonyms and equations of the file are used, also names with signs in them."""
    own = Lexicon(
        [["100 million yuan", "yy"], ["wt", "10k persons"], ["mt", "tonne"], ["blob", "big-blob"]],
        {"wz": "10*yuan/person"},
    )
    assert convert_unit("yi yuan/Year", "yy/Month", own).factor == Fraction(1, 12)
    assert convert_unit("万人", "wt", own).factor == 1
    assert convert_unit("kg", "mt", own).factor == Fraction(1, 1000)
    assert convert_unit("big-blob/Year", "blob/Year", own).factor == 1
    assert convert_unit("wz", "yuan/people", own).factor == 10


def test_a_unit_that_is_made_of_itself_is_refused() -> None:
    """The file's fault is said; nothing runs for ever."""
    with pytest.raises(UnitError, match="by itself"):
        convert_unit("a", "m", Lexicon((), {"a": "b*m", "b": "a"}))


def test_a_conversion_says_what_it_rests_on() -> None:
    """What readers take for different numbers is named."""
    assert str(convert_unit("yi yuan", "wan yuan")) == "1 yi yuan = 10000 wan yuan; yi = 10^8; wan = 10^4"
    assert "a year has 365.25 days" in convert_unit("t/Year", "t/day").reasons
    assert "years of prices are not compared" in convert_unit("2005 US$", "$").reasons
    assert str(Conversion("", "")) == "no unit is no unit"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No unit of a stranger's table ends in a traceback, and none that is read turns a number round."""
    try:
        found = convert_unit(text, "person")
    except UnitError as refused:
        assert str(refused)
    else:
        assert found.factor > 0
