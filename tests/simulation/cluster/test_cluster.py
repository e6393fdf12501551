"""A real cluster of processes gives the numbers of one process, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import Client
from typer.testing import CliRunner

from rcsd.cli.app import app
from rcsd.ensemble import Ensemble
from rcsd.errors import ClusterError, ModelError, ParameterError
from rcsd.simulation.cluster import ClusterSimulator
from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator
from rcsd.simulation.loading import load
from rcsd.study.panel import load_panel, run_panel
from rcsd.work import spreading, task
from rcsd.work.spreading import spread
from tests.places import TEST_MODELS
from tests.simulation.cluster import work
from tests.simulation.cluster.processes import Cluster
from tests.simulation.engine.systems import everything
from tests.study.panel.tables import CITIES, STUDY, rows_of, write_rows

INPUTS = {"a": np.random.default_rng(1).uniform(0.5, 2, 1000)}
OUTPUTS = ["x", "normal"]

pytestmark = [pytest.mark.slow, pytest.mark.process]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers with two threads each; no test ends one of them."""
    processes = Cluster(tmp_path_factory.mktemp("cluster"), workers=2, threads=2)
    yield processes
    processes.close()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Cluster]:
    """Return two workers for a test to end."""
    processes = Cluster(tmp_path, workers=2)
    yield processes
    processes.close()


def assert_same(found: Ensemble, wanted: Ensemble) -> None:
    """Every number has the same bits, and everything else is equal."""
    assert found.values.tobytes() == wanted.values.tobytes()
    assert found.times.tobytes() == wanted.times.tobytes()
    assert (found.variables, found.units, found.messages) == (wanted.variables, wanted.units, wanted.messages)
    assert found.status.tolist() == wanted.status.tolist()
    assert {name: row.tolist() for name, row in found.inputs.items()} == {
        name: row.tolist() for name, row in wanted.inputs.items()
    }


@pytest.mark.parametrize("make", [CompiledSimulator, InterpretedSimulator])
def test_the_numbers_are_those_of_one_process(cluster: Cluster, make: type[CompiledSimulator]) -> None:
    """Random draws included, which belong to the number of a run; whole and in chunks."""
    here = make(everything("euler"), {"x": "m"}, seed=7)
    there = ClusterSimulator(here, cluster.address)
    assert_same(there.run(INPUTS, outputs=OUTPUTS), here.run(INPUTS, outputs=OUTPUTS))
    chunks = list(there.run_chunks(INPUTS, outputs=OUTPUTS, n_runs=130))
    assert [chunk.n_runs for chunk in chunks] == [130] * 7 + [90]
    for chunk, wanted in zip(chunks, here.run_chunks(INPUTS, outputs=OUTPUTS, n_runs=130), strict=True):
        assert_same(chunk, wanted)
    assert sum(chunk.n_runs for chunk in there.run_chunks(INPUTS, outputs=OUTPUTS)) == 1000


def test_a_model_by_every_backend(cluster: Cluster) -> None:
    """`scheduler=` is all that changes; PySD, which no two threads can share, among the backends."""
    model = load(TEST_MODELS / "teacup.mdl")
    name, value = next(iter(model.constants.items()))
    rows = {name: value * np.linspace(0.8, 1.2, 24)}
    for backend in ("compiled", "interpreted", "pysd"):
        here = model.simulator(backend).run(rows)
        assert_same(model.simulator(backend, scheduler=cluster.address).run(rows), here)


def test_a_cluster_that_wants_certificates(tmp_path: Path) -> None:
    """With them the numbers are the same; without them nobody gets in."""
    certificate, key = tmp_path / "all.pem", tmp_path / "all.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    settings = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}
    settings["DASK_DISTRIBUTED__COMM__TLS__CA_FILE"] = str(certificate)
    for role in ("SCHEDULER", "WORKER"):
        settings[f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT"] = str(certificate)
        settings[f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY"] = str(key)
    processes = Cluster(tmp_path, workers=1, settings=settings, protocol="tls")
    try:
        assert processes.address.startswith("tls://")
        here = InterpretedSimulator(everything("euler", 0.25), {})
        address = f"{processes.address}?ca={certificate}&cert={certificate}&key={key}"
        assert_same(ClusterSimulator(here, address).run({"a": [1.0, 2.0]}), here.run({"a": [1.0, 2.0]}))
        with pytest.raises(ParameterError, match="wants certificates"):
            ClusterSimulator(here, processes.address).run({"a": [1.0, 2.0]})
        with pytest.raises(ClusterError, match="no scheduler of a dask cluster answers"):
            ClusterSimulator(here, processes.address.replace("tls", "tcp")).run({"a": [1.0, 2.0]})
    finally:
        processes.close()


def test_failed_runs_come_back_as_such(cluster: Cluster) -> None:
    """Status and message belong to their runs."""
    model = load(TEST_MODELS / "explosive.mdl")
    rows = {"Power": np.linspace(-3.0, 3.0, 50)}
    here = model.simulator().run(rows)
    assert here.n_failed
    assert_same(model.simulator(scheduler=cluster.address).run(rows), here)


def test_every_thread_has_its_own_copy_and_gets_it_once(cluster: Cluster, tmp_path: Path) -> None:
    """A tool is rebuilt once in each of the four threads, however many items there are."""
    tool = work.Counting(str(tmp_path / "rebuilt"))
    assert list(spread(cluster.address, tool, work.use, range(100))) == list(range(100))
    rebuilt = Counter(Path(tool.path).read_text().split())
    assert 2 <= len(rebuilt) <= 4
    assert set(rebuilt.values()) == {1}


def test_work_uses_the_threads_of_the_workers_and_no_more(cluster: Cluster) -> None:
    """Two processes with two threads each."""
    seen = set(spread(cluster.address, None, work.whereabouts, range(40)))
    assert len({process for process, _ in seen}) == 2
    assert len(seen) == 4


def test_a_few_items_are_under_way_at_a_time(cluster: Cluster) -> None:
    """Items are taken as results are: memory does not depend on how many there are."""
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(100):
            taken += 1
            yield item

    for given, _ in enumerate(spread(cluster.address, 0.001, work.sleep, items())):
        assert taken <= given + 1 + 2 * 4


def test_leaving_early_leaves_nothing_behind(cluster: Cluster) -> None:
    """A closed generator, as after an interrupt, releases what the scheduler still holds."""
    results = spread(cluster.address, 0.2, work.sleep, range(1000))
    assert next(results) == 0
    results.close()
    with Client(cluster.address, set_as_default=False) as client:
        end = time.monotonic() + 20
        while tasks := client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)):
            assert time.monotonic() < end, tasks
            time.sleep(0.1)


def test_an_interrupt_is_answered_at_once(cluster: Cluster) -> None:
    """It does not wait for what is under way; 1000 items would take minutes."""
    answered = threading.Event()

    def press_until_answered() -> None:
        # Python drops an exception that comes up while an object is being finalised: a user presses again
        while not answered.wait(2.0):
            signal.raise_signal(signal.SIGINT)

    keyboard = threading.Thread(target=press_until_answered)
    keyboard.start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(spread(cluster.address, 0.2, work.sleep, range(1000)))
    finally:
        answered.set()
        keyboard.join()
    assert time.monotonic() - began < 20


def test_commands_give_the_same_results(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`simulate` writes the same bytes, `sobol` prints the same numbers; both with an address only."""
    monkeypatch.chdir(tmp_path)
    Path("rows.csv").write_text("Rate,Power\n" + "".join(f"{0.001 * i},1\n" for i in range(100)))
    model = TEST_MODELS / "explosive.mdl"
    everywhere = [["--scheduler", cluster.address], []]
    files, printed = [], []
    for place, words in enumerate(everywhere):
        run = ["simulate", str(model), "--inputs", "rows.csv", "--out", f"runs{place}", *words]
        assert CliRunner().invoke(app, run).exit_code == 0
        files.append({path.name: path.read_bytes() for path in Path(f"runs{place}").iterdir()})
        sobol = CliRunner().invoke(app, ["sobol", "jixi", "--n", "64", "--outputs", "GDP", "--json", *words])
        assert sobol.exit_code == 0
        printed.append(sobol.stdout)
    assert files[0] == files[1]
    assert printed[0] == printed[1]


def test_a_calibration_has_the_same_estimates(cluster: Cluster, tmp_path: Path) -> None:
    """Its starts are made by the workers."""
    printed = []
    for place, words in enumerate([["--scheduler", cluster.address], []]):
        run = ["calibrate", "jixi", "--quick", "--out", str(tmp_path / str(place)), "--json", *words]
        result = CliRunner().invoke(app, run)
        assert result.exit_code == 0, result.output
        printed.append(result.stdout)
    assert printed[0] == printed[1]


def test_a_panel_has_the_same_numbers(cluster: Cluster, tmp_path: Path) -> None:
    """Cities fitted by workers give what this process gives, bit for bit."""
    table = write_rows(tmp_path / "observed.csv", rows_of(["qitaihe", "suqian"]))
    panel = load_panel(table, study=STUDY, cities=CITIES)
    here = run_panel(panel, out=tmp_path / "here")
    there = run_panel(panel, out=tmp_path / "there", scheduler=cluster.address)
    assert repr(there.stated.scores) == repr(here.stated.scores)  # a rule that is not defined is NaN


def test_errors_of_the_work_come_through(cluster: Cluster) -> None:
    """Those of this package with their attributes, others as they are."""
    with pytest.raises(ModelError, match="item 3 is refused") as refused:
        list(spread(cluster.address, None, work.refuse, [3]))
    assert refused.value.line == 3
    with pytest.raises(ZeroDivisionError, match="unforeseen"):
        list(spread(cluster.address, None, work.stumble, [1]))


def test_workers_with_other_software_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """They might give other numbers; the message says in what they differ."""
    ours = task.engine_software() | {"numpy": "0.1"}
    monkeypatch.setattr(task, "engine_software", lambda: ours)
    with pytest.raises(ClusterError, match=r"software differs \(here against there\): numpy 0\.1 against"):
        list(spread(cluster.address, None, work.sleep, [1]))


def test_a_worker_that_dies_loses_nothing(mortal: Cluster) -> None:
    """One is killed in the middle: its chunks go to the other, and the numbers are the same."""
    here = CompiledSimulator(everything("euler"), {}, seed=7)
    chunks = ClusterSimulator(here, mortal.address).run_chunks(INPUTS, outputs=OUTPUTS, n_runs=10)
    found = [next(chunks) for _ in range(20)]
    os.kill(mortal.workers[0].pid, signal.SIGKILL)
    found += chunks
    wanted = here.run(INPUTS, outputs=OUTPUTS)
    assert np.concatenate([chunk.values for chunk in found]).tobytes() == wanted.values.tobytes()


def test_the_worker_that_was_sent_the_simulator_dies(mortal: Cluster) -> None:
    """What is sent once can be had again: it is no scattered data."""
    results = spread(mortal.address, 0.05, work.sleep, range(60))
    assert next(results) == 0
    os.kill(mortal.workers[0].pid, signal.SIGKILL)
    mortal.start_worker()
    for _ in range(20):
        next(results)
    os.kill(mortal.workers[1].pid, signal.SIGKILL)
    assert list(results) == list(range(21, 60))


def test_no_worker_is_left(mortal: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some patience the command says so instead of waiting for ever."""
    results = spread(mortal.address, 0.1, work.sleep, range(100))
    next(results)
    monkeypatch.setattr(spreading, "PATIENCE", 2.0)  # now, so that a machine may be slow to begin
    for worker in mortal.workers:
        os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(ClusterError, match=f"no worker for 2 s: start some with `dask worker {mortal.address}`"):
        list(results)


def test_the_scheduler_dies(mortal: Cluster, capfd: pytest.CaptureFixture[str]) -> None:
    """The connection is lost, and no traceback of distributed's is printed."""
    results = spread(mortal.address, 0.1, work.sleep, range(100))
    next(results)
    os.kill(mortal.scheduler.pid, signal.SIGKILL)
    with pytest.raises(ClusterError, match=r"connection to the scheduler at .* is lost"):
        list(results)
    time.sleep(1.0)
    assert "Traceback" not in capfd.readouterr().err


def test_rows_that_kill_every_worker_are_given_up(tmp_path: Path) -> None:
    """After as many as the scheduler allows; the message names the last and the usual reason."""
    cluster = Cluster(tmp_path, workers=2, settings={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"})
    try:
        with pytest.raises(ClusterError, match=r"2 workers died .*the last at tcp://.*memory is the usual one"):
            list(spread(cluster.address, None, work.die, [1]))
    finally:
        cluster.close()
