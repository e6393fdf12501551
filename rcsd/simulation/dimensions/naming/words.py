"""What a model says about the names of its units, for data that are converted to them."""

from __future__ import annotations

from rcsd.simulation.dimensions.naming.builtin import synonyms
from rcsd.simulation.ir import Model
from rcsd.units import Lexicon

_OWN = ("", "1")
"""Equations that make a unit one of its own."""


def lexicon_of(model: Model) -> Lexicon:
    """Gather the synonyms of a model's units, and those that it makes of others.

    Parameters
    ----------
    model : Model
        As read, with the ``22:`` lines of Vensim or the ``<model_units>`` of XMILE.
    """
    equations = {each.names[0]: each.equation for each in model.unit_names if each.equation.strip() not in _OWN}
    return Lexicon([*(each.names for each in model.unit_names), *synonyms(model.format)], equations)
