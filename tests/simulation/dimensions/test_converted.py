"""Units survive a change of format: what fits in a Vensim file fits in the XMILE file written of it."""

from pathlib import Path

import pytest

from rcsd.simulation.conversion import convert
from rcsd.simulation.dimensions import check_units
from rcsd.simulation.reader import read
from tests.simulation.dimensions.written import Written, models

WITHOUT_WORDS = {"tables", "delays", "arrays"}
"""Models with functions that XMILE has none for, or a variable that is called as one."""
CONVERTED = [each for each in models("clean.toml") if each.format == "vensim" and each.name not in WITHOUT_WORDS]


@pytest.mark.parametrize("written", CONVERTED, ids=lambda each: each.name)
def test_a_clean_model_is_clean_in_the_other_format(written: Written, tmp_path: Path) -> None:
    """Synonyms, the unit of time and every unit go along; the reader of the other format makes the same of them."""
    target = tmp_path / "other.xmile"
    convert(written.save(tmp_path), target)
    assert check_units(read(target)) == ()
