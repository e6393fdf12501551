"""Work spread over a dask.distributed cluster, an optional dependency: the same numbers, on more machines."""

from rcsd.cluster.address import check_address
from rcsd.cluster.simulator import ClusterSimulator
from rcsd.cluster.spreading import spread

__all__ = ["ClusterSimulator", "check_address", "spread"]
