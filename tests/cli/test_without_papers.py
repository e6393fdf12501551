"""The general tool stands alone: without the papers it lists, runs and studies a model of another field."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rcsd as package

pytestmark = pytest.mark.process

PACKAGE = Path(package.__file__).parent


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return a folder with rcsd less `rcsd/papers`, installed as a distribution that declares no plug-in."""
    folder = tmp_path_factory.mktemp("site")
    left_out = shutil.ignore_patterns("papers", "_data", "__pycache__")
    shutil.copytree(PACKAGE, folder / "rcsd", ignore=left_out)
    metadata = folder / f"rcsd-{package.__version__}.dist-info"
    metadata.mkdir()
    text = f"Metadata-Version: 2.1\nName: rcsd\nVersion: {package.__version__}\n"
    (metadata / "METADATA").write_text(text, encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[console_scripts]\nrcsd = rcsd.cli:main\n", encoding="utf-8")
    return folder


@pytest.fixture
def alone(site, tmp_path):
    """Return a function that runs Python with that rcsd in the place of the installed one."""

    def run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(site)},
        )

    return run


PROGRAM = "from rcsd.cli import main; main()"


def test_it_is_the_copy_that_runs(alone, site):
    """The tests below prove something only if the installed package, with its papers, stays out of the way."""
    code = "import rcsd, importlib.util as u; print(rcsd.__file__); print(u.find_spec('rcsd.papers'))"
    where, papers = alone(code).stdout.splitlines()
    assert Path(where).parent == site / "rcsd"
    assert papers == "None"


def test_every_module_can_be_imported(alone):
    """No module of the general tool imports a paper."""
    code = (
        "import importlib, pkgutil, rcsd\n"
        "names = [each.name for each in pkgutil.walk_packages(rcsd.__path__, 'rcsd.')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names))"
    )
    done = alone(code)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


def test_its_help_has_no_papers(alone):
    """Two headings are left, and no warning tells of what is not there."""
    done = alone(PROGRAM, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nModel:\n" in done.stdout
    assert "\nStudy:\n" in done.stdout
    assert "Papers" not in done.stdout
    assert "coevolution" not in done.stdout


def test_it_brings_no_models_and_no_studies(alone):
    """The resource cities' come with the papers."""
    listed = alone(PROGRAM, "study", "--list", "--json")
    assert json.loads(listed.stdout) == {"studies": []}
    refused = alone(PROGRAM, "run", "resource_city")
    assert refused.returncode == 2
    assert refused.stderr.startswith("rcsd: error: there is no model 'resource_city'; give the path of a file")


def test_it_runs_a_model(alone, growth_model, tmp_path):
    """A stock of 100 that grows by a tenth a year stands at 100 x 1.1^13 after 13 years."""
    done = alone(PROGRAM, "run", growth_model, "--csv", "run.csv")
    assert done.returncode == 0, done.stderr
    rows = [line.split(",") for line in (tmp_path / "run.csv").read_text("utf-8").splitlines()]
    last = dict(zip(rows[0], rows[14], strict=True))
    assert float(last["Stock"]) == pytest.approx(100 * 1.1**13)


@pytest.mark.slow
def test_it_studies_a_model(alone, growth_study, tmp_path):
    """From the series to the report: the growth rate that made them, 0.12, is found."""
    done = alone(PROGRAM, "study", growth_study, "--quick", "--out", "out")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "growth"
    document = json.loads((folder / "result.json").read_text("utf-8"))
    assert document["parameters"]["Growth Rate"]["estimate"] == pytest.approx(0.12, abs=1e-4)
    assert "data:image/svg+xml" in (folder / "index.html").read_text("utf-8")
