"""Results that are what they say pass; whatever is changed in their folder is found, where it is."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from typer.testing import Result

from rcsd.errors import StudyError
from rcsd.files import file_sha256
from rcsd.study.written.crate import CRATE
from rcsd.workbench.audit.numbers import compared_entries
from rcsd.workbench.audit.outcome import Verification
from rcsd.workbench.audit.verifying import verify
from rcsd.workbench.study import Study
from tests.conftest import leave_undrawn
from tests.growth import write_growth_study
from tests.workbench.conftest import make_growth

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the results of a study that was read."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_undrawn(monkeypatch)
        return Study.read(write_growth_study(home)).run(out=home / "out", quick=True).folder


@pytest.fixture
def copy(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of it elsewhere, under another name."""
    return Path(shutil.copytree(finished, tmp_path / "else where" / "kept"))


def faulty(found: Verification) -> set[str]:
    """Name the parts that are not right."""
    return {part.name for part in found.parts if part.faults}


def described_anew(folder: Path, name: str) -> None:
    """Write the SHA-256 of a file as it is now into the description, as somebody would who hides a change."""
    crate = json.loads((folder / CRATE).read_text("utf-8"))
    entry = next(each for each in crate["@graph"] if each["@id"] == name)
    entry["sha256"] = file_sha256(folder / name)
    (folder / CRATE).write_text(json.dumps(crate), "utf-8")


def replaced(path: Path, old: str, new: str) -> None:
    """Change a text in a file, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_untouched_copy_elsewhere_is_right_to_the_last_digit(copy: Path) -> None:
    """Nothing in the folder names the place where it was made, and nothing in it is changed by a verification."""
    before = {path: file_sha256(path) for path in copy.rglob("*")}
    found = verify(copy)
    assert found.faults == ()
    assert found.software == ()
    assert all(part.close == 0 for part in found.parts)
    assert {"files", "inputs", "result.json: series", "simulated.csv", "manifest.json"} < {p.name for p in found.parts}
    assert sum(part.equal for part in found.parts) > 500
    assert {path: file_sha256(path) for path in copy.rglob("*")} == before


def test_a_changed_cell_is_found_though_its_description_is_changed_with_it(copy: Path) -> None:
    """The hash of the data in the manifest is another, and so is the fit to it."""
    replaced(copy / "inputs" / "observed.csv", "stock,2005,176.", "stock,2005,177.")
    found = verify(copy, rerun=False)
    assert [fault.split(" is not")[0] for fault in found.faults] == ["inputs/observed.csv"]
    described_anew(copy, "inputs/observed.csv")
    assert verify(copy, rerun=False).passed
    again = verify(copy)
    assert {"inputs", "result.json: parameters", "parameters.csv", "compared.csv"} <= faulty(again)
    assert "the data is not the one of the results" in again.faults


def test_a_changed_parameter_is_found(copy: Path) -> None:
    """Its bounds in the study file decide the fit, and stand in the table of parameters."""
    replaced(copy / "inputs" / "study.toml", "upper = 0.5", "upper = 0.6")
    described_anew(copy, "inputs/study.toml")
    found = verify(copy)
    assert "the study is not the one of the results" in found.faults
    assert {"inputs", "parameters.csv"} <= faulty(found)


def test_a_changed_number_of_the_page_is_found(copy: Path) -> None:
    """One that states its place is held to result.json, and any other to the page drawn anew."""
    page = copy / "index.html"
    fact = re.search(r'<data value="([^"]*)" data-at="/runs/total">([^<]*)</data>', page.read_text("utf-8"))
    assert fact is not None
    replaced(page, fact[0], fact[0].replace(f">{fact[2]}<", ">1<"))
    described_anew(copy, "index.html")
    found = verify(copy, rerun=False)
    assert faulty(found) == {"printed numbers"}
    # somebody who changes what programs read as well
    replaced(page, f'value="{fact[1]}" data-at="/runs/total">1<', 'value="1" data-at="/runs/total">1<')
    described_anew(copy, "index.html")
    assert faulty(verify(copy, rerun=False)) == {"printed numbers"}
    replaced(page, '<data value="1" data-at="/runs/total">1</data>', "1")
    described_anew(copy, "index.html")
    assert faulty(verify(copy)) == {"index.html, drawn anew"}


def test_a_changed_value_of_the_result_is_found(copy: Path) -> None:
    """Also in its last digit, and whatever the description says."""
    result = copy / "result.json"
    document = json.loads(result.read_text("utf-8"))
    value = document["parameters"]["Growth Rate"]["estimate"]
    replaced(result, repr(value), repr(float(np.nextafter(value, 1))))
    described_anew(copy, "result.json")
    close = verify(copy)
    assert [part.close for part in close.parts if part.name == "result.json: parameters"] == [1]
    exact = verify(copy, tolerance=0)
    assert "result.json: parameters" in faulty(exact)


def test_only_the_speed_of_all_runs_is_exempt_whatever_a_series_is_called() -> None:
    """Two runs share no speed; a series or a parameter named after a wall time is compared as any other."""
    kept = {"runs": {"total": 3, "per_second": 10.0}, "series": {"seconds": {"mape": 1.0}, "reused": 2.0}}
    again = {"runs": {"total": 3, "per_second": 11.0}, "series": {"seconds": {"mape": 1.5}, "reused": 3.0}}
    runs, series = compared_entries(kept, again, 1e-6)
    assert (runs.equal, runs.faults) == (1, ())
    assert [fault.split(" is ")[0] for fault in series.faults] == ["/series/seconds/mape", "/series/reused"]


def test_a_swapped_model_is_found(copy: Path) -> None:
    """A model of another step is another model, though the study reads it."""
    model = copy / "inputs" / "growth.mdl"
    replaced(model, "TIME STEP = 1\n", "TIME STEP = 0.5\n")
    described_anew(copy, "inputs/growth.mdl")
    found = verify(copy)
    assert "the model is not the one of the results" in found.faults
    assert "result.json: parameters" in faulty(found)


@pytest.mark.parametrize("name", ["simulated.csv", "inputs/growth.mdl", "manifest.json", CRATE, "index.html"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    """Whether it was made, read, or describes the others."""
    (copy / name).unlink()
    found = verify(copy, rerun=name.startswith("inputs"))
    assert f"{name} is missing" in found.faults


def test_a_changed_figure_is_found(copy: Path) -> None:
    """A picture is held to the one that is drawn anew."""
    figure = next(iter(sorted((copy / "figures").glob("*.svg"))))
    figure.write_bytes(figure.read_bytes() + b"<!-- another -->")
    name = f"figures/{figure.name}"
    described_anew(copy, name)
    assert f"{name} is not the one drawn anew" in verify(copy).faults


def test_a_changed_run_is_found(copy: Path) -> None:
    """A netCDF file of other bytes but the same values is the same run, one of other values is not."""
    path = copy / "ensemble.nc"
    with xr.open_dataset(path, engine="h5netcdf") as dataset:
        again = dataset.load()
    for change, expected in ((0.0, (1, ())), (1e-3, (0, ("ensemble.nc is not the one of the new run",)))):
        (again * (1 + change) if change else again).to_netcdf(path, engine="h5netcdf", format="NETCDF4")
        described_anew(copy, "ensemble.nc")
        [part] = [part for part in verify(copy).parts if part.name == "other files"]
        assert (part.close + part.equal, part.faults) == expected


def test_a_study_made_in_code_and_one_on_pysd_are_verified(tmp_path: Path) -> None:
    """What stands in no file is written down, and PySD repeats its runs."""
    model = tmp_path / "model"
    model.mkdir()
    for name, more in (("made", {}), ("pysd", {"study": {"backend": "pysd"}})):
        done = make_growth(model, name=name, **more).run(out=tmp_path / "out", quick=True)
        assert (done.folder / "inputs" / "model" / "growth.mdl").is_file()
        found = verify(done.folder)
        assert found.faults == ()
        assert found.study == name


def test_results_are_a_study_that_finds_its_kept_steps(copy: Path) -> None:
    """`rcsd study out/NAME` reads the inputs, reuses all, and leaves the inputs as they are."""
    before = {path.name: path.read_bytes() for path in (copy / "inputs").iterdir()}
    home = copy.rename(copy.with_name("growth"))
    done = Study.read(home).run(out=home.parent, quick=True)
    assert all(step.reused for step in done.result.steps)
    assert {path.name: path.read_bytes() for path in (home / "inputs").iterdir()} == before
    assert verify(home).passed


def test_what_other_commands_leave_is_no_part_of_the_results(copy: Path) -> None:
    """A repetition in the folder, an analysis of another command, and notes; a figure of an earlier run goes."""
    home = copy.rename(copy.with_name("growth"))
    for name in ("again/growth/index.html", "sobol/all/reading.txt", "figures/of-old.svg"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("old", "utf-8")
    assert verify(home, rerun=False).notes[:1] == ("no part of the results: figures/of-old.svg",)
    Study.read(home).run(out=home.parent, quick=True)
    assert not (home / "figures" / "of-old.svg").exists()
    (home / "again" / "growth" / "index.html").write_text("new", "utf-8")
    assert verify(home, rerun=False).passed


def test_the_command_ends_with_1_where_something_is_not_right(rcsd: Callable[..., Result], copy: Path) -> None:
    """And with 0 where all is, with 2 where there is nothing to verify."""
    right = rcsd("verify", copy, "--no-rerun")
    assert (right.exit_code, right.output.splitlines()[-1]) == (0, "All is right.")
    (copy / "compared.csv").write_text("series\n", "utf-8")
    wrong = rcsd("verify", copy, "--no-rerun", "--json")
    assert wrong.exit_code == 1
    [found] = json.loads(wrong.stdout)["verified"]
    assert found["passed"] is False
    assert rcsd("verify", copy / "figures").exit_code == 2
    with pytest.raises(StudyError, match="no results of a study"):
        verify(copy.parent)
