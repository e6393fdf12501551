"""Diagrams of models as SVG, PNG and HTML: shapes are made once and written by either back end."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.report.diagram.choosing import Diagram, diagram_of
    from rcsd.report.diagram.write import drawn, write_diagram

__all__ = ["Diagram", "diagram_of", "drawn", "write_diagram"]

__getattr__, __dir__ = on_first_use(__name__)
