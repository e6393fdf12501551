"""`rcsd digital`: numbers, figures and exit codes."""

import json

import numpy as np
import pytest

from rcsd.papers.digital_cluster import (
    KINDS,
    QUANTITIES,
    STAGES,
    DigitalClusterParameters,
    classify,
    cluster_path,
    path_kinds,
)

pytestmark = pytest.mark.usefixtures("undrawn")

FLAGS = {
    "--paths": "digital-paths",
    "--table": "digital-table",
    "--phase": "digital-phase",
    "--leaders": "digital-leaders",
}


def test_the_document_tells_the_base_run(rcsd, tmp_path):
    """One JSON document: path, stages, table row by row, rest, leader changes, conditions, and the figure asked for."""
    result = rcsd("digital", "--leaders", "--json", "--year", 21, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["parameters"] == {quantity.name: quantity.default for quantity in QUANTITIES}
    assert document["path"] == "full path"
    assert [span["stage"] for span in document["stages"]] == list(STAGES)
    assert document["table"]["stage"] == "digital cluster"
    assert document["table"]["votes"] == dict(zip(STAGES, (1, 9, 2), strict=True))
    assert document["table"]["boundaries"] == [{"passed": 8, "of": 8}, {"passed": 0, "of": 7}]
    rows = {row["row"]: row for row in document["table"]["rows"]}
    assert len(rows) == 9
    assert rows["Sustainability"]["outcome"] == "Enough"
    assert rows["Sustainability"]["stages"] == list(STAGES[:2])
    assert document["at_rest"]["stage"] == "business ecosystem"
    changes = document["leader_changes"]
    assert changes["mean"] == pytest.approx(changes["expected"], abs=4 * np.sqrt(changes["expected"] / changes["runs"]))
    assert document["conditions"]["Digital Ceiling"][-1]["outcome"] == "full path"
    assert document["phase_diagram"] is None
    assert document["figures"] == [str(tmp_path / "digital" / "digital-leaders.svg")]


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_draws_its_figure(flag, rcsd, tmp_path):
    """The figure of the flag and no other, as SVG and PNG, and a table with what was found."""
    result = rcsd("digital", flag, "--points", 5, "--runs", 50, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "digital").iterdir()} == {
        f"{FLAGS[flag]}.svg",
        f"{FLAGS[flag]}.png",
    }
    assert "full path" in result.stdout
    assert "Table in year 60: business ecosystem" in result.stdout


@pytest.mark.drawn
@pytest.mark.slow
def test_without_a_flag_all_figures_are_drawn(rcsd, tmp_path):
    """Four figures in two formats, and the shares of the phase diagram."""
    result = rcsd("digital", "--points", 4, "--runs", 20, "--json", "--out", tmp_path)
    assert {path.stem for path in (tmp_path / "digital").iterdir()} == set(FLAGS.values())
    for shares in json.loads(result.stdout)["phase_diagram"].values():
        assert sum(shares.values()) == pytest.approx(1)


def test_the_parameters_reach_the_equations(rcsd, tmp_path):
    """Options of their own and --set, in any spelling, give the path of these parameters; a seed repeats the runs."""
    words = ("digital", "--table", "--json", "--out", tmp_path, "--years", 40, "--ceiling", 0.7, "--imitation", 0.5)
    words = (*words, "--saving", 0.2, "--set", "living_standard=0.7", "--set", "Skill Need = 0.5", "--seed", 3)
    document, again = (json.loads(rcsd(*words).stdout) for _ in range(2))
    assert document == again
    parameters = DigitalClusterParameters(
        digital_ceiling=0.7, digital_imitation=0.5, maximum_transaction_saving=0.2, living_standard=0.7, skill_need=0.5
    )
    late = cluster_path(parameters, [0.0, 40.0]).values
    assert document["final"] == pytest.approx({name: values[-1] for name, values in late.items()}, abs=1e-7)
    times = np.linspace(0, 40, 401)
    stages = classify(cluster_path(parameters, times).values)
    assert document["path"] == KINDS[path_kinds(stages[None])[0]] == "stays conventional"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--imitation", "-1"], "Digital Imitation must lie between 0 and 2; got -1.0"),
        (["--ceiling", "1.2"], "Digital Ceiling must lie between 0 and 1; got 1.2"),
        (["--saving", "nan"], "'nan' is not a finite number"),
        (["--ceiling", "0.005"], "Initial Digitalisation must not lie above Digital Ceiling"),
        (["--set", "Digital Ceilin=0.5"], "did you mean 'Digital Ceiling'"),
        (["--set", "Digital Ceiling=high"], "'high' is not a number"),
        (["--set", "digital ceiling=0.5", "--ceiling", "0.6"], "'Digital Ceiling' is set twice"),
        (["--set", "Skill Need=0.5", "--set", "skill need=0.6"], "'Skill Need' is set twice"),
        (["--set", "Base Leader Hazard=-0.1"], "Base Leader Hazard must lie between 0 and 2"),
        (["--years", "0"], "years must be above zero"),
        (["--years", "5000"], "years must lie between 0 and 1000"),
        (["--year", "61"], "year must lie between 0 and 60"),
        (["--runs", "0"], "runs must be a whole number"),
        (["--points", "1"], "points must be a whole number, 2 or more"),
        (["--seed", "-1"], "seed must be a whole number"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(words, message, rcsd, tmp_path):
    """Nothing is drawn, and stderr says what is wrong."""
    result = rcsd("digital", *words, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_bad_input(rcsd, tmp_path):
    """A file where the folder should be ends the command with 2."""
    (tmp_path / "digital").write_text("in the way", "utf-8")
    result = rcsd("digital", "--leaders", "--out", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("rcsd: error:")
