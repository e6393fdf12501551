"""From definitions to a `System`, in small passes: elements, states, lowering, folding, order."""

from rcsd.simulation.passes.flatten import flatten

__all__ = ["flatten"]
