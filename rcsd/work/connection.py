"""A connection to a scheduler, and what goes wrong with one in words."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rcsd.errors import ClusterError, ParameterError, RcsdError
from rcsd.work.address import check_address, plain_address, tls_files
from rcsd.work.signals import undisturbed

if TYPE_CHECKING:
    from distributed import Client, Security

TIMEOUT = 5  # seconds for a scheduler to answer


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect for the length of a ``with`` block, which takes milliseconds; its end releases all that is under way.

    Raises
    ------
    ParameterError
        For what is no address.
    ClusterError
        When dask.distributed is not installed, or no scheduler answers.
    """
    check_address(address)
    with _quiet(), _client(address) as client:
        yield client


def _client(address: str) -> Client:
    from distributed import Client  # noqa: PLC0415 - an extra, and heavy
    from distributed.versions import VersionMismatchWarning  # noqa: PLC0415

    try:
        # an interrupt that comes while its threads start may be lost in one of them
        with undisturbed(), warnings.catch_warnings():
            # each worker compares what the numbers depend on, and says it in one line
            warnings.simplefilter("ignore", VersionMismatchWarning)
            return Client(plain_address(address), timeout=TIMEOUT, set_as_default=False, security=_security(address))
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"no scheduler of a dask cluster answers at {plain_address(address)} ({_first_line(error)}): check that "
            "`dask scheduler` runs there, that a firewall lets its port through, and whether it wants certificates"
        ) from error


def _security(address: str) -> Security:
    """Say how a connection is encrypted: as the address says, or dask's own configuration."""
    from distributed import Security  # noqa: PLC0415 - an extra, and heavy

    files = tls_files(address)
    security = Security(require_encryption=True, **files) if files else Security()
    encrypted = plain_address(address).startswith(("tls:", "wss:"))
    if encrypted and security.get_connection_args("client").get("ssl_context") is None:
        raise ParameterError(
            f"scheduler {address!r} wants certificates; write them as in "
            "tls://10.0.0.5:8786?ca=ca.pem&cert=me.pem&key=me.key",
            field="scheduler",
        )
    return security


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the client's tracebacks about a scheduler that is gone from stderr: `explained` says it in one sentence."""
    import distributed  # noqa: F401, PLC0415 - an extra, and heavy; its import sets the levels of its loggers

    logger = logging.getLogger("distributed.client")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def n_threads(client: Client) -> int:
    """Ask how many threads the workers have by now; none when there are no workers."""
    return sum(client.nthreads().values())


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn what distributed raises during the work into one sentence.

    Raises
    ------
    ClusterError
        For a lost scheduler, an item that has cost several workers their lives, or software that is not there.
    """
    from distributed import KilledWorker  # noqa: PLC0415 - an extra, and heavy

    try:
        yield
    except RcsdError:
        raise
    except KilledWorker as error:
        raise ClusterError(
            f"{error.allowed_failures + 1} workers died while they ran the same rows, the last at "
            f"{error.last_worker.address}: look for the reason in its log (memory is the usual one), use more memory "
            "a worker or smaller chunks, or raise distributed.scheduler.allowed-failures"
        ) from error
    except (ImportError, AttributeError, RuntimeError) as error:
        raise ClusterError(
            f"the cluster cannot take up the work ({_first_line(error.__cause__ or error)}): install this version of "
            "rcsd, and the same Python, on the scheduler and all workers"
        ) from error
    except (CancelledError, OSError) as error:
        raise ClusterError(
            f"the connection to the scheduler at {plain_address(address)} is lost ({_first_line(error)}): see its log, "
            "and run again when it is back"
        ) from error


def _first_line(error: BaseException) -> str:
    """Return what an error says first, or its kind when it says nothing."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
