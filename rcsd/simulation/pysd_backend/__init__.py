"""A model run by PySD, in a process of its own: slow, trusted, and able to take what PySD can take."""

from rcsd.simulation.pysd_backend.simulator import PysdSimulator

__all__ = ["PysdSimulator"]
