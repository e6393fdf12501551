"""Names of loops: read from a file of checks and found in the model."""

import pytest

import rcsd
from rcsd.analysis.loops import NamedLoop, feedback_loops, named_loops
from rcsd.errors import StudyError
from tests.analysis.loops.loop_models import FISHERY, LOGISTIC, saved, simulator


def test_names_stand_beside_the_model(tmp_path):
    """`through` may begin anywhere in the loop and be spelt as one likes."""
    path = saved(tmp_path, LOGISTIC)
    (tmp_path / "checks.toml").write_text(
        '[[loops]]\nname = "growth"\npolarity = "R"\nthrough = ["BIRTHS", "population"]\n', encoding="utf-8"
    )
    found = feedback_loops(simulator(path), named=named_loops(path))
    assert {loop.variables: loop.name for loop in found} == {
        ("Population", "births"): "growth",
        ("Population", "deaths"): "",
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('through = ["a"]', r"checks\.toml:1: loops: needs a name"),
        ('name = "a"', r"checks\.toml:1: loops: 'a' needs its variables"),
        ('name = "a"\nthrough = ["x", "y", "z"]\nvia = ["x", "z"]', "`via` needs two or more neighbours"),
        ('name = "a"\nthrough = ["x", "y"]\nvia = ["x"]', "`via` needs two or more neighbours"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(tmp_path, entry, message):
    """With file and line."""
    (tmp_path / "checks.toml").write_text(f"[[loops]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(StudyError, match=message):
        named_loops(tmp_path / "checks.toml")


def test_a_name_of_no_loop_is_told_and_nothing_else_stops(tmp_path):
    """A variable that is not there, with the nearest one, and a chain that does not close."""
    wrong = [NamedLoop("a", ("Population", "birth")), NamedLoop("b", ("births", "deaths"))]
    found = feedback_loops(simulator(saved(tmp_path, LOGISTIC)), named=wrong)
    assert len(found) == 2
    assert "the loop 'a' goes through 'birth', which does not move in the model; did you mean 'births'?" in found.notes
    assert any("the loop 'b' is not closed: 'births' is no direct cause of 'deaths'" in note for note in found.notes)


def test_a_family_holds_every_loop_along_its_links(tmp_path):
    """Both loops in which profit builds ships, by their upkeep and by their catch; the loop itself without `via`."""
    through = ("Ships", "profit", "building")
    named = [NamedLoop("investment", through, via=("profit", "building")), NamedLoop("upkeep", through)]
    found = feedback_loops(simulator(saved(tmp_path, FISHERY)), named=named)
    along = [i for i, loop in enumerate(found) if ("profit", "building") in links(loop.variables)]
    family, alone = found.families
    assert (family.n_loops, alone.n_loops) == (len(along), 1) == (2, 1)
    moving = family.share[1:]
    assert moving == pytest.approx(abs(found.relative[1:, along]).sum(axis=1), rel=1e-9)
    assert family.net[1:] == pytest.approx(found.relative[1:, along].sum(axis=1), rel=1e-9)


def links(variables):
    """Return the links of a loop."""
    return set(zip(variables, (*variables[1:], variables[0]), strict=True))


@pytest.mark.parametrize("name", ["digital_cluster", "hypercycle", "innovation_coevolution"])
def test_every_loop_that_the_repository_names_is_found_with_its_polarity(name):
    """What a test of the model measures link by link, the scores say too."""
    model = rcsd.load(name)
    named = named_loops(model.path)
    assert named
    found = feedback_loops(model.simulator("interpreted"), named=named)
    told = {loop.name for loop in found if loop.name}
    for each in named:
        assert any(each.name in name for name in told), each.name
    assert not found.notes
