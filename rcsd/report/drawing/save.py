"""A figure as SVG and PNG bytes that are the same every time."""

import io
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn figure, ready to be written or put into a page.

    Attributes
    ----------
    name : str
        File name without suffix, unique within a report.
    svg, png : bytes
        The figure in both formats; without date or version, so that equal data give equal bytes.
    alt : str
        What a reader who cannot see the figure needs to know.
    caption : str
        What stands under the figure.
    wide : bool
        Whether it fills the page's width.
    """

    name: str
    svg: bytes
    png: bytes
    alt: str
    caption: str
    wide: bool = False


def save_bytes(figure: Figure) -> tuple[bytes, bytes]:
    """Return `figure` as SVG and as PNG."""
    svg, png = io.BytesIO(), io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    figure.set_layout_engine("none")  # what the layout has placed stays there, for it is a third of the work
    figure.savefig(png, format="png", metadata={"Software": None})
    return svg.getvalue(), png.getvalue()
