"""A page before it is written: sections of words, figures and tables."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rcsd.report.chart.chart import Chart
from rcsd.report.chart.page import knows_charts
from rcsd.report.drawing.save import Picture
from rcsd.report.fact import bare, marked
from rcsd.report.front import Front
from rcsd.report.question import Question
from rcsd.report.table import Table

_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page, shown in the order: words, markup, figures, tables.

    Attributes
    ----------
    anchor : str
        Identifier within the page.
    heading : str
        What the part is about.
    paragraphs : tuple of str
        Plain text.
    points : tuple of str
        Plain text, one list item each.
    drawings : tuple of Drawing or Chart
        Figures, still or live.
    tables : tuple of Table
        Tables; empty ones are left out.
    markup : Markup
        HTML of the section's own template, for what the others cannot say; whoever makes it has escaped it.
    """

    anchor: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    drawings: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    markup: Markup = _NOTHING

    @property
    def empty(self) -> bool:
        """Whether nothing but words would introduce what is not there."""
        shown = self.drawings or self.points or self.markup
        return not (shown or any(table.rows for table in self.tables))


@dataclass(frozen=True, slots=True)
class Part:
    """A question, its answer in two lines, and what the answer stands on, folded away until a reader asks for it.

    Attributes
    ----------
    question : Question
        Its heading.
    answer : str
        Two lines.
    sections : tuple of Section
        From top to bottom.
    """

    question: Question
    answer: str
    sections: tuple[Section, ...]


def render_page(
    title: str,
    lead: str,
    sections: Sequence[Section] = (),
    *,
    front: Front | None = None,
    parts: Sequence[Part] = (),
    up: str = "",
    notice: str = "",
) -> str:
    """Return a page as HTML that needs no other file to be read; still charts, for paper, stand in `figures` beside it.

    Parameters
    ----------
    title, lead : str
        Heading, and the line under it.
    sections : sequence of Section
        Parts of a page that has one layer, from top to bottom.
    front : Front, optional
        The first screen of a page of two layers.
    parts : sequence of Part
        What lies below it, from top to bottom.
    up : str
        Relative address of the page above, or empty.
    notice : str
        What a reader must know before anything else, or empty.
    """
    template = _environment().get_template("page.html.j2")
    shown = [
        *(front.drawings if front else ()),
        *_drawings(sections),
        *(d for part in parts for d in _drawings(part.sections)),
    ]
    live = any(isinstance(drawing, Chart) for drawing in shown)
    return template.render(
        title=title, lead=lead, sections=sections, front=front, parts=parts, up=up, notice=notice, live=live
    )


def _drawings(sections: Sequence[Section]) -> list[Picture]:
    return [drawing for section in sections for drawing in section.drawings]


def _data_uri(drawing: Picture) -> str:
    """Return a figure as an address that holds the figure itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.svg).decode('ascii')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rcsd.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = _data_uri
    environment.filters["facts"] = marked
    environment.filters["bare"] = bare
    knows_charts(environment)
    return environment
