"""All that is wrong with a study, at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
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


def test_a_table_that_need_not_be_there_hides_no_other(tmp_path: Path) -> None:
    """A misspelt key of [study] and a faulty [posterior] are told with what the model lacks."""
    text = STUDY.replace("seed = 1", "seed = 1\ncolour = 2") + "[posterior]\nruns = 1\n"
    said = " ".join(map(str, check_study(written(tmp_path, text))))
    for word in ("study.colour", "posterior.runs", "'Birth'"):
        assert word in said


def test_an_array_in_another_unit_is_one_fault(tmp_path: Path) -> None:
    """Its elements have its unit."""
    array = "Place: here, there ~~|\nShare[Place]= 0.3, 0.6 ~ Dmnl ~|\n"
    text = STUDY.replace('"Birth"', '"Births"')
    text += '[parameters.Share]\nlower = 0\nupper = 1\nunit = "person"\nsource = "assumed"\n'
    folder = written(tmp_path, text)
    model = folder / "small.mdl"
    model.write_text(model.read_text("utf-8").replace("{UTF-8}", "{UTF-8}\n" + array, 1), "utf-8")
    (fault,) = check_study(folder)
    assert "1 fault(s)" in str(fault)
    assert "'Share[here]' of the model in 'Dmnl'" in str(fault)


@pytest.mark.parametrize(("kind", "value"), [("relative", "0"), ("log-normal", "-3"), ("poisson", "-3")])
def test_a_cell_that_its_kind_cannot_have_is_one_fault(tmp_path: Path, kind: str, value: str) -> None:
    """Its date and the ways out are said, once."""
    error = "" if kind == "poisson" else "\nerror = 0.05"
    text = STUDY.replace('"Birth"', '"Births"').replace("\nerror = 0.05", f'\nkind = "{kind}"{error}', 1)
    folder = written(tmp_path, text)
    data = folder / "observed.csv"
    data.write_text(data.read_text("utf-8").replace("people,3,1003", f"people,3,{value}"), "utf-8")
    (fault,) = check_study(folder)
    assert "1 fault(s)" in str(fault)
    assert f"is {value} in 3" in str(fault)


def test_model_and_data_are_looked_at_whatever_the_file(tmp_path: Path) -> None:
    """Where the study file cannot be read further, faults of its data are still told."""
    found = check_study(written(tmp_path, STUDY.replace("fit = [0, 9]", "fit = 3"), unit="per(son"))
    assert any("fit" in str(each) for each in found)
    assert any("per(son" in str(each) for each in found)
