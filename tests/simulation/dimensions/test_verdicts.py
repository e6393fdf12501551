"""Small models in both formats with verdicts worked by hand: no false "clean", no false "error"."""

from pathlib import Path

import pytest

from rcsd.simulation.dimensions import check_units
from rcsd.simulation.reader import read
from tests.simulation.dimensions.written import Written, models

CLEAN, FAULTY = models("clean.toml"), models("faulty.toml")


def test_there_are_both_kinds_in_both_formats() -> None:
    """A list that lost its models would prove nothing."""
    assert len(CLEAN) + len(FAULTY) > 30
    assert {each.format for each in CLEAN} == {each.format for each in FAULTY} == {"vensim", "xmile"}


@pytest.mark.parametrize("written", CLEAN, ids=lambda each: each.name)
def test_nothing_is_found_where_units_fit(written: Written, tmp_path: Path) -> None:
    """Each equation was worked by hand; the reason stands beside it."""
    assert check_units(read(written.save(tmp_path))) == (), written.why


@pytest.mark.parametrize("written", FAULTY, ids=lambda each: each.name)
def test_what_a_hand_finds_is_found_and_nothing_else(written: Written, tmp_path: Path) -> None:
    """The equations at fault, each with its grade, its line, both units, and the likely cause."""
    path = written.save(tmp_path)
    found = check_units(read(path))
    assert {each.variable or "model": each.grade for each in found} == written.finds, (written.why, found)
    assert len(found) == len(written.finds)
    lines = path.read_text(encoding="utf-8").splitlines()
    for each in found:
        assert each.cause
        if each.variable:
            assert each.line is not None
            assert each.variable in lines[each.line - 1]
            assert str(each).startswith(f"{each.grade}: line {each.line}: {each.variable}: ")
    assert not written.cause or any(written.cause in each.cause for each in found), [each.cause for each in found]
