"""Work spread over a dask.distributed cluster, an optional dependency: the same numbers, on more machines."""

from rcsd.simulation.cluster.simulator import ClusterSimulator

__all__ = ["ClusterSimulator"]
