"""What can be wrong before there is a cluster: one sentence each."""

import importlib.util
import socket
import time

import pytest

from rcsd.errors import ClusterError, ParameterError
from rcsd.simulation.cluster import ClusterSimulator
from rcsd.simulation.engine import InterpretedSimulator
from rcsd.work.address import check_address
from tests.simulation.engine.systems import closed_forms

SIMULATOR = InterpretedSimulator(closed_forms(0.25, "euler"), {})


@pytest.mark.parametrize(
    "address", ["", "localhost", "localhost:8786", "tcp://", "tcp://h", "tcp://h:0", "tcp://h:65536"]
)
def test_what_is_no_address_is_bad_input(address: str) -> None:
    """Found before anything is run, with an address as an example."""
    with pytest.raises(ParameterError, match=r"scheduler .*such as tcp://10\.0\.0\.5:8786"):
        ClusterSimulator(SIMULATOR, address)


@pytest.mark.parametrize("address", ["tcp://localhost:8786", "tls://a.b.c:1", "tcp://[::1]:65535"])
def test_an_address_is_one(address: str) -> None:
    """Names, numbers and both protocols."""
    assert check_address(address) == address


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """`distributed` is optional."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ClusterError, match=r"pip install 'rcsd\[cluster\]'"):
        check_address("tcp://localhost:8786")


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port without a scheduler is given up after a short while."""
    monkeypatch.setattr("rcsd.work.connection.TIMEOUT", 1)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound, but nobody listens
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(ClusterError, match=f"no scheduler of a dask cluster answers at {address}"):
            ClusterSimulator(SIMULATOR, address).run()
    assert time.monotonic() - began < 10


def test_wrong_requests_are_refused_before_anything_is_sent() -> None:
    """The address leads nowhere, and is not asked."""
    simulator = ClusterSimulator(SIMULATOR, "tcp://localhost:1")
    assert simulator.name == SIMULATOR.name
    assert simulator.constants == SIMULATOR.constants
    assert simulator.variables == SIMULATOR.variables
    assert simulator.units == SIMULATOR.units
    with pytest.raises(ParameterError, match="not a constant"):
        simulator.run({"rr": 1.0})
    with pytest.raises(ParameterError, match="at least one"):
        simulator.run_chunks({}, n_runs=0)
