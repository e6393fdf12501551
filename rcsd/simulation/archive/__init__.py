"""Ensembles larger than memory: simulated into a folder of netCDF files, a chunk of the runs each, and read back."""

from rcsd.simulation.archive.folder import StoredEnsemble, open_ensemble
from rcsd.simulation.archive.simulating import simulate

__all__ = ["StoredEnsemble", "open_ensemble", "simulate"]
