"""What of a model is to be drawn, and what is told of it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.names import canonical, near_matches
from rcsd.report.diagram.told import Told, told_of
from rcsd.simulation.loading import LoadedModel, find_model, load
from rcsd.simulation.views import View, read_views
from rcsd.simulation.views.selection import around, without


@dataclass(frozen=True, slots=True)
class Diagram:
    """Sheets of a model.

    Attributes
    ----------
    name : str
        Of the model.
    views : tuple of View
        At least one.
    told : mapping of str to Told
        What there is to tell of each variable, by canonical name.
    """

    name: str
    views: tuple[View, ...]
    told: Mapping[str, Told] = field(default_factory=dict)


def diagram_of(
    model: LoadedModel | str | Path,
    *,
    view: str | None = None,
    constants: bool = True,
    of: str | None = None,
    allow_outside: bool = False,
) -> Diagram:
    """Choose what to draw of a model.

    Parameters
    ----------
    model : LoadedModel, str or Path
        The model, its file, or its name. A file whose equations cannot be read is drawn from its views alone, with a
        warning.
    view : str, optional
        Name or number of one of its views; all of them when None.
    constants : bool
        Whether constants are shown.
    of : str, optional
        A variable that is shown with its causes and uses, instead of the views.
    allow_outside : bool
        Whether a model that is loaded here may read data files outside its folder.

    Raises
    ------
    ModelError
        When the model cannot be read, and its file has no sketch either.
    ParameterError
        When it has no such view or variable, or both are asked for.
    """
    if view is not None and of is not None:
        raise ParameterError("a view and the causes of a variable are two diagrams; ask for one of the two")
    loaded = model if isinstance(model, LoadedModel) else _loaded(model, allow_outside=allow_outside)
    if isinstance(loaded, Diagram):
        if of is not None or not constants:
            raise ParameterError(f"{loaded.name}: its equations cannot be read, and so not what is constant or causes")
        return replace(loaded, views=_chosen(loaded.views, view))
    views = (around(loaded.ir, of),) if of is not None else _chosen(loaded.views(), view)
    if not constants:
        named = [variable.name for variable in loaded.ir if variable.kind in ("constant", "lookup")]
        views = tuple(without(one, named) for one in views)
    return Diagram(loaded.name, views, told_of(loaded.ir))


def _loaded(model: str | Path, *, allow_outside: bool) -> LoadedModel | Diagram:
    """Load a model, or read its sketch alone where its equations have faults."""
    try:
        return load(model, allow_outside=allow_outside)
    except ModelError as error:
        path = find_model(model)
        if not path.is_file():
            raise
        try:
            views = read_views(path)
        except ModelError:
            raise error from None
        if not views:
            raise
        line = str(error).splitlines()[0]
        warnings.warn(f"drawn from its views alone, since it cannot be loaded: {line}", RcsdWarning, stacklevel=3)
        return Diagram(path.stem, views)


def _chosen(views: tuple[View, ...], wanted: str | None) -> tuple[View, ...]:
    if wanted is None:
        return views
    names = [view.name for view in views]
    found = tuple(view for view in views if canonical(view.name) == canonical(wanted))
    if not found and wanted.strip().isdigit() and 1 <= int(wanted) <= len(views):
        found = (views[int(wanted) - 1],)
    if not found:
        hint = near_matches(wanted, names) or f"there are {', '.join(map(repr, names))}"
        raise ParameterError(f"there is no view {wanted!r}; {hint}, or a number from 1 to {len(views)}")
    return found
