"""Work in a process that is asked: errors and warnings come back, what hangs or dies is ended, nothing is left."""

import os
import subprocess
import sys
import textwrap
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from rcsd.errors import ModelError, ParameterError, RcsdWarning, UnexpectedError
from rcsd.work.child import Child, ChildFailed, memory_limit
from rcsd.work.telling import error_heard, error_told
from tests.places import ROOT

pytestmark = pytest.mark.process

WORKER = """
import os, sys, time, warnings
from rcsd.errors import ModelError, RcsdWarning

def answer(head, body):
    match head["do"]:
        case "echo": return {"pid": os.getpid()}, body[::-1]
        case "print": print("noise on stdout", flush=True); os.system("echo noise"); return {}, b""
        case "sleep": time.sleep(60)
        case "raise": raise ModelError("is wrong", path="m.mdl", line=3, variable="A")
        case "warn": warnings.warn("not as the file asks", RcsdWarning); return {}, b""
        case "fault": return {}, {}["nothing"]
        case "exit": os._exit(7)
        case "sys.exit": sys.exit(3)
        case "memory": return {}, b"x" * (1 << 40)
        case "deep":
            def fall(n): return 0 if n == 0 else 1 + fall(n - 1)
            return {"depth": fall(head["n"])}, b""
        case "folder": return {"found": "decoy" in sys.modules, "path": sys.path}, b""
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """Return a process that does what the module above says."""
    (tmp_path / "some_worker.py").write_text(WORKER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    asked = Child("some_worker")
    yield asked
    asked.end()


def test_many_requests_are_answered_by_one_process(child: Child) -> None:
    """A megabyte passes both ways; the process starts once."""
    body = os.urandom(2**20)
    first = child.ask({"do": "echo"}, body, seconds=30)
    assert first[1] == body[::-1]
    assert child.ask({"do": "echo"}, b"", seconds=30)[0]["pid"] == first[0]["pid"] != os.getpid()


def test_no_answer_is_taken_for_another(child: Child) -> None:
    """Who asks twice before the first answer is told; one that was taken leaves the way free."""
    with child.asked({"do": "echo"}, b"ab", seconds=30) as first:
        with pytest.raises(RuntimeError, match="waits for its answer"):
            child.ask({"do": "echo"}, b"cd", seconds=30)
        assert first.take()[1] == b"ba"
        assert child.ask({"do": "echo"}, b"cd", seconds=30)[1] == b"dc"
    assert child.ask({"do": "echo"}, b"ef", seconds=30)[1] == b"fe"


def test_what_is_printed_there_does_not_come_between(child: Child) -> None:
    """Neither from Python nor from a program that it starts."""
    child.ask({"do": "print"}, seconds=30)
    assert child.ask({"do": "echo"}, b"ab", seconds=30)[1] == b"ba"


def test_errors_and_warnings_come_back_as_they_were(child: Child) -> None:
    """With line, variable and path; the process goes on."""
    with pytest.raises(ModelError, match=r"m\.mdl:3: variable 'A': is wrong") as caught:
        child.ask({"do": "raise"}, seconds=30)
    assert (caught.value.line, caught.value.variable, caught.value.path) == (3, "A", "m.mdl")
    with pytest.warns(RcsdWarning, match="not as the file asks"):
        child.ask({"do": "warn"}, seconds=30)


def test_an_error_that_nobody_foresaw_keeps_its_traceback(child: Child) -> None:
    """For the log; the message is its last line."""
    with pytest.raises(UnexpectedError, match="KeyError: 'nothing'") as caught:
        child.ask({"do": "fault"}, seconds=30)
    assert "some_worker.py" in caught.value.details
    assert caught.value.exit_code == 70


@pytest.mark.parametrize(
    ("what", "message"),
    [("exit", "ended with code 7"), ("sys.exit", "ended with code 1 .SystemExit: 3."), ("memory", "GiB of memory")],
)
def test_a_process_that_ends_is_started_again(child: Child, what: str, message: str) -> None:
    """The one request fails, with the reason; the next is answered."""
    with pytest.raises(ChildFailed, match=message):
        child.ask({"do": what}, seconds=30)
    assert child.ask({"do": "echo"}, b"ab", seconds=30)[1] == b"ba"


def test_a_process_that_hangs_is_ended(child: Child) -> None:
    """In the time that it was given, not in its own."""
    pid = child.ask({"do": "echo"}, seconds=30)[0]["pid"]
    began = time.monotonic()
    with pytest.raises(ChildFailed, match=r"longer than 0\.3 s"):
        child.ask({"do": "sleep"}, seconds=0.3)
    assert time.monotonic() - began < 10
    assert child.ask({"do": "echo"}, seconds=30)[0]["pid"] != pid


def test_calls_within_calls_have_room(child: Child) -> None:
    """A hundred thousand, where Python's own limit is a thousand."""
    assert child.ask({"do": "deep", "n": 100_000}, seconds=60)[0]["depth"] == 100_000


def test_the_current_folder_is_not_searched_for_modules(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that came with a model may hold a json.py or a numpy.py."""
    elsewhere = tmp_path / "beside_the_model"
    elsewhere.mkdir()
    for name in ("json", "numpy", "pysd"):
        (elsewhere / f"{name}.py").write_text("import sys; sys.modules['decoy'] = sys", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    told = child.ask({"do": "folder"}, seconds=30)[0]
    assert not told["found"]
    assert all(path and Path(path).is_absolute() and Path(path) != elsewhere for path in told["path"])


def test_work_that_is_left_is_ended(child: Child) -> None:
    """An interrupt while the answer is awaited leaves no process that still works."""
    with pytest.raises(KeyboardInterrupt), child.asked({"do": "sleep"}, seconds=30) as asked:
        assert not asked.taken
        raise KeyboardInterrupt
    assert child._process is None
    assert child.ask({"do": "echo"}, b"ab", seconds=30)[1] == b"ba"


def test_threads_take_turns(child: Child) -> None:
    """Each gets the answer to its own question."""
    got: dict[int, bytes] = {}

    def ask(n: int) -> None:
        got[n] = child.ask({"do": "echo"}, str(n).encode(), seconds=60)[1]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(10, 18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {n: str(n).encode()[::-1] for n in range(10, 18)}


def test_the_process_ends_with_the_one_that_asks(tmp_path: Path) -> None:
    """Even when that is killed in the middle of the work."""
    (tmp_path / "some_worker.py").write_text(WORKER, encoding="utf-8")
    program = textwrap.dedent(
        """
        import sys
        from rcsd.work.child import Child
        child = Child("some_worker")
        print(child.ask({"do": "echo"}, seconds=60)[0]["pid"], flush=True)
        child.ask({"do": "sleep"}, seconds=60)
        """
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < until, "the child goes on without its parent"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    """Whether a process is at work: one that has ended may wait for somebody to take note."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return False


@pytest.mark.parametrize("text", ["much", "-1", "0", "nan", "inf", "1e99"])
def test_a_limit_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """With the name of the variable."""
    monkeypatch.setenv("RCSD_CHILD_GIB", text)
    with pytest.raises(ParameterError, match="RCSD_CHILD_GIB"):
        memory_limit()


def test_nobody_is_told_of_a_kind_that_is_no_error_of_ours() -> None:
    """What comes from a process names a class of `rcsd.errors` and nothing else."""
    told = error_told(ModelError("x", path=Path("a") / "b.mdl", line=2))
    assert error_heard(told).path == Path("a") / "b.mdl"  # type: ignore[attr-defined]
    assert type(error_heard(told | {"kind": "Path"})).__name__ == "RcsdError"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert str(error_heard(told | {"kind": "annotations"})) == str(error_heard(told))
