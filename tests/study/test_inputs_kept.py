"""The folder of a study's results holds all that it was made from, described so that other programs understand it."""

import csv
import json
import shlex
import tomllib
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from rcsd.files import file_sha256
from rcsd.study import find_study, load_study, run_study
from rcsd.study.graph.keys import Keys
from rcsd.study.graph.provenance import hashes
from rcsd.study.graph.request import Request
from rcsd.study.made.folder import whole_study
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.loops import LOOPS
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.written.command import repeat_all, repeat_command
from rcsd.study.written.crate import CRATE
from rcsd.study.written.inputs import inputs_of, study_at, write_inputs
from rcsd.study.written.locked import locked
from tests.growth import STUDY, write_growth_model, write_growth_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the results of a quick study whose file has a comment."""
    home = tmp_path_factory.mktemp("home")
    path = write_growth_study(home)
    path.write_text(f"# why it grows\n{path.read_text('utf-8')}", "utf-8")
    (home / "SOURCES.md").write_text("A yearbook.\n", "utf-8")
    run_study(load_study(path), out=home / "out", quick=True)
    return home / "out" / "growth"


def test_a_study_that_extends_a_base_file_is_kept_whole(tmp_path: Path) -> None:
    """Jixi's file, its base merged in, its model and the names of its loops ask the same: kept steps are its own."""
    jixi = load_study("jixi")
    write_inputs(inputs_of(jixi), tmp_path)
    copy = load_study(study_at(tmp_path))
    assert copy.model.path.is_relative_to(tmp_path)
    assert "extends" not in tomllib.loads(copy.path.read_text("utf-8"))
    assert hashes(copy) == hashes(jixi)
    for step in (CALIBRATE, BACKTEST, SCENARIOS, LOOPS):
        assert Keys(copy, Request()).of(step) == Keys(jixi, Request()).of(step)


def test_what_needs_no_change_keeps_its_comments(folder: Path) -> None:
    """Inputs are byte for byte what was read, the page of sources and the versions with them."""
    home, inputs = folder.parents[1], folder / "inputs"
    names = ("study.toml", "observed.csv", "growth.mdl", "SOURCES.md")
    for name in names:
        assert (inputs / name).read_bytes() == (home / name).read_bytes()
    assert {path.name for path in inputs.iterdir()} == {*names, "requirements.txt"}
    lock = locked((inputs / "requirements.txt").read_text("utf-8"))
    assert {"rcsd", "numpy", "pydantic-core"} < set(lock)


def test_a_model_elsewhere_has_a_folder_of_its_own(tmp_path: Path) -> None:
    """Two files of one name, the study's data and what lies beside the model, do not meet."""
    (tmp_path / "models").mkdir()
    write_growth_model(tmp_path / "models")
    write_growth_study(tmp_path)
    (tmp_path / "growth.mdl").unlink()
    path = tmp_path / "study.toml"
    path.write_text(STUDY.replace('"growth.mdl"', '"models/growth.mdl"'), "utf-8")
    assert set(whole_study(load_study(path))) == {"study.toml", "observed.csv", "model/growth.mdl"}


def test_what_an_earlier_run_read_goes(folder: Path, tmp_path: Path) -> None:
    """A folder of inputs that has more than this study would pass for its own; somebody's own file there stays."""
    study = load_study(folder.parents[1] / "study.toml")
    home = tmp_path / "growth"
    for name in ("model/old.mdl", "notes/own.txt", "survey.xlsx"):
        (home / "inputs" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "inputs" / name).write_text("", "utf-8")
    old = {"@id": "inputs/model/old.mdl", "@type": "File", "sha256": ""}
    (home / CRATE).write_text(json.dumps({"@graph": [{"@id": "./", "@type": "Dataset"}, old]}), "utf-8")
    for _ in range(2):  # what is there is described by neither run
        run_study(study, out=tmp_path, quick=True)
    there = {path.relative_to(home / "inputs").as_posix() for path in (home / "inputs").rglob("*") if path.is_file()}
    assert there == {*inputs_of(study), "notes/own.txt", "survey.xlsx"}
    assert not (home / "inputs" / "model").exists()


def test_a_study_file_of_another_name_is_named_by_the_command_that_repeats_it(tmp_path: Path) -> None:
    """A folder of inputs without a study.toml is no study."""
    path = write_growth_study(tmp_path)
    study = load_study(path.rename(path.with_name("my growth.toml")))
    result = run_study(study, out=tmp_path / "out", quick=True)
    said = shlex.split(repeat_command(result))
    assert said == ["rcsd", "study", "inputs/my growth.toml", "--out", "again", "--quick"]
    assert hashes(load_study(study_at(tmp_path / "out" / "growth" / said[2]))) == hashes(study)
    every = shlex.split(repeat_all([result]))
    assert hashes(load_study(study_at(tmp_path / "out" / every[2]))) == hashes(study)


def test_a_folder_of_results_is_found_where_no_study_is_named_so(folder: Path, tmp_path: Path) -> None:
    """A study file of the folder's own comes first, and a name that comes with the package."""
    assert study_at(folder) == folder / "inputs" / "study.toml"
    assert study_at(folder.parents[1]) == folder.parents[1] / "study.toml"
    assert study_at("jixi") == find_study("jixi")


def test_every_file_is_described_with_its_hash_and_its_size(folder: Path) -> None:
    """A reader of RO-Crate that is not ours finds each file of the folder, but for kept steps, and the command."""
    crate = ROCrate(folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    described = {entity.id: entity for entity in crate.data_entities}
    assert set(described) == {name for name in files if name != CRATE and not name.startswith("steps/")}
    for name, entity in described.items():
        assert entity["sha256"] == file_sha256(folder / name)
        assert int(entity["contentSize"]) == (folder / name).stat().st_size
        assert entity["description"] and "/" in entity["encodingFormat"]
    run = crate.dereference("#run")
    assert run["name"] == json.loads((folder / "manifest.json").read_text("utf-8"))["command"]
    assert run["name"] == "rcsd study inputs --out again --quick"
    assert {each.id for each in run["object"]} == {name for name in files if name.startswith("inputs/")}
    # what RO-Crate 1.2 insists on of the folder itself
    assert all(crate.root_dataset[key] for key in ("name", "description", "datePublished", "license"))


def test_simulated_stands_beside_observed(folder: Path) -> None:
    """Each cell with its weight and window: 2000 sets the initial stock, and the last three years are held out."""
    with (folder / "compared.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [int(row["time"]) for row in rows] == list(range(2000, 2014))
    for n, row in enumerate(rows):
        assert float(row["observed"]) == 100 * 1.12**n
        assert float(row["simulated"]) == pytest.approx(100 * 1.12**n, rel=1e-5)
    assert [float(row["weight"]) for row in rows] == [0.0] + [1.0] * 13
    assert [row["window"] for row in rows] == ["fit"] * 11 + ["holdout"] * 3
