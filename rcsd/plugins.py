"""Finds what installed distributions add to rcsd: commands, steps, sections and models, by entry points.

A distribution declares each plug-in in its ``pyproject.toml``, with a name and the object that it stands for::

    [project.entry-points."rcsd.commands"]
    forest = "forestcity.command:FOREST"

Nothing of a plug-in is imported before it is loaded.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Literal, TypeVar

from rcsd.errors import PluginError, RcsdWarning

Group = Literal["rcsd.commands", "rcsd.models", "rcsd.sections", "rcsd.steps"]

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Plugin:
    """An object that a distribution adds, not yet imported.

    Attributes
    ----------
    name : str
        What the distribution calls it; unique in its group.
    group : {"rcsd.commands", "rcsd.models", "rcsd.sections", "rcsd.steps"}
        What kind of thing it is.
    """

    name: str
    group: Group
    _entry: EntryPoint = field(repr=False)

    @property
    def source(self) -> str:
        """The distribution and its version, such as ``"forestcity 1.2"``."""
        distribution = self._entry.dist
        return "an unnamed distribution" if distribution is None else f"{distribution.name} {distribution.version}"

    def load(self) -> object:
        """Import the object.

        Raises
        ------
        PluginError
            When its module cannot be imported or has no such object.
        """
        try:
            return self._entry.load()
        except Exception as error:  # foreign code: what it raises at its import is for it to choose
            raise self._fault(f"cannot be loaded ({type(error).__name__}: {error})") from error

    def load_as(self, kind: type[Kind]) -> Kind:
        """Import the object, which must be of a kind.

        Raises
        ------
        PluginError
            When it cannot be imported, or is something else.
        """
        loaded = self.load()
        if not isinstance(loaded, kind):
            raise self._fault(
                f"must be of type {kind.__name__}, but {self._entry.value} is of type {type(loaded).__name__}"
            )
        return loaded

    def _fault(self, message: str) -> PluginError:
        return PluginError(
            f"plug-in {self.name!r} ({self.group}) of {self.source} {message}: update or uninstall that distribution"
        )


def found(group: Group) -> tuple[Plugin, ...]:
    """Find the plug-ins of a group, without loading any.

    Parameters
    ----------
    group : {"rcsd.commands", "rcsd.models", "rcsd.sections", "rcsd.steps"}
        The kind that is wanted.

    Returns
    -------
    tuple of Plugin
        Sorted by name.

    Raises
    ------
    PluginError
        When two of them share a name.
    """
    plugins = sorted(
        (Plugin(entry.name, group, entry) for entry in _declared(group, tuple(sys.path))), key=lambda each: each.name
    )
    name, count = max(Counter(each.name for each in plugins).items(), key=lambda item: item[1], default=("", 0))
    if count > 1:
        sources = " and ".join(sorted(each.source for each in plugins if each.name == name))
        raise PluginError(f"plug-in {name!r} ({group}) is declared twice, by {sources}: uninstall one of them")
    return tuple(plugins)


def loaded(group: Group, kind: type[Kind]) -> dict[str, Kind]:
    """Load every plug-in of a group; one that cannot be loaded is left out with an `RcsdWarning`.

    Parameters
    ----------
    group : {"rcsd.commands", "rcsd.models", "rcsd.sections", "rcsd.steps"}
        The kind that is wanted.
    kind : type
        What each object must be.

    Returns
    -------
    dict
        The objects by name, in the order of the names.

    Raises
    ------
    PluginError
        When two plug-ins share a name.
    """
    objects = {}
    for plugin in found(group):
        try:
            objects[plugin.name] = plugin.load_as(kind)
        except PluginError as error:
            warnings.warn(f"{error}; it is left out", RcsdWarning, stacklevel=2)
    return objects


@lru_cache(maxsize=16)
def _declared(group: Group, path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Return the entry points of a group; `path`, where Python looks for distributions, is the key to keep them by."""
    return tuple(entry_points(group=group))
