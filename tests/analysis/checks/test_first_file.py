"""The first file of checks holds for the model that it was written from, and for no other."""

from pathlib import Path

import pytest

from rcsd.analysis.checks import check_model
from rcsd.analysis.checks.file.writing import write_first_checks
from rcsd.errors import OutputError
from tests.small_models import EPIDEMIC, TOWN, write_model


def test_a_first_file_holds_for_its_model(tmp_path: Path) -> None:
    """What was written down is found again; each constant stands there at zero and tenfold, or as a comment."""
    model = write_model(tmp_path, TOWN)
    written = write_first_checks(model)
    assert written.path == tmp_path / "checks.toml"
    text = written.path.read_text("utf-8")
    assert written.n_cases + written.n_broken == 4
    assert "# Lifetime at zero: Deaths is not a finite number from time 0 on" in text
    assert check_model(model).findings == ()


def test_a_later_leak_is_found_by_the_first_file(tmp_path: Path) -> None:
    """The epidemic's three stocks conserve their sum, and the file says so: recovery into nowhere breaks it."""
    write_first_checks(write_model(tmp_path, EPIDEMIC))
    lost = {"Recovered": "INTEG (Cured, 0) ~ person", "Cured": "0.9*Recovery ~ person/Year"}
    result = check_model(write_model(tmp_path, EPIDEMIC | lost))
    assert [each.check for each in result.findings if each.check == "conserved"] == ["conserved"]


def test_a_sign_that_is_turned_later_is_found_by_the_first_file(tmp_path: Path) -> None:
    """Births that fall with the birth rate go against the directions that were written down."""
    write_first_checks(write_model(tmp_path, TOWN))
    turned = {"Births": "(0.06-Birth Rate)*Population ~ person/Year"}
    result = check_model(write_model(tmp_path, TOWN | turned))
    assert {each.check for each in result.findings if each.grade == "error"} >= {"extremes"}


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    """Nothing is written over what a modeller has declared."""
    model = write_model(tmp_path, TOWN)
    (tmp_path / "checks.toml").write_text("# mine\n", "utf-8")
    with pytest.raises(OutputError, match="a file of checks already"):
        write_first_checks(model)
    assert (tmp_path / "checks.toml").read_text("utf-8") == "# mine\n"
