"""All that is wrong with a study, at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from rcsd.study.file.checking import check_study
from tests.small_models import TOWN, write_model

STUDY = """
[study]
name = "town"
model = "small.mdl"
seed = 1
[windows]
fit = [0, 9]
[series.people]
variable = "Population"
error = 0.05
[series.births]
variable = "Birth"
error = 0.05
[parameters."Birth Rate"]
lower = 0.01
upper = 0.1
unit = "1/Year"
source = "assumed"
"""


def written(folder: Path, study: str, unit: str = "person") -> Path:
    """Write a study of a town."""
    write_model(folder, TOWN)
    (folder / "study.toml").write_text(study, "utf-8")
    rows = [f"people,{year},{1000 + year},{unit}," for year in range(10)]
    rows += [f"births,{year},{30 + year},person/Year," for year in range(10)]
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows]) + "\n", "utf-8")
    return folder


def test_nothing_is_wrong(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """A sound study has no fault, and the command says so and runs nothing."""
    folder = written(tmp_path, STUDY.replace('"Birth"', '"Births"'))
    assert check_study(folder) == ()
    done = rcsd("study", "--check", folder)
    assert done.exit_code == 0
    assert "nothing is wrong" in done.output
    assert not (tmp_path / "out").exists()


def test_one_cause_once(tmp_path: Path) -> None:
    """A unit that is wrong in ten lines is one fault."""
    (fault,) = check_study(written(tmp_path, STUDY.replace('"Birth"', '"Births"'), unit="per(son"))
    assert str(fault).count("per(son") == 1
    assert "1 fault(s)" in str(fault)
    assert "the same in every line to 11" in str(fault)


def test_a_fault_of_the_schema_hides_no_other(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """A misspelt key, an unknown variable and a wrong unit are told together."""
    more = '[parameters."Lifetime"]\nlower = 20\nupper = 80\nunit = "Yaer"\nsource = "assumed"\n'
    text = STUDY.replace("lower = 0.01", "lower = 0.01\nbound = 2") + more
    done = rcsd("study", "--check", written(tmp_path, text))
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "bound" in said
    assert "'Birth'" in said
    assert "Yaer" in said


def test_model_and_data_are_looked_at_whatever_the_file(tmp_path: Path) -> None:
    """Where the study file cannot be read further, faults of its data are still told."""
    found = check_study(written(tmp_path, STUDY.replace("fit = [0, 9]", "fit = 3"), unit="per(son"))
    assert any("fit" in str(each) for each in found)
    assert any("per(son" in str(each) for each in found)
