"""Views -> one HTML file that needs no other: a tab for each, to zoom, to search and to ask."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rcsd.report.diagram.shapes import Picture
from rcsd.report.diagram.svg import svg_of
from rcsd.report.diagram.told import Told


@dataclass(frozen=True, slots=True)
class _Tab:
    title: str
    svg: Markup


def page_of(title: str, pictures: Sequence[Picture], told: Mapping[str, Told]) -> str:
    """Return the page.

    Parameters
    ----------
    title : str
        Its heading.
    pictures : sequence of Picture
        At least one.
    told : mapping of str to Told
        What a pointer over a variable shows, by canonical name.
    """
    environment = Environment(
        loader=PackageLoader("rcsd.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tabs = [_Tab(picture.title, Markup(svg_of(picture, titles=False))) for picture in pictures]
    return environment.get_template("diagram.html.j2").render(
        title=title, views=tabs, told=told, told_json=_embedded({key: asdict(one) for key, one in told.items()})
    )


def _embedded(document: object) -> Markup:
    """Return JSON that cannot end the script element that holds it."""
    text = json.dumps(document, ensure_ascii=True, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
