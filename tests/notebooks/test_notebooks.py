"""The notebooks run from top to bottom."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.places import NOTEBOOKS

PRINTED = {
    "assessment": (
        "'mean index': {'jixi': 0.522",
        "'weights': {'A1': 0.236",
        "'other ways that keep the order': '19 of 22'",
        "'mining in value added of Jixi': (0.25, 0.213)",
        "'reached': True",
    ),
    "coevolution": ("kind='life cycle'", "'multiplier below 1': True", "'largest distance from the closed form': "),
    "digital_cluster": (
        "'path': 'full path'",
        "['conventional cluster', 'digital cluster', 'business ecosystem']",
        "Distance Discount ≤ 0.3",
        "'points': 5904, 'named alike by the model file': 1.0",
        "'largest distance from the closed form': ",
    ),
    "first_study": ("<Fit 'hare_lynx': 6 parameters, ", "determined_by", "best_baseline", "True"),
    "hypercycle": ("58.757", "0.0767", "Favourable mutant left", "share of runs that"),
    "million_runs": ("<Ensemble: 1,000 runs, ", "'Hare Growth Rate': 1."),
    "posterior": ("<Posterior 'influenza': ", "rhat", "xarray.DataTree", "determined_by"),
    "sensitivity": ("160 runs (N = 16, seed 0)", "GDP: in 2013 ", "ST_conf", "mu_star"),
    "validation": ("'real_gdp': {'model':", "stage='growth'"),
}
"""What comes out of the package, not of the page, and must stand in the output of each notebook."""

STORED = ("first_study", "million_runs", "posterior")
"""Notebooks that are kept with what they print and draw."""
_MACHINE = re.compile(r"/(?:home|Users|tmp|work|root|var|opt)/|[A-Z]:\\\\|site-packages|object at 0x")


@pytest.mark.parametrize("name", STORED)
def test_a_notebook_is_stored_with_its_outputs(name: str) -> None:
    """All cells in order, without an error, a warning or a path of the machine that ran them."""
    text = (NOTEBOOKS / f"{name}.ipynb").read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert all(output.output_type != "error" and output.get("name") != "stderr" for output in outputs)
    assert any("image/svg+xml" in output.get("data", {}) for output in outputs)
    assert not _MACHINE.search(text)
    printed = "".join(output.get("data", {}).get("text/plain", "") for output in outputs)
    assert all(expected in printed for expected in PRINTED[name])


def test_a_first_study_takes_ten_cells() -> None:
    """From the model to a folder that anybody can run."""
    assert len(nbformat.read(NOTEBOOKS / "first_study.ipynb", as_version=4).cells) == 10


@pytest.mark.notebook
@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
def test_a_notebook_runs(path: Path) -> None:
    """Every cell executes, and prints what the package has worked out."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute(cwd=str(path.parent))
    printed = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    ]
    for expected in PRINTED[path.stem]:
        assert any(expected in text for text in printed), expected
