"""The address of a scheduler, as its own log prints it, and the certificates that open it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from urllib.parse import parse_qsl

from rcsd.errors import ClusterError, ParameterError

_ADDRESS = re.compile(
    r"(?P<plain>(?P<kind>tcp|tls|ws|wss)://(\[[0-9a-fA-F:.%]+\]|[^\s/:\[\]?]+):(?P<port>\d{1,5}))/?(\?(?P<files>.*))?"
)
_FILES = {"ca": "tls_ca_file", "cert": "tls_client_cert", "key": "tls_client_key"}
_LAST_PORT = 65535


def check_address(address: str) -> str:
    """Refuse what cannot be the address of a scheduler, and any where dask.distributed is not installed.

    Raises
    ------
    ParameterError
        For another form than ``tcp://host:port`` or ``tls://host:port?ca=FILE&cert=FILE&key=FILE``, and for a
        certificate that is not there.
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
    tls_files(address)
    if importlib.util.find_spec("distributed") is None:
        raise ClusterError("a cluster needs dask.distributed: install it here with pip install 'rcsd[cluster]'")
    return address


def plain_address(address: str) -> str:
    """Return an address without the files that stand behind it."""
    found = _ADDRESS.fullmatch(address)
    return address if found is None else found["plain"]


def tls_files(address: str) -> dict[str, str]:
    """Return the certificates of an address, under the names that dask.distributed has for them.

    Returns
    -------
    dict of str to str
        Empty without any: dask's own configuration then says which, for ``tls://``.

    Raises
    ------
    ParameterError
        For certificates of a connection that is not encrypted, an incomplete set of them, or a file that is not there.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or found["files"] is None:
        return {}
    given = dict(parse_qsl(found["files"], keep_blank_values=True))
    if found["kind"] not in ("tls", "wss") or given.keys() != _FILES.keys():
        raise ParameterError(
            f"scheduler {address!r}: write certificates as in tls://10.0.0.5:8786?ca=ca.pem&cert=me.pem&key=me.key, "
            "all three of them",
            field="scheduler",
        )
    for name, file in given.items():
        if not Path(file).is_file():
            raise ParameterError(f"scheduler {address!r}: there is no file {file!r} ({name})", field="scheduler")
    return {_FILES[name]: str(Path(file).absolute()) for name, file in given.items()}
