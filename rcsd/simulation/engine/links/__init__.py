"""What moves what in a running model: links between its variables, and how much of each change each of them makes."""

from rcsd.simulation.engine.links.network import Carried, Network, network_of
from rcsd.simulation.engine.links.scoring import Link, LinkScorer
from rcsd.simulation.engine.links.trace import Trace, steps_in, traced

__all__ = [
    "Carried",
    "Link",
    "LinkScorer",
    "Network",
    "Trace",
    "network_of",
    "steps_in",
    "traced",
]
