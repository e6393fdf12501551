"""`rcsd run` against the closed form of exponential growth."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rcsd.cli.model import run as run_command


def test_a_run_gives_the_closed_form(rcsd, growth_model):
    """Euler's rule with a step of a year gives 100 x 1.1^n."""
    result = rcsd("run", growth_model, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["times"] == list(range(2000, 2014))
    expected = [100 * 1.1**n for n in range(14)]
    assert document["variables"]["Stock"]["values"] == pytest.approx(expected, rel=1e-12)
    assert document["variables"]["Stock"]["unit"] == "thing"


def test_a_setting_holds_for_the_run(rcsd, growth_model):
    """Without growth the stock stays at 100, and the document says what was set."""
    document = json.loads(rcsd("run", growth_model, "--set", "growth rate = 0", "--json").stdout)
    assert set(document["variables"]["Stock"]["values"]) == {100.0}
    assert document["inputs"] == {"Growth Rate": 0.0}


def test_the_csv_holds_times_first_and_then_every_variable(rcsd, growth_model, tmp_path):
    """The header is time and every name as the model writes it; numbers survive the way through the file."""
    target = tmp_path / "run.csv"
    assert rcsd("run", growth_model, "--years", "2001:2003", "--csv", target).exit_code == 0
    with target.open(newline="", encoding="utf-8") as stream:
        header, *rows = list(csv.reader(stream))
    assert header[0] == "time"
    assert {"Growth", "Growth Rate", "Stock", "Initial Stock"} == set(header[1:])
    assert [float(row[0]) for row in rows] == [2001, 2002, 2003]
    stock = header.index("Stock")
    assert [float(row[stock]) for row in rows] == pytest.approx([110, 121, 133.1], rel=1e-12)


def test_without_a_file_both_ends_are_shown(rcsd, growth_model):
    """The table names each variable with its unit, at the first and the last time, constants left out."""
    result = rcsd("run", growth_model, "--years", "2000:2002")
    assert result.exit_code == 0
    row = next(line for line in result.stdout.splitlines() if "Stock" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["Stock", "thing", "100", "121"]
    assert "Initial Stock" not in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "Growth Rat=0.2"), "did you mean 'Growth Rate'?"),
        (("--set", "Growth Rate"), "an equals sign"),
        (("--set", "Growth Rate=fast"), "'fast' is not a number"),
        (("--set", "Growth Rate=0.1", "--set", "Growth Rate=0.2"), "is set twice"),
        (("--years", "2013:2000"), "in order"),
        (("--years", "1990:2000"), "runs from 2000 to 2013"),
        (("--years", "2000"), "as in --years 2000:2013"),
        (("--years", "2000.2:2000.8"), "from 2000 on in steps of 1, and so nothing at 2000.2; take 2000 or 2001"),
        (("--years", "2000.3:2001"), "nothing at 2000.3; take 2000 or 2001"),
        (("--years", "2000:2002.6"), "nothing at 2002.6; take 2002 or 2003"),
        (("--set", "Stock=3"), "'Stock' is a stock of the model"),
        (("--set", "Growth=3"), "only constants can be set"),
    ],
)
def test_bad_words_end_with_one_paragraph(rcsd, growth_model, words, message):
    """Each mistake exits with 2, names what is wrong on one line, prints nothing to stdout and shows no traceback."""
    result = rcsd("run", growth_model, *words, "--json")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert result.stderr.startswith("rcsd: error: ")
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_missing_model_is_named(rcsd, tmp_path):
    """A file that is not there exits with 2 and is named."""
    result = rcsd("run", tmp_path / "nowhere.mdl")
    assert result.exit_code == 2
    assert "nowhere.mdl" in result.stderr


def test_a_run_that_diverges_has_failed(rcsd, growth_model):
    """A growth rate of 1e90 overflows: the work failed, which is exit code 1."""
    result = rcsd("run", growth_model, "--set", "Growth Rate=1e90")
    assert result.exit_code == 1
    assert result.stderr.startswith("rcsd: error: ")


def test_an_unwritable_csv_is_refused(rcsd, growth_model, tmp_path):
    """A file where a folder should be exits with 2 and names the path."""
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    result = rcsd("run", growth_model, "--csv", blocked / "run.csv")
    assert result.exit_code == 2
    assert "blocked" in result.stderr


def test_an_unknown_backend_is_refused(rcsd, growth_model):
    """The engines that there are stand in the message."""
    result = rcsd("run", growth_model, "--backend", "abacus")
    assert result.exit_code == 2
    assert "pysd" in result.stderr


def test_the_users_stop_is_130(rcsd, growth_model, monkeypatch):
    """An interrupt from the keyboard exits with 130; a run has no finished steps that could be promised."""

    def stop(_settings: list[str]) -> dict[str, float]:
        raise KeyboardInterrupt

    monkeypatch.setattr(run_command, "parse_settings", stop)
    result = rcsd("run", growth_model)
    assert result.exit_code == 130
    assert result.stderr.strip() == "rcsd: stopped."


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
@pytest.mark.parametrize("into_file", [True, False])
def test_the_csv_can_go_to_stdout(growth_model, tmp_path, into_file):
    """A path to stdout gives the CSV and nothing else, behind what a file held before and into a pipe alike."""
    path = tmp_path / "stdout"  # a link of our own: a program that replaces it must not replace the system's
    path.symlink_to("/dev/stdout")
    words = [sys.executable, "-c", "from rcsd.cli import main; main()", "run", growth_model, "--csv", path]
    if into_file:
        target = tmp_path / "all.csv"
        target.write_text("kept\n")
        with target.open("a") as stream:
            subprocess.run(words, stdout=stream, check=True)
        before, *rows = target.read_text().splitlines()
        assert before == "kept"
    else:
        rows = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    assert rows[0].startswith("time,")
    assert len(rows) == 15
    both = subprocess.run([*words, "--json"], capture_output=True, text=True, check=False)
    assert both.returncode == 2
    assert "both write to standard output" in both.stderr


@pytest.mark.filterwarnings("always:not a finite number")
@pytest.mark.parametrize(
    ("equation", "code", "said"),
    [
        ("Share = 1 / (Time - 2)", 0, "warning: not a finite number: 'Share' (from time 2)"),
        ("Share = 1 / (Time - 2) ~~|\nFed = INTEG(Share, 0)", 1, "is not a finite number at time"),
    ],
)
def test_a_variable_that_no_stock_needs_may_be_no_number(rcsd, tmp_path, equation, code, said):
    """1/0 is infinite for one moment: the column says so, and the stock is 2^t as it would be without it."""
    path = tmp_path / "doubling.mdl"
    path.write_text(
        "{UTF-8}\nStock = INTEG(Stock, 1) ~~|\n" + equation + " ~~|\nINITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\n"
        "TIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
    )
    result = rcsd("run", path, "--json")
    assert result.exit_code == code
    assert said in result.stderr
    if code == 0:
        variables = json.loads(result.stdout)["variables"]
        assert variables["Stock"]["values"] == [1, 2, 4, 8, 16]
        assert variables["Share"]["values"] == [-0.5, -1, None, 1, 0.5]
