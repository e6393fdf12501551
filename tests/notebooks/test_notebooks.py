"""The notebooks run from top to bottom."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

PRINTED = {
    "validation": ("'real_gdp': {'model':", "stage='growth'"),
    "sensitivity": ("160 runs (N = 16, seed 0)", "GDP: in 2013 ", "ST_conf", "mu_star"),
}
"""What each notebook prints, among other things."""


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
def test_a_notebook_runs(path: Path) -> None:
    """Every cell executes, and the numbers come out of the study, not of the page."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute(cwd=str(path.parent))
    printed = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    ]
    for words in PRINTED[path.stem]:
        assert any(words in text for text in printed), words
