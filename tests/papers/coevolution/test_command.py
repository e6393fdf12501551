"""`rcsd coevolution`: numbers, figures and exit codes."""

import json

import pytest

from rcsd.papers.coevolution import CoevolutionParameters, trajectory

pytestmark = pytest.mark.usefixtures("undrawn")

FLAGS = {
    "--life-cycle": "coevolution-path",
    "--landscape": "coevolution-landscape",
    "--phase": "coevolution-phase",
    "--bifurcations": "coevolution-bifurcations",
    "--density": "coevolution-density",
}


def test_the_document_tells_the_worked_example(rcsd, tmp_path):
    """One JSON document: stages, peak, equilibrium, Hopf point, and the figure that was asked for."""
    result = rcsd("coevolution", "--life-cycle", "--json", "--out", tmp_path)
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["parameters"] == {"nu": 0.15, "beta": 1.1, "omega": 0.08, "alpha0": 0.5, "lambda": 2.5}
    assert document["life_cycle"]["kind"] == "life cycle"
    assert document["life_cycle"]["stages"][0]["last_year"] == pytest.approx(9, abs=0.1)
    assert document["highest_x"] == pytest.approx(0.26, abs=0.005)
    assert document["hopf"]["beta"] == pytest.approx(1 + 0.08 / 0.15)
    assert [point["kind"] for point in document["equilibria"]] == ["stable focus"]
    assert document["figures"] == [str(tmp_path / "coevolution" / "coevolution-path.svg")]
    assert sorted(path.name for path in (tmp_path / "coevolution").iterdir()) == [
        "coevolution-path.png",
        "coevolution-path.svg",
    ]


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_draws_its_figure(flag, rcsd, tmp_path):
    """The figure of the flag and no other, as SVG and PNG, and a table with what was found."""
    result = rcsd("coevolution", flag, "--half-input", 5, "--years", 20, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert {path.stem for path in (tmp_path / "coevolution").iterdir()} == {FLAGS[flag]}
    assert "stable focus" in result.stdout


@pytest.mark.drawn
@pytest.mark.slow
def test_without_a_flag_all_figures_are_drawn(rcsd, tmp_path):
    """Five figures in two formats."""
    result = rcsd("coevolution", "--half-input", 3, "--years", 10, "--out", tmp_path)
    assert result.exit_code == 0
    assert {path.stem for path in (tmp_path / "coevolution").iterdir()} == set(FLAGS.values())


def test_the_parameters_reach_the_model(rcsd, tmp_path):
    """A start on the other side gives the mirrored path, and a strong coordination a cycle."""
    words = ("--landscape", "--json", "--out", tmp_path)
    here = json.loads(rcsd("coevolution", "--x0", 0.5, "--alpha0-initial", -0.1, "--years", 7, *words).stdout)
    mirror = trajectory(CoevolutionParameters(), [0.0, 7.0], x0=-0.5, alpha_initial=0.1)
    assert here["final"]["x"] == pytest.approx(-mirror.preference[-1], abs=1e-9)
    assert here["years"] == 7
    settings = ("--nu", 0.15, "--beta", 1.8, "--omega", 0.08, "--alpha0", 0.5, "--lambda", 2.5)
    (cycle,) = json.loads(rcsd("coevolution", *settings, *words).stdout)["cycles"]
    assert cycle["stable"]
    assert cycle["period"] == pytest.approx(56.6, abs=0.1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--nu", "-1"], "nu must be above zero; got -1.0"),
        (["--beta", "0", "--landscape"], "the potential needs beta above zero"),
        (["--x0", "-1.5"], "x0 must lie between -1 and 1"),
        (["--omega", "0"], "omega must be above zero"),
        (["--half-input", "0"], "half-input must be a whole number"),
        (["--half-input", "2.5"], "half-input"),
        (["--years", "0"], "years must be above zero"),
        (["--lambda", "nan"], "is not a finite number"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(words, message, rcsd, tmp_path):
    """Nothing is drawn, and stderr says what is wrong."""
    result = rcsd("coevolution", *words, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_bad_input(rcsd, tmp_path):
    """A file where the folder should be ends the command with 2."""
    (tmp_path / "coevolution").write_text("in the way", "utf-8")
    result = rcsd("coevolution", "--landscape", "--out", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("rcsd: error:")


def test_statistics_that_cannot_be_read_are_bad_input(rcsd, tmp_path):
    """The file and line are named, and nothing is written."""
    table = tmp_path / "observed.csv"
    table.write_text("city,series,year,value,unit,flag\na,fiscal_revenue,2000,-1,x,\n", "utf-8")
    result = rcsd("coevolution", "--evidence", "--observed", table, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "observed.csv:2: value '-1' must be above zero" in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()
