"""Indicator files: what they may say, and how their faults are told."""

import re

import pytest

from rcsd.errors import IndicatorError, SeriesError
from rcsd.papers.resilience import load_indicators


def line_of(path, text):
    """Return the one-based line on which a text stands."""
    return next(n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if text in line)


def test_a_sound_file_is_read(towns):
    """Cities, systems, indicators, those that are missing, and the rule of each after the data."""
    indicators, table = load_indicators(towns())
    assert dict(indicators.cities) == {"east": "East", "west": "West"}
    assert [each.code for each in indicators.present] == ["I1", "I2", "I3"]
    assert [(each.code, each.missing) for each in indicators.missing] == [("I4", "nobody counts it")]
    assert [each.later for each in indicators.present] == ["model", "hold", "trend"]
    assert table.years.tolist() == [2000, 2001, 2002, 2003]
    assert table.values["debt"].tolist() == [[4, 4, 2, 2], [1, 2, 4, 6]]


def test_the_folder_will_do(towns):
    """A folder stands for the file in it."""
    assert load_indicators(towns().parent)[0].title == "Two towns"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('"income / people"', '"income / "', "income / ", "cannot be read at '/', column 8"),
        ('"income / people"', '"incom / people"', "incom ", "no series 'incom'; did you mean 'income'"),
        ('"income / people"', '"shanon(debt, income)"', "shanon", "did you mean 'shannon'"),
        ('"income / people"', '"income + people"', "income +", "different units, 'yuan' and 'person'"),
        ('"income / people"', '"2 * 3"', "2 \\* 3", "names no series"),
        ('system = "S1"', 'system = "S3"', 'system = "S3"', "there is no system 'S3'; there are S1, S2"),
        ('"lower"', '"down"', "down", "'down' is none of higher, lower"),
        ('unit = "yuan/person"', 'unit = "yuan"', 'unit = "yuan"', "comes out in 'yuan/person', not in 'yuan'"),
        ('unit = "yuan/person"', 'unit = "yuan//person"', "yuan//person", "cannot be read"),
        ('unit = "yuan/person"\n', "", "indicators.I1", "unit: is required: add it"),
        ('source = "this test"\n', "", "indicators.I1", "source: is required"),
        ("[indicators.I2]", "[indicators.I1]", None, "the code 'I1' stands here for the second time"),
        ('missing = "nobody counts it"', "", "indicators.I4", "needs either a formula or"),
        ('forecast = "trend"', 'forecast = "trends"', "trends", "did you mean 'trend'"),
        ("[indicators.I3]\n", '[indicators.I3]\nformulae = "x"\n', "formulae", "no such key; did you mean 'formula'"),
        ('east = "East"', 'esat = "East"', "esat", "no city 'esat'; did you mean 'west' or 'east'"),
        ("years = [2001, 2003]", "years = [1999, 2003]", "years", "the data cover 2000 to 2003"),
        ("years = [2001, 2003]", "years = 2001", "years", "first and the last year"),
        ("last = 2005", "last = 2003", "last = 2003", "must be a year after the assessed ones"),
        ("hold_years = 2", "hold_years = 0", "hold_years", "whole number from 1 on"),
        ('S2 = "Hope"', 'S2 = "Hope"\nS5 = "Fear"', "S5", "it has no indicator"),
        ('odd = "drop"', 'odd = "weigh"', "odd", "none of keep, drop"),
        ("[flags]", "[flag]", "flag", "no such key; did you mean 'flags'"),
        ('title = "Two towns"', "title = Two towns", None, "not valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_remedy(towns, old, new, at, message):
    """File, line, key and what would be right."""
    path = towns((old, new))
    with pytest.raises(IndicatorError, match=message) as caught:
        load_indicators(path)
    line = re.search(rf"{re.escape(str(path))}:(\d+)", str(caught.value))
    assert line is not None
    if at is not None:
        assert f"{path}:{line_of(path, at.replace(chr(92), ''))}: " in str(caught.value)


def test_a_duplicate_code_names_its_line(towns):
    """The second table, not the first."""
    path = towns(("[indicators.I2]", "[indicators.I1]"))
    with pytest.raises(IndicatorError) as caught:
        load_indicators(path)
    second = [n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line == "[indicators.I1]"][1]
    assert caught.value.line == second


def test_all_faults_are_told_at_once(towns):
    """Three in one message, in the order of the file."""
    path = towns(('"income / people"', '"incom"'), ('"lower"', '"down"'), ('system = "S2"', 'system = "S9"'))
    with pytest.raises(IndicatorError, match="3 fault") as caught:
        load_indicators(path)
    found = [int(n) for n in re.findall(rf"{re.escape(str(path))}:(\d+)", str(caught.value))]
    assert found[-3:] == sorted(found[-3:])


def test_a_flag_without_a_rule_is_refused(towns):
    """A doubt is never silently ignored; a rule drops the cell."""
    strange = towns(data=lambda lines: [line + "strange" if "debt,2002" in line else line for line in lines])
    with pytest.raises(IndicatorError, match='cells flagged \'strange\': add strange = "keep" or "drop"'):
        load_indicators(strange)
    dropped = towns(data=lambda lines: [line + "odd" if "east,debt,2002" in line else line for line in lines])
    table = load_indicators(dropped)[1]
    assert table.values["debt"][0].tolist()[:2] == [4, 4]
    assert table.values["debt"][0, 2] != table.values["debt"][0, 2]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda lines: [*lines, "east,debt,2003,1,yuan,"], "has 2003 twice"),
        (lambda lines: [*lines, "east,debt,2004,much,yuan,"], "is not a number"),
        (lambda lines: [*lines, "North End,debt,2004,1,yuan,"], "must be of small letters"),
        (lambda lines: [*lines, "east,debt,2004,1,dollar,"], "is in 'dollar' here but in 'yuan' in line"),
        (lambda lines: [*lines, "east,debt,2004"], "3 cells instead of the 6"),
        (lambda lines: ["city,serie,year,value,unit,flag", *lines[1:]], "column 'serie' is unknown"),
        (lambda lines: lines[:1], "no data"),
    ],
)
def test_a_faulty_table_is_told_with_its_line(towns, edit, message):
    """The data's own faults."""
    with pytest.raises(SeriesError, match=message):
        load_indicators(towns(data=edit))


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000])
def test_a_file_that_is_not_there(name):
    """No traceback for a path that no system can have."""
    with pytest.raises(IndicatorError, match="no such indicator file"):
        load_indicators(name)
