"""`rcsd diff`: verdicts, exit codes, and as a tool of git."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import Result

from tests.analysis.difference.town import TOWN, edited
from tests.places import ROOT

Rcsd = Callable[..., Result]

XMILE_GROWTH = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>x</vendor><product version="1.0">x</product></header>
<sim_specs method="Euler" time_units="Year"><start>0</start><stop>10</stop><dt>1</dt></sim_specs>
<model><variables>
<stock name="Stock"><eqn>100</eqn><inflow>Growth</inflow><units>thing</units></stock>
<flow name="Growth"><eqn>Growth_Rate*Stock</eqn><units>thing/Year</units></flow>
<aux name="Growth_Rate"><eqn>0.1</eqn><units>1/Year</units></aux>
</variables></model></xmile>
"""
VENSIM_GROWTH = """{UTF-8}
Stock = INTEG(Growth, 100) ~ thing ~ |
Growth = Stock * Growth Rate ~ thing/Year ~ |
Growth Rate = 0.1 ~ 1/Year ~ |
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 10 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = TIME STEP ~ Year ~ |
"""


MAIN = "from rcsd.cli import main; main()"


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Write the town before an edit."""
    return written(tmp_path, "old.mdl", TOWN)


def test_a_model_is_the_same_as_itself(rcsd: Rcsd, old: Path) -> None:
    """The exit code is 0, and the runs are said to be the same."""
    result = rcsd("diff", old, old, "--draws", 4)
    assert result.exit_code == 0, result.stdout
    assert "The models say the same (12 variables)" in result.stdout


def test_vensim_and_xmile_are_compared(rcsd: Rcsd, tmp_path: Path) -> None:
    """One model in two formats is the same; a step of the wrong size, or a rate, is not."""
    vensim, xmile = written(tmp_path, "a.mdl", VENSIM_GROWTH), written(tmp_path, "b.xmile", XMILE_GROWTH)
    assert rcsd("diff", vensim, xmile).exit_code == 0
    xmile.write_text(XMILE_GROWTH.replace("0.1<", "0.2<").replace("<dt>1<", "<dt>0.5<"), encoding="utf-8")
    document = json.loads(rcsd("diff", vensim, xmile, "--json").stdout)
    assert document["same"] is False
    assert [each["old_name"] for each in document["structure"]["changed"] if each["changes"][0]["matters"]] == [
        "Growth Rate"
    ]
    assert {each["name"] for each in document["structure"]["settings"]} >= {"time step"}
    stock = next(each for each in document["behaviour"]["moved"] if each["name"] == "Stock")
    assert stock["base"]["old"][-1] == pytest.approx(100 * 1.1**10)
    assert stock["base"]["new"][-1] == pytest.approx(100 * 1.1**20)


def test_what_changed_is_printed_with_its_line(rcsd: Rcsd, old: Path, tmp_path: Path) -> None:
    """A renamed and an edited variable, and what they moved."""
    new = written(
        tmp_path, "new.mdl", edited(("Houses", "Homes"), ("Population / Lifetime", "2 * Population / Lifetime"))
    )
    result = rcsd("diff", old, new, "--draws", 4)
    assert result.exit_code == 1
    for words in ("Houses -> Homes", "Deaths (line 5)", "+ 2*Population/Lifetime", "factor added: 2", "Crowding"):
        assert words in result.stdout
    without = rcsd("diff", old, new, "--no-runs")
    assert without.exit_code == 1
    assert "Runs" not in without.stdout


def test_trouble_has_a_code_of_its_own(rcsd: Rcsd, old: Path, tmp_path: Path) -> None:
    """What cannot be read, or compared, ends with 2, and says why."""
    faulty = written(tmp_path, "faulty.mdl", edited(("* Room(Crowding)", "* Room(Crowd")))
    assert rcsd("diff", old, faulty).exit_code == 2
    assert rcsd("diff", old, tmp_path / "none.mdl").exit_code == 2
    assert "OLD NEW" in rcsd("diff", old).stderr
    ring = written(tmp_path, "ring.mdl", edited(("= Population / Houses", "= Population / Houses + Births")))
    result = rcsd("diff", ring, ring)
    assert result.exit_code == 2
    assert "The runs were not compared" in result.stdout
    assert rcsd("diff", old, ring).exit_code == 1


def test_a_file_that_was_added_or_removed(rcsd: Rcsd, old: Path) -> None:
    """The null device is an empty model."""
    added = rcsd("diff", os.devnull, old)
    assert added.exit_code == 1
    assert "Variables: 12 added." in added.stdout
    assert "12 removed" in rcsd("diff", old, "/dev/null").stdout


@pytest.mark.parametrize(
    ("name", "text"), [("blob", VENSIM_GROWTH), ("model.mdl.orig", VENSIM_GROWTH), ("x", XMILE_GROWTH)]
)
def test_a_file_without_a_suffix_is_told_by_its_text(rcsd: Rcsd, tmp_path: Path, name: str, text: str) -> None:
    """Version control hands over files of any name."""
    blob = written(tmp_path, name, text)
    assert rcsd("diff", blob, written(tmp_path, "a.mdl", VENSIM_GROWTH)).exit_code == 0
    blob.write_text(text.replace("Growth", "Gro(wth", 1), encoding="utf-8")
    assert str(blob) in rcsd("diff", blob, blob).stderr


class _Tags(HTMLParser):
    """Gathers the tags of a page, and what they point to outside it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        addresses = [value or "" for key, value in attrs if key in ("src", "href")]
        self.outside += [each for each in addresses if not each.startswith(("#", "data:"))]


def test_the_page_needs_no_other_file_and_escapes_the_models_words(rcsd: Rcsd, old: Path, tmp_path: Path) -> None:
    """Words of a model file are words on the page, whatever they look like."""
    new = written(
        tmp_path,
        "new.mdl",
        edited(("Children born.", "<script>alert(1)</script>"), ("Lifetime = 60", "Lifetime = 70")),
    )
    page = tmp_path / "difference.html"
    assert rcsd("diff", old, new, "--draws", 4, "-o", page).exit_code == 1
    text = page.read_text("utf-8")
    tags = _Tags()
    tags.feed(text)
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert tags.outside == []
    assert tags.tags.count("img") > 3
    assert rcsd("diff", old, new, "-o", tmp_path / "difference.pdf").exit_code == 2


def test_the_text_of_a_model_is_the_same_in_both_formats(rcsd: Rcsd, tmp_path: Path) -> None:
    """Layout, order and format of a file leave no trace in what git compares."""
    vensim, xmile = written(tmp_path, "a.mdl", VENSIM_GROWTH), written(tmp_path, "b.xmile", XMILE_GROWTH)
    texts = [
        rcsd("diff", "--textconv", each).stdout.replace("Growth Rate*Stock", "Stock*Growth Rate")
        for each in (vensim, xmile)
    ]
    assert texts[0] == texts[1]
    assert "  equation: INTEG(Growth, 100" in texts[0]
    lines = VENSIM_GROWTH.splitlines()
    shuffled = written(tmp_path, "c.mdl", "\n".join([lines[0], *lines[:0:-1]]))
    assert rcsd("diff", "--textconv", shuffled).stdout == rcsd("diff", "--textconv", vensim).stdout


def test_the_text_of_a_file_that_is_no_model_yet_is_itself(rcsd: Rcsd, tmp_path: Path) -> None:
    """Git goes on where a version of a file cannot be read."""
    broken = written(tmp_path, "a.mdl", VENSIM_GROWTH.replace("INTEG(Growth", "INTEG(Growth Rat"))
    result = rcsd("diff", "--textconv", broken)
    assert result.exit_code == 0
    assert "INTEG(Growth Rat" in result.stdout
    assert "warning" in result.stderr
    assert rcsd("diff", "--textconv", broken, broken, broken).exit_code == 2


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Make a repository with two versions of a model, and return what asks git there."""
    folder = tmp_path / "repository"
    folder.mkdir()
    command = written(folder, "rcsd.sh", f'#!/bin/sh\nexec "{sys.executable}" -c "{MAIN}" "$@"\n')
    command.chmod(0o755)
    known = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=folder,
            env=known | quiet,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    git("init", "-q")
    written(folder, "town.mdl", TOWN)
    git("add", "-A")
    git("commit", "-qm", "a town")
    written(folder, "town.mdl", edited(("Population / Lifetime", "Population / (2 * Lifetime)")))
    yield git


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="the command of the test is a shell script")
def test_git_calls_it_as_a_tool(repository: Callable[..., str]) -> None:
    """`git difftool -x` hands over temporary files, and the null device for a file that is new."""
    told = repository("difftool", "-y", "-x", "./rcsd.sh diff --draws 4", "HEAD", "--", "town.mdl")
    assert "divisor added: 2" in told
    assert "Population" in told
    repository("mv", "town.mdl", "village.mdl")
    told = repository("difftool", "-y", "--no-renames", "-x", "./rcsd.sh diff --no-runs", "HEAD", "--", "village.mdl")
    assert "12 added" in told


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="the command of the test is a shell script")
def test_git_shows_the_text_of_models(repository: Callable[..., str]) -> None:
    """As a textconv, `git diff` shows changed properties of variables."""
    repository("config", "diff.model.textconv", "./rcsd.sh diff --textconv")
    attributes = repository("rev-parse", "--git-path", "info/attributes").strip()
    top = Path(repository("rev-parse", "--show-toplevel").strip())
    (top / attributes).parent.mkdir(exist_ok=True)
    (top / attributes).write_text("*.mdl diff=model\n", encoding="utf-8")
    told = repository("diff", "HEAD", "--", "town.mdl")
    assert "-  equation: Population/Lifetime" in told
    assert "+  equation: Population/(2*Lifetime)" in told


SKETCH = """\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*People
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Births,200,100,60,24,8,3,0,0,0,0,0,0
10,2,Birth Rate,400,100,60,24,8,3,0,0,0,0,0,0
1,3,2,1,1,0,43,22,0,0,0,-1--1--1,,1|(300,90)|
"""


def test_views_are_compared(rcsd: Rcsd, tmp_path: Path) -> None:
    """A view with another name is told by what it shows; what was moved is said and is no difference."""
    path = written(tmp_path, "old.mdl", TOWN + SKETCH)

    def compared(old: str, new: str) -> Result:
        assert old in SKETCH
        return rcsd("diff", path, written(tmp_path, "new.mdl", TOWN + SKETCH.replace(old, new)), "--no-runs")

    moved = compared("Births,200,100", "Births,250,130")
    assert (moved.exit_code, "moved: Births" in moved.stdout) == (0, True)
    renamed = compared("*People", "*Citizens")
    assert (renamed.exit_code, "view Citizens: People -> Citizens" in renamed.stdout) == (1, True)
    other = compared("2,Birth Rate", "2,Lifetime")
    assert "shown added: Lifetime" in other.stdout
    assert "shown taken out: Birth Rate" in other.stdout
    assert "arrows added: Lifetime -> Births (+)" in other.stdout


def test_series_from_outside_go_into_both_models(rcsd: Rcsd, tmp_path: Path) -> None:
    """A data variable gets the series of a file in both; without one, what depends on it is no number."""
    text = edited(
        ("* Room(Crowding)", "* Room(Crowding) * Harvest"),
        ("Birth Rate = 0.04", "Harvest ~ Dmnl ~ |\nBirth Rate = 0.04"),
    )
    old, new = written(tmp_path, "old.mdl", text), written(tmp_path, "new.mdl", text.replace("= 60", "= 65"))
    series = written(tmp_path, "harvest.csv", "time,Harvest\n0,1\n50,2\n")
    result = rcsd("diff", old, new, "--data", series, "--draws", 4)
    assert result.exit_code == 1
    assert "Population" in result.stdout.partition("Runs:")[2]
