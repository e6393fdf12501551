"""Steps are found, and put in the order in which one takes the result of another."""

from dataclasses import dataclass

import pytest

from rcsd.errors import PluginError
from rcsd.study.file.schema import Section
from rcsd.study.file.section import FileSection
from rcsd.study.graph import registry
from rcsd.study.graph.registry import all_steps, ordered, own_steps
from rcsd.study.graph.step import Step


@dataclass(frozen=True, slots=True)
class Number:
    """A result."""

    value: float


def step(name: str, *needs: Step[Number]) -> Step[Number]:
    """Return a step that takes results from others."""
    return Step(name, Number, lambda run: Number(1.0), needs=needs)


def test_each_step_comes_after_what_it_takes():
    """Whatever the order in which they are found."""
    a = step("a")
    b = step("b", a)
    c, z = step("c", b), step("z")
    assert [each.name for each in ordered((c, b, z, a))] == ["a", "z", "b", "c"]
    assert ordered((a, z, c, b)) == ordered((c, b, z, a))


def test_two_steps_of_one_name_are_refused():
    """One would take the place of the other's results."""
    with pytest.raises(PluginError, match="two steps are named 'a'"):
        ordered((step("a"), step("a")))


def test_a_circle_is_refused():
    """No order can be found."""
    a = step("a")
    b = step("b", a)
    object.__setattr__(a, "needs", (b,))
    with pytest.raises(PluginError, match="a, b take results from one another in a circle"):
        ordered((a, b))


def test_the_papers_join_from_outside():
    """The life cycle and the story are steps of plug-ins; nothing of the general tool holds them."""
    own, every = {each.name for each in own_steps()}, {each.name for each in all_steps()}
    assert every - own == {"assessment", "life_cycle"}
    assert {"calibrate", "backtest", "profiles", "posterior", "rolling", "sobol", "forecast", "scenarios"} <= own


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"files": {"a.csv": lambda _: None}}, {"files": {"a.csv": lambda _: None}}, "the file 'a.csv'"),
        ({"section": FileSection("mine", Section)}, {"section": FileSection("mine", Section)}, "the table 'mine'"),
        (
            {},
            {"section": FileSection("rolling", Section)},
            "the table 'rolling' of the step 'b' is that of 'every study'",
        ),
    ],
)
def test_what_two_steps_would_both_have_is_refused(monkeypatch, one, other, words):
    """A table, a file: the second would take the place of the first without a word."""
    steps = (Step("a", Number, lambda run: Number(1.0), **one), Step("b", Number, lambda run: Number(1.0), **other))
    monkeypatch.setattr(registry, "own_steps", lambda: steps)
    monkeypatch.setattr(registry, "_plugged", dict)
    with pytest.raises(PluginError, match=words):
        registry.all_steps.__wrapped__()
