"""Streams that are closed, full or speak ASCII, signals from the first moment, numbers as people write them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

MODEL = """{UTF-8}
存量 = INTEG(-存量 / 2, 8) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 2 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""
PROGRAM = [sys.executable, "-c", "import sys; sys.argv[0] = 'rcsd'; from rcsd.cli import main; main()"]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Write a stock that halves, under a Chinese name."""
    path = tmp_path / "halves.mdl"
    path.write_text(MODEL, encoding="utf-8")
    return path


def shell(words: str, model: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line with the program in ``$RCSD`` and the model in ``$MODEL``."""
    program = " ".join(f"'{word}'" if " " in word else word for word in PROGRAM).replace("'rcsd'", '"rcsd"')
    return subprocess.run(
        ["sh", "-c", f"{program} {words}"],
        capture_output=True,
        text=True,
        cwd=model.parent,
        env={**os.environ, "MODEL": str(model), **environment},
        check=False,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ('run "$MODEL" >&-', 1, "standard output cannot be written"),
        ('run "$MODEL" --csv out.csv >&- 2>&- <&-', 1, ""),
        ('run "$MODEL" --csv "$MODEL"', 2, "is not written over"),
        ('run "$MODEL" --step 1_0', 2, "'1_0' is not a finite number"),
        ('run "$MODEL" --to 0x10', 2, "'0x10' is not a finite number"),
        ('run "$MODEL" --set "存量=1"', 2, "only constants can be set"),
        ('run "$MODEL" --data none.csv', 2, "no data variable"),
        ('run "$MODEL" --to -1', 2, "--to -1: .*final time must lie after"),
    ],
)
def test_it_ends_in_one_line(model: Path, words: str, code: int, said: str) -> None:
    """Neither a traceback nor silence; the model is what it was."""
    done = shell(words, model)
    assert done.returncode == code, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith(("rcsd: ", "Error: "))]
    assert len(lines) == bool(said)
    assert not said or re.search(said, lines[0])
    assert "Traceback" not in done.stderr
    assert model.read_text(encoding="utf-8") == MODEL
    if "out.csv" in words:
        assert (model.parent / "out.csv").read_text(encoding="utf-8").splitlines()[-1] == "2.0,2.0"


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_an_output_of_ascii_gets_all_letters(model: Path) -> None:
    """JSON has escapes of its own; a table shows those of Python."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    document = json.loads(shell('run "$MODEL" --json', model, **ascii_only).stdout)
    assert document["variables"]["存量"]["values"] == [8, 4, 2]
    assert "\\u5b58\\u91cf" in shell('run "$MODEL"', model, **ascii_only).stdout
    assert "存量" in shell('run "$MODEL"', model, LC_ALL="C").stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_modules_are_imported_ends_in_one_line(model: Path, number: int, code: int) -> None:
    """The first import of the program tells that it has begun; the signal comes with the next ones."""
    begun = "import sys; from rcsd.cli import main; print(flush=True); sys.argv = ['rcsd', *sys.argv[1:]]; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", begun, "run", str(model), "--backend", "compiled"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.02)
    process.send_signal(number)
    since = time.monotonic()
    _, said = process.communicate(timeout=20)
    assert time.monotonic() - since < 5
    assert (process.returncode, said) == (code, "rcsd: stopped.\n")
