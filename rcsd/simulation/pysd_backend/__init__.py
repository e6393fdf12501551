"""A model run by PySD: slow, trusted, and able to take what PySD can take."""

import rcsd.simulation.reader.pysd_calls  # noqa: F401 - first: it imports PySD with its warnings held back
from rcsd.simulation.pysd_backend.simulator import PysdSimulator

__all__ = ["PysdSimulator"]
