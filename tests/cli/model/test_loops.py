"""`rcsd loops` on models whose loops are known."""

import csv
import json

import pytest

from tests.analysis.loops.loop_models import FISHERY, LOGISTIC, saved


@pytest.fixture
def fishery(tmp_path):
    """Return a model of five loops."""
    return saved(tmp_path, FISHERY)


def test_json_says_what_each_loop_is_and_did(rcsd, tmp_path):
    """Logistic growth: births reinforce and rule early, deaths balance and rule late."""
    result = rcsd("loops", saved(tmp_path, LOGISTIC), "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["complete"] is True
    assert document["partitions"][0]["stocks"] == ["Population"]
    loops = {each["polarity"]: each for each in document["loops"]}
    assert set(loops) == {"R", "B"}
    assert loops["R"]["variables"] == ["Population", "births"]
    assert loops["R"]["leads"][0][1] < loops["B"]["leads"][-1][1] == 40
    shares = [abs(a) + abs(b) for a, b in zip(*(each["relative_scores"] for each in loops.values()), strict=True)]
    assert shares[1:] == pytest.approx([1.0] * (len(shares) - 1))


def test_a_table_for_people_names_loops_their_polarity_and_when_they_rule(rcsd, fishery):
    """The independent ones first; a name stands before its chain."""
    (fishery.parent / "checks.toml").write_text(
        '[[loops]]\nname = "wear"\nthrough = ["Ships", "scrapping"]\n', encoding="utf-8"
    )
    result = rcsd("loops", fishery)
    assert result.exit_code == 0
    assert "5 feedback loops" in result.stdout
    assert "Shortest independent loop set" in result.stdout
    assert "wear: Ships → scrapping → Ships" in result.stdout
    assert "balancing" in result.stdout


def test_scores_and_a_drawing_are_written(rcsd, fishery, tmp_path):
    """A column for each loop under its number, a row for each saved time; the drawing is an SVG."""
    target, drawing = tmp_path / "scores.csv", tmp_path / "loops.svg"
    result = rcsd("loops", fishery, "--csv", target, "--plot", drawing)
    assert result.exit_code == 0
    with target.open(newline="", encoding="utf-8") as stream:
        header, *rows = list(csv.reader(stream))
    assert header[0] == "time"
    assert len(header) == 6
    assert len(rows) == 161
    assert sum(abs(float(cell)) for cell in rows[-1][1:]) == pytest.approx(1.0)
    assert drawing.read_bytes().lstrip().startswith(b"<?xml")


def test_an_ensemble_says_in_what_share_of_the_runs_each_loop_rules(rcsd, tmp_path):
    """Over the documented range of the initial population, births rule at first in all runs."""
    equations = tuple(each for each in LOGISTIC if not each.startswith("initial population"))
    path = saved(tmp_path, (*equations, "initial population = 10 ~ person [1,300] ~ At the start. | spare = 1"))
    result = rcsd("loops", path, "--ensemble", "20", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["runs"] == {"total": 20, "failed": 0}
    births = next(each for each in document["loops"] if "births" in each["name"])
    assert births["rules"][0] == 1.0
    assert births["rules"][-1] == 0.0
    assert any(0 < share < 1 for share in births["rules"])
    again = rcsd("loops", path, "--ensemble", "20", "--json")
    assert again.stdout == result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--of", "Shipp"), "did you mean 'Ships'"),
        (("--plot", "loops.pdf"), "written as .svg or .png"),
        (("--ensemble", "10"), "has a range in its file"),
        (("--checks", "nowhere.toml"), "there is no such file"),
        (("--set", "Fsh=3"), "'Fsh' is not a constant"),
    ],
)
def test_bad_words_end_with_one_paragraph(rcsd, fishery, words, message):
    """Exit code 2, one line, and nothing on standard output."""
    result = rcsd("loops", fishery, *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_model_without_a_loop_is_no_fault(rcsd, growth_model, tmp_path):
    """It is said, and a drawing that would be empty is not written."""
    path = saved(tmp_path, ("x = Time * 2",))
    result = rcsd("loops", path, "--plot", tmp_path / "none.svg")
    assert result.exit_code == 0
    assert "no feedback loop" in result.stdout
    assert not (tmp_path / "none.svg").exists()
