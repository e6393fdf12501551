"""One sheet of a model's diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.names import canonical
from rcsd.simulation.views.element import Element
from rcsd.simulation.views.link import Link, Pipe
from rcsd.simulation.views.style import PLAIN, Style

Notation = Literal["vensim", "stella"]


@dataclass(frozen=True, slots=True)
class View:
    """One sheet, as a file has it or as a layout makes it.

    Attributes
    ----------
    name : str
        Of the sheet.
    elements : tuple of Element
        In the order of drawing: what comes later lies above.
    links : tuple of Link
        Arrows of influence.
    pipes : tuple of Pipe
        Of flows.
    width, height : float
        Of the sheet, whole, in pixels from (0, 0); 0 where none is stated, as in Vensim's sketch: then what is on it.
    notation : str
        ``vensim``: a variable is its name. ``stella``: a variable is a circle with its name beside it.
    module : str
        The module of an XMILE file that it shows, "" for the model itself.
    style, arrows : Style
        Of text and shapes, and of arrows and pipes, that say nothing of themselves.
    """

    name: str
    elements: tuple[Element, ...]
    links: tuple[Link, ...] = ()
    pipes: tuple[Pipe, ...] = ()
    width: float = 0.0
    height: float = 0.0
    notation: Notation = "vensim"
    module: str = ""
    style: Style = PLAIN
    arrows: Style = PLAIN

    def variable(self, element: Element) -> str:
        """Return the canonical name, in the model, of the variable that an element stands for; "" of one that has none.

        A variable of a module has the module's name before it.
        """
        inside = self.module and element.name and "." not in element.name
        return canonical(f"{self.module}.{element.name}" if inside else element.name)

    def element(self, id: int) -> Element:
        """Return the element of an id.

        Raises
        ------
        KeyError
            If none has it.
        """
        for element in self.elements:
            if element.id == id:
                return element
        raise KeyError(id)
