"""The address of a scheduler, as its own log prints it."""

from __future__ import annotations

import importlib.util
import re

from rcsd.errors import ClusterError, ParameterError

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://(\[[0-9a-fA-F:.%]+\]|[^\s/:\[\]]+):(?P<port>\d{1,5})/?")
_LAST_PORT = 65535


def check_address(address: str) -> str:
    """Refuse what cannot be the address of a scheduler, and any where dask.distributed is not installed.

    Raises
    ------
    ParameterError
        For another form than ``tcp://host:port``.
    ClusterError
        When dask.distributed is not installed.

    Examples
    --------
    >>> check_address("tcp://localhost")
    Traceback (most recent call last):
        ...
    rcsd.errors.ParameterError: scheduler 'tcp://localhost': write its address as the scheduler prints it, ...
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) <= _LAST_PORT:
        raise ParameterError(
            f"scheduler {address!r}: write its address as the scheduler prints it, such as tcp://10.0.0.5:8786",
            field="scheduler",
        )
    if importlib.util.find_spec("distributed") is None:
        raise ClusterError("a cluster needs dask.distributed: install it here with pip install 'rcsd[cluster]'")
    return address
