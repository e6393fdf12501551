"""What can be wrong before there is a cluster: one sentence each."""

import importlib.util
import socket
import time
from pathlib import Path

import pytest

from rcsd.errors import ClusterError, ParameterError
from rcsd.simulation.cluster import ClusterSimulator
from rcsd.simulation.engine import InterpretedSimulator
from rcsd.work.address import check_address, plain_address, tls_files
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


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://h:1?ca=a&cert=b&key=c", "write certificates as in tls://"),
        ("tls://h:1?ca=a&cert=b", "all three of them"),
        ("tls://h:1?ca=a&cert=b&key=c&more=d", "all three of them"),
        ("tls://h:1?", "all three of them"),
        ("tls://h:1?ca=nowhere.pem&cert=b&key=c", r"there is no file 'nowhere\.pem' \(ca\)"),
    ],
)
def test_certificates_that_cannot_be_used_are_bad_input(address: str, message: str) -> None:
    """Without encryption, incomplete, or not there."""
    with pytest.raises(ParameterError, match=message):
        check_address(address)


def test_certificates_stand_behind_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative to the current folder, as on any command line."""
    monkeypatch.chdir(tmp_path)
    for name in ("ca.pem", "me.pem", "me.key"):
        (tmp_path / name).touch()
    address = "tls://10.0.0.5:8786?ca=ca.pem&cert=me.pem&key=me.key"
    assert check_address(address) == address
    assert plain_address(address) == "tls://10.0.0.5:8786"
    files = {"tls_ca_file": "ca.pem", "tls_client_cert": "me.pem", "tls_client_key": "me.key"}
    assert tls_files(address) == {name: str(tmp_path / file) for name, file in files.items()}


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
