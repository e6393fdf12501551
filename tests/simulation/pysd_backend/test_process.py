"""PySD in a process of its own: it counts its steps, comes back after its death, and leaves nothing here."""

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError
from rcsd.simulation.pysd_backend import PysdSimulator, remote
from rcsd.simulation.pysd_backend.checking import require_harmless
from rcsd.simulation.reader import read
from tests.places import ROOT, TEST_MODELS

HEAD = "{UTF-8}\n"
TAIL = "INITIAL TIME = 0~~|\nFINAL TIME = 10~~|\nTIME STEP = 0.1~~|\nSAVEPER = 1~~|\n"


def test_the_clock_counts_steps(tmp_path: Path) -> None:
    """A tenth added eighty times is less than eight; eighty tenths are not."""
    assert sum([0.1] * 80) < 8
    path = tmp_path / "m.mdl"
    path.write_text(HEAD + "late = IF THEN ELSE(Time >= 8, 1, 0)~~|\ns = INTEG(late, 0)~~|\n" + TAIL, encoding="utf-8")
    run = PysdSimulator(read(path)).run(times=np.arange(11.0))
    np.testing.assert_array_equal(run.of("late")[0], [0] * 8 + [1] * 3)
    np.testing.assert_allclose(run.of("s")[0], [0] * 8 + [0, 1, 2])


def test_names_that_python_does_not_like(tmp_path: Path) -> None:
    """Quotes, brackets, other scripts, words of Python: elements and variables come back as they were written."""
    path = tmp_path / "m.mdl"
    path.write_text(
        HEAD + 'place: "O\'Hare", lambda, "北 京" ~~|\n"it\'s (here)"[place] = 1, 2, 3~~|\nclass = 4~~|\n人口 = 5~~|\n'
        'None = SUM("it\'s (here)"[place!]) + class + 人口 ~~|\n' + TAIL,
        encoding="utf-8",
    )
    run = PysdSimulator(read(path)).run()
    assert [(name, run.of(name)[0, 0]) for name in run.variables] == [
        ("\"it's (here)\"[\"O'Hare\"]", 1), ("\"it's (here)\"[lambda]", 2), ('"it\'s (here)"["北 京"]', 3),
        ("class", 4), ("人口", 5), ("None", 15),
    ]  # fmt: skip


@pytest.mark.process
def test_a_run_that_ends_the_process_is_one_failed_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulator goes on with another process, which loads the model again."""
    simulator = PysdSimulator(read(TEST_MODELS / "teacup.mdl"))
    before = simulator.run(outputs=["Teacup Temperature"])
    process = remote._CHILD._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    monkeypatch.setenv("RCSD_PYSD_SECONDS", "0.3")
    stuck = simulator.run(outputs=["Teacup Temperature"])
    assert stuck.status[0] == RunStatus.FAILED
    assert "longer than 0.3 s" in stuck.messages[0]
    monkeypatch.delenv("RCSD_PYSD_SECONDS")
    np.testing.assert_array_equal(simulator.run(outputs=["Teacup Temperature"]).values, before.values)


@pytest.mark.process
def test_a_program_that_runs_pysd_does_not_import_it() -> None:
    """It is asked for a run as another program would be."""
    program = (
        "import sys; from rcsd.simulation.loading import load; "
        "print(load(sys.argv[1]).run(backend='pysd').n_runs, 'pysd' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(TEST_MODELS / "teacup.mdl")],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.split() == ["1", "False"]


def test_a_simulator_travels_with_its_translation() -> None:
    """And runs where the model's file is not."""
    simulator = PysdSimulator(read(TEST_MODELS / "regions.mdl"))
    copy = pickle.loads(pickle.dumps(simulator))
    np.testing.assert_array_equal(copy.run().values, simulator.run().values)


@pytest.mark.parametrize(
    "source",
    [
        "import os", "from os import system",
        "from pysd.py_backend.utils import load_modules", "import numpy.ctypeslib",
        "from pysd import load", "open('x')", "eval('1')", "__import__('os')", "().__class__", "np.load('x')",
        "def f(): return f.__globals__", "@print\ndef f(): pass", "getattr(1, 'x')", "class A: pass",
        "[x for x in (1,)]", "async def f(): pass", "x = lambda: (yield)", "f'{1}'", "del x", "global x",
        "with x: pass", "try:\n pass\nfinally:\n pass", "(x := 1)", "Path('x').write_text('y')", "exec('1')",
        "from rcsd.work.child import Child", "from scipy import io", "breakpoint()", "while 1: pass", "raise x",
    ],
)  # fmt: skip
def test_the_second_lock_is_shut(source: str) -> None:
    """What PySD's templates have no use for does not run."""
    known = "from pathlib import Path\nimport numpy as np\nx = 1\n"
    with pytest.raises((ModelError, SyntaxError)):
        require_harmless(known + source)
    require_harmless(known)
