"""Ensembles larger than memory: simulated into a folder of netCDF files, a chunk of the runs each, and read back."""

from rcsd.stored.folder import StoredEnsemble, open_ensemble
from rcsd.stored.simulating import simulate

__all__ = ["StoredEnsemble", "open_ensemble", "simulate"]
