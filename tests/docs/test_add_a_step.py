"""The page "Add a step" holds: two new files, and the step is in the results, in a table and on the page."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import files_of, write_files
from tests.places import ROOT

pytestmark = pytest.mark.process

RUN = "from rcsd.cli import main; main()"


def run(*words: str | Path, path: str, folder: Path) -> None:
    """Run the command line of the package that stands first on a path, in a folder that holds no other one."""
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", RUN, *map(str, words)]
    ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
def test_two_new_files_make_a_step(tmp_path, growth_study):
    """In a copy of the package: the year of the largest error is 2013, where 1.12^n is fitted by 12 % a year."""
    shutil.copytree(ROOT / "rcsd", tmp_path / "copy" / "rcsd", ignore=shutil.ignore_patterns("__pycache__"))
    files = files_of("how-to/add-a-step.md")
    assert len(files) == 2
    write_files(files, tmp_path / "copy")
    run("study", growth_study, "--quick", "--out", tmp_path / "out", path=str(tmp_path / "copy"), folder=tmp_path)
    folder = tmp_path / "out" / "growth"
    entry = json.loads((folder / "result.json").read_text(encoding="utf-8"))["worst_year"]["stock"]
    with (folder / "worst_year.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["series"], int(row["year"]), float(row["error_percent"])) == ("stock", entry["year"], entry["error"])
    assert abs(entry["error"]) < 0.1
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Worst years" in page
    assert f'<td class=" number">{entry["year"]}</td>' in page


@pytest.mark.slow
def test_a_plugin_of_two_files_brings_a_table_of_its_own(tmp_path, growth_study):
    """The stock of 100 that grows by 12 % a year exceeds 200 first in 2007, and the page says so."""
    files = files_of("how-to/write-a-plugin.md")
    addition, project = files.pop("study.toml"), files.pop("pyproject.toml")
    assert len(files) == 2
    site = tmp_path / "site"
    write_files(files, site)
    installed = site / "rcsd_threshold-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: rcsd-threshold\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(entry_points(project))
    table = addition.replace('"GDP"', '"Stock"').replace("300.0", "200.0")
    growth_study.write_text(growth_study.read_text(encoding="utf-8") + table, encoding="utf-8")
    run("study", growth_study, "--quick", "--out", tmp_path / "out", path=f"{site}{os.pathsep}{ROOT}", folder=tmp_path)
    folder = tmp_path / "out" / "growth"
    found = json.loads((folder / "result.json").read_text(encoding="utf-8"))["threshold"]
    assert found == {"variable": "Stock", "above": 200.0, "time": 2007.0}
    assert "Stock first exceeds, in 2007, 200." in (folder / "index.html").read_text(encoding="utf-8")


def entry_points(project: str) -> str:
    """Write the entry points of a pyproject.toml as an installer does."""
    groups = tomllib.loads(project)["project"]["entry-points"]
    return "\n".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in groups.items()
    )
