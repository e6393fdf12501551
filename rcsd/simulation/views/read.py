"""A model file -> its views, read when they are asked for: what is wrong with a diagram never stops a model."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection
from pathlib import Path

from rcsd.errors import RcsdWarning
from rcsd.names import canonical
from rcsd.simulation.reader.source import decoded, read_bytes
from rcsd.simulation.views.element import Shape
from rcsd.simulation.views.naming import Trouble
from rcsd.simulation.views.vensim.views import vensim_views
from rcsd.simulation.views.view import View
from rcsd.simulation.views.xmile.views import xmile_views


def read_views(path: Path, stocks: Collection[str] | None = None) -> tuple[View, ...]:
    """Read the views of a model file.

    Parameters
    ----------
    path : Path
        A .mdl file, or an XMILE file.
    stocks : collection of str, optional
        The model's stocks, which a sketch does not tell from other boxes; when None, every box is one.

    Returns
    -------
    tuple of View
        None for a file without views.

    Raises
    ------
    ModelError
        When the file cannot be read, or is an XML of another kind.

    Warns
    -----
    RcsdWarning
        Once, where a part of the diagram cannot be read and is left out.
    """
    text = decoded(path, read_bytes(path))
    if path.suffix.lower() == ".mdl":
        views, troubles = vensim_views(text, _telling(stocks))
    else:
        views, troubles = xmile_views(path, text)
    if troubles:
        warnings.warn(_words(path, troubles), RcsdWarning, stacklevel=2)
    return tuple(view for view in views if view.elements)


def _telling(stocks: Collection[str] | None) -> Callable[[str, Shape], bool]:
    if stocks is None:
        return lambda _, shape: shape == "box"
    known = {canonical(stock) for stock in stocks}
    return lambda name, _: canonical(name) in known


def _words(path: Path, troubles: tuple[Trouble, ...]) -> str:
    line, why = min(troubles)
    more = f", and {len(troubles) - 1} more" if len(troubles) > 1 else ""
    return f"{path.name}:{line}: a part of the diagram cannot be read and is left out: {why}{more}"
