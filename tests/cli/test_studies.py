"""The main job and its parts, on data whose parameter is known."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.growth import write_growth_study

pytestmark = pytest.mark.usefixtures("undrawn")


@dataclass(frozen=True, slots=True)
class Finished:
    """A study that has been run: its file, its output folder and what the command said."""

    study: Path
    out: Path
    said: Result

    @property
    def document(self) -> dict:
        """What result.json holds."""
        return json.loads((self.out / "growth" / "result.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Return the growth study, run once with its figures drawn; its kept steps are read, never written."""
    from rcsd.cli.app import app  # noqa: PLC0415 - as in the fixture of the command line

    folder = tmp_path_factory.mktemp("finished")
    study, out = write_growth_study(folder), folder / "out"
    return Finished(study, out, CliRunner().invoke(app, ["study", str(study), "--out", str(out)]))


def test_a_study_finds_the_rate_and_reports_it(finished):
    """Growth of 12 % a year is found, the hold-out is met, and the path of the index ends the output."""
    out = finished.out
    assert finished.said.exit_code == 0, finished.said.stderr
    assert finished.said.stdout.splitlines()[-1] == str(out / "index.html")
    document = finished.document
    assert document["parameters"]["Growth Rate"]["estimate"] == pytest.approx(0.12, rel=1e-5)
    assert document["series"]["stock"]["holdout"]["mape"] < 0.1  # the median of draws
    assert (out / "growth" / "index.html").is_file()
    assert (out / "growth" / "figures" / "fit-stock.png").read_bytes().startswith(b"\x89PNG")


def test_json_is_the_only_thing_on_stdout(rcsd, growth_study, tmp_path):
    """With --json the output is one document, with the paths of the pages and the content of result.json."""
    out = tmp_path / "out"
    result = rcsd("study", growth_study, "--quick", "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["index"] == str(out / "index.html")
    kept = json.loads((out / "growth" / "result.json").read_text(encoding="utf-8"))
    assert document["studies"][0]["result"]["parameters"] == kept["parameters"]


def test_the_parts_reuse_what_the_whole_has_computed(rcsd, finished):
    """After a study, calibrate and backtest read the kept steps: the files stay untouched and the numbers the same."""
    growth_study, out = finished.study, finished.out
    kept = {path: path.stat().st_mtime_ns for path in (out / "growth" / "steps").iterdir()}
    fit = json.loads(rcsd("calibrate", growth_study, "--out", out, "--json").stdout)
    scores = json.loads(rcsd("backtest", growth_study, "--out", out, "--json").stdout)
    assert kept == {path: path.stat().st_mtime_ns for path in (out / "growth" / "steps").iterdir()}
    whole = finished.document
    estimate = whole["parameters"]["Growth Rate"]["estimate"]
    assert fit["parameters"]["Growth Rate"]["estimate"] == estimate
    assert scores["series"] == whole["series"]
    assert scores["backtest"] == whole["backtest"]


def test_calibrate_shows_estimates_with_their_bounds(rcsd, finished):
    """The table has the estimate between the bounds of the study file, and says how many starts agree."""
    result = rcsd("calibrate", finished.study, "--out", finished.out)
    assert result.exit_code == 0, result.stderr
    row = next(line for line in result.stdout.splitlines() if "Growth Rate" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["Growth Rate", "1/Year", "", "0.12", "0.01", "0.5"]
    assert "2 of 2 starts agree" in result.stdout


def test_backtest_shows_the_benchmark_forecasts_beside_the_model(rcsd, finished):
    """Repeating the last value of 12 % growth is off by 1 - 1.12^-n: 10.71, 20.28 and 28.82, on average 19.94 percent.

    The logarithmic drift is exact, or another rule as near; without a reference there is no two-line rule.
    """
    result = rcsd("backtest", finished.study, "--out", finished.out)
    assert result.exit_code == 0, result.stderr
    row = next(line for line in result.stdout.splitlines() if "Stock" in line)
    name, fit, scored, ours, last, two_line, best, _ = (cell.strip() for cell in row.strip("│").split("│"))
    assert (name, fit, last, two_line, best) == ("Stock", "0.00", "19.94", "-", "0.00")
    assert float(ours) < 0.1  # the median of draws
    assert scored == "3 of 3"


def test_a_misspelt_key_is_named_before_anything_runs(rcsd, growth_study, tmp_path):
    """An unknown key exits with 2, is named, and leaves no output folder behind."""
    growth_study.write_text(growth_study.read_text(encoding="utf-8").replace("error =", "eror ="), encoding="utf-8")
    out = tmp_path / "out"
    result = rcsd("study", growth_study, "--out", out)
    assert result.exit_code == 2
    assert "eror" in result.stderr
    assert "Traceback" not in result.stderr
    assert not out.exists()


def test_a_bad_study_stops_those_named_before_it(rcsd, growth_study, tmp_path):
    """All studies are read before the first is run: a name that does not exist ends the command at once."""
    out = tmp_path / "out"
    result = rcsd("study", growth_study, "no_such_city", "--out", out)
    assert result.exit_code == 2
    assert "no_such_city" in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("command", ["study", "calibrate", "backtest"])
def test_an_unwritable_folder_is_refused(rcsd, growth_study, tmp_path, command):
    """A file where the output folder should be exits with 2 and is named, with no traceback."""
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    result = rcsd(command, growth_study, "--out", blocked)
    assert result.exit_code == 2
    assert "blocked" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_study_named_twice_is_run_once(rcsd, growth_study, tmp_path):
    """The index of one study named twice is that of the study named once."""
    pages = []
    for named in ((growth_study, growth_study), (growth_study,)):
        assert rcsd("study", *named, "--quick", "--out", tmp_path / "out").exit_code == 0
        pages.append((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    links = [re.findall('href="growth/index.html"', page) for page in pages]
    assert links[0] == links[1] != []
    assert "side by side" not in pages[0]


def test_a_study_named_by_file_and_by_folder_is_run_once(rcsd, growth_study, tmp_path):
    """The folder and the study.toml in it are one study, in whatever way they are written."""
    out = tmp_path / "out"
    roundabout = growth_study.parent / "." / ".." / growth_study.parent.name
    result = rcsd("study", growth_study, growth_study.parent, roundabout, "--quick", "--out", out, "--json")
    assert result.exit_code == 0, result.stderr
    assert len(json.loads(result.stdout)["studies"]) == 1


def test_two_studies_of_one_name_are_refused(rcsd, growth_study, tmp_path):
    """They would write into one folder: the message names both files, and nothing is run."""
    other, out = tmp_path / "other", tmp_path / "out"
    other.mkdir()
    for name in ("growth.mdl", "observed.csv", "study.toml"):
        (other / name).write_bytes((growth_study.parent / name).read_bytes())
    result = rcsd("study", growth_study, other, "--out", out)
    assert result.exit_code == 2
    assert str(growth_study) in result.stderr
    assert str(other / "study.toml") in result.stderr
    assert "both named 'growth'" in result.stderr
    assert not out.exists()


def test_backtest_names_what_is_known_of_the_drivers(rcsd, growth_study, tmp_path):
    """A study without drivers has one forecast, and the heading and the document say so."""
    result = rcsd("backtest", growth_study, "--quick", "--out", tmp_path / "out")
    assert "rozen" not in result.stdout
    document = json.loads(rcsd("backtest", growth_study, "--quick", "--out", tmp_path / "out", "--json").stdout)
    assert [entry["drivers"] for entry in document["backtest"]] == ["known"]


def test_starts_stop_for_a_reason_in_plain_words(rcsd, finished):
    """No start quotes a variable of the optimiser."""
    document = json.loads(rcsd("calibrate", finished.study, "--out", finished.out, "--json").stdout)
    for start in document["starts"]:
        assert "`" not in start["message"]
        assert start["message"].startswith(("the cost", "the parameters", "the gradient", "neither"))


@pytest.mark.filterwarnings("always::rcsd.errors.RcsdWarning")
def test_a_quick_search_is_called_one_on_the_terminal(rcsd, finished, tmp_path):
    """The study, its parts and their JSON all say it; a full search says nothing of the kind."""
    growth_study, out = finished.study, shutil.copytree(finished.out, tmp_path / "out")
    assert finished.said.stderr == ""
    assert "(quick search)" not in rcsd("backtest", growth_study, "--out", out).stdout
    result = rcsd("study", growth_study, "--quick", "--out", out)
    assert "rcsd: warning: the results of a full search" in result.stderr
    assert "rcsd: quick search, a first look and not a result: growth" in result.stderr
    for command in ("calibrate", "backtest"):
        assert "growth (quick search)" in rcsd(command, growth_study, "--quick", "--out", out).stdout
        assert json.loads(rcsd(command, growth_study, "--quick", "--out", out, "--json").stdout)["quick"] is True
        assert json.loads(rcsd(command, growth_study, "--out", out, "--json").stdout)["quick"] is False


def test_a_dropped_cell_of_the_holdout_is_counted_as_such(rcsd, growth_study, tmp_path):
    """With 2012 dropped by a flag the error is that of two cells, and the table and the JSON say so."""
    data = growth_study.with_name("observed.csv")
    data.write_text(re.sub(r"(stock,2012,.*,)\n", r"\1doubtful\n", data.read_text(encoding="utf-8")), encoding="utf-8")
    text = growth_study.read_text(encoding="utf-8").replace("error = 0.01", "error = 0.01\nflags = { doubtful = 0 }")
    growth_study.write_text(text, encoding="utf-8")
    result = rcsd("backtest", growth_study, "--out", tmp_path / "out")
    assert "2 of 3" in next(line for line in result.stdout.splitlines() if "Stock" in line)
    document = json.loads(rcsd("backtest", growth_study, "--out", tmp_path / "out", "--json").stdout)
    holdout = document["series"]["stock"]["holdout"]
    assert (holdout["n"], holdout["n_dropped"]) == (2, 1)


def test_parts_show_what_the_whole_study_has_found(rcsd, growth_study, tmp_path):
    """Before the study there are no verdicts and no rolling scores; after it, the same as in result.json."""
    out = tmp_path / "out"
    rolling = "\n[rolling]\nfirst = 2009\nlast = 2011\nhorizon = 2\ndraws = 100\n"
    growth_study.write_text(growth_study.read_text(encoding="utf-8") + rolling, encoding="utf-8")
    fit = json.loads(rcsd("calibrate", growth_study, "--out", out, "--json").stdout)
    assert fit["parameters"]["Growth Rate"]["identified"] is None
    scores = json.loads(rcsd("backtest", growth_study, "--out", out, "--json").stdout)
    assert scores["rolling"] == []
    assert "from many origins" not in rcsd("backtest", growth_study, "--out", out).stdout
    study = rcsd("study", growth_study, "--out", out)
    assert study.exit_code == 0, study.stderr
    whole = json.loads((out / "growth" / "result.json").read_text(encoding="utf-8"))
    scores = json.loads(rcsd("backtest", growth_study, "--out", out, "--json").stdout)
    assert len(whole["rolling"]) == 2
    for part in ("series", "backtest", "rolling"):
        assert scores[part] == whole[part]
    fit = json.loads(rcsd("calibrate", growth_study, "--out", out, "--json").stdout)["parameters"]["Growth Rate"]
    assert fit["determined_by"] == "data"
    for key in ("profile", "profile_open", "identified", "determined_by", "prior_against_data", "posterior"):
        assert fit[key] == whole["parameters"]["Growth Rate"][key]
    assert "from many origins" in rcsd("backtest", growth_study, "--out", out).stdout
    row = next(line for line in rcsd("calibrate", growth_study, "--out", out).stdout.splitlines() if "closed" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")][:3] == ["Growth Rate", "data", "closed"]
