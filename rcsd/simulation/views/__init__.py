"""Diagrams of a model: what is on its sheets."""

from rcsd.simulation.views.element import NAMED, Element, Kind, Shape, Side
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.label import Label, label_of
from rcsd.simulation.views.link import Link, Pipe
from rcsd.simulation.views.measure import Blemish, blemishes, sheet_of
from rcsd.simulation.views.read import read_views
from rcsd.simulation.views.style import PLAIN, Style
from rcsd.simulation.views.view import Notation, View

__all__ = [
    "NAMED",
    "PLAIN",
    "Blemish",
    "Box",
    "Element",
    "Kind",
    "Label",
    "Link",
    "Notation",
    "Pipe",
    "Point",
    "Shape",
    "Side",
    "Style",
    "View",
    "blemishes",
    "label_of",
    "read_views",
    "sheet_of",
]
