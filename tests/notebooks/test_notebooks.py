"""The notebooks run from top to bottom."""

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
    "hypercycle": ("58.757", "0.0767", "Favourable mutant left", "share of runs that"),
    "sensitivity": ("160 runs (N = 16, seed 0)", "GDP: in 2013 ", "ST_conf", "mu_star"),
    "validation": ("'real_gdp': {'model':", "stage='growth'"),
}
"""What comes out of the package, not of the page, and must stand in the output of each notebook."""


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
