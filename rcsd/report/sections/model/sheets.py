"""The diagram of a model as folds, one for each of its sheets."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from markupsafe import Markup

from rcsd.report.diagram.picture import picture_of
from rcsd.report.diagram.small import small_svg
from rcsd.report.wording import count, listing
from rcsd.simulation.views import NAMED, View

_OWN = ("stock", "auxiliary", "flow")
_SHEET = Markup(
    '<details class="fold sheet"{open}>\n<summary>{title}: {size}</summary>\n'
    '<div class="scroll" tabindex="0" role="group" aria-label="Diagram of {title}, scrolls sideways">'
    '<img src="data:image/svg+xml;base64,{data}" width="{wide:.0f}" height="{high:.0f}" alt="{told}" '
    'style="min-width:min(44rem,{wide:.0f}px)"></div>\n'
    "</details>"
)


def sheets(views: Sequence[View]) -> Markup:
    """Draw each sheet as an image in a fold of its own; one alone is unfolded."""
    opened = Markup(" open") if len(views) == 1 else Markup("")
    return Markup("\n").join(_sheet(view, opened) for view in views)


def own_names(view: View) -> list[str]:
    """Name the variables that a sheet shows as its own: those that are at home on another are left out."""
    return list(dict.fromkeys(view.variable(each) for each in view.elements if each.kind in _OWN and each.name))


def _sheet(view: View, opened: Markup) -> Markup:
    picture = picture_of(view)
    data = base64.b64encode(small_svg(picture).encode()).decode("ascii")
    return _SHEET.format(
        open=opened,
        title=view.name,
        size=count(len(own_names(view)), "variable"),
        data=data,
        wide=picture.box.width,
        high=picture.box.height,
        told=_told(view),
    )


def _told(view: View) -> str:
    """Say in words what a sheet shows: its stocks, and how much else."""
    stocks = list(dict.fromkeys(each.name for each in view.elements if each.kind == "stock"))
    named = {each.name for each in view.elements if each.kind in NAMED and each.name}
    shown = f"the {'stock' if len(stocks) == 1 else 'stocks'} {listing(stocks)}, " if stocks else ""
    others = count(len(named - set(stocks)), "other variable")
    return f"Stock-and-flow diagram of {view.name}: {shown}{others}, {count(len(view.links), 'arrow')}."
