"""Write the variable tables of a model's README and its diagram from the model file itself.

``python models/describe.py resource_city`` replaces what stands between the two markers in
models/resource_city/README.md, and draws the views to diagram.svg beside it; tests hold both to the model. A model
elsewhere is named by its folder: ``python models/describe.py examples/influenza``. `rcsd docs --markdown` writes the
same tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

import rcsd
from rcsd.files import write_bytes_atomic
from rcsd.report.diagram import diagram_of, drawn
from rcsd.report.model_page.documentation import documented
from rcsd.report.model_page.markdown import markdown_tables

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- variables: begin -->", "<!-- variables: end -->"


def folder_of(name: str) -> Path:
    """Folder of a model: that of its name here, or the one that is named."""
    own = HERE / name
    return own if own.is_dir() else Path(name)


def model_of(name: str) -> Path:
    """The model file in that folder, which has the folder's name."""
    folder = folder_of(name)
    return folder / f"{folder.name}.mdl"


def tables(name: str) -> str:
    """Markdown tables of the constants and of the equations of a model."""
    model = rcsd.load(model_of(name)).ir
    for variable in model:
        said = documented(variable.documentation)
        if variable.value is not None and not (said.range and said.source):
            sys.exit(f"{variable.name}: its documentation states no 'Range ... Source: ...'")
    return markdown_tables(model)


def described(name: str) -> str:
    """Text of the model's README with its tables renewed."""
    text = (folder_of(name) / "README.md").read_text("utf-8")
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n{tables(name)}\n{END}{rest.split(END)[1]}"


def diagram(name: str) -> bytes:
    """All views of the model on one sheet, as SVG."""
    return drawn(diagram_of(model_of(name)), ".svg")


if __name__ == "__main__":
    for model_name in sys.argv[1:]:
        write_bytes_atomic(folder_of(model_name) / "diagram.svg", diagram(model_name))
        (folder_of(model_name) / "README.md").write_text(described(model_name), "utf-8")
