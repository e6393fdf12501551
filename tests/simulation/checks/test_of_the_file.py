"""What the file alone tells: every planted fault is found at its line, and a sound model is silent."""

from pathlib import Path

import pytest

import rcsd
from rcsd.simulation.checks import Finding
from rcsd.simulation.checks.causes import Causes
from rcsd.simulation.checks.finding import Finder
from rcsd.simulation.checks.flows import balances
from rcsd.simulation.checks.material import material_findings
from rcsd.simulation.checks.method import method_findings
from rcsd.simulation.checks.ranges import range_findings
from rcsd.simulation.checks.use import unused_findings
from tests.small_models import EPIDEMIC, TOWN, write_model


def material(folder: Path, **changed: str) -> list[Finding]:
    """Return what is found of the material of the epidemic, with other equations."""
    return list(material_findings(rcsd.load(write_model(folder, EPIDEMIC | changed)).ir))


def test_sound_models_are_silent(tmp_path: Path) -> None:
    """Nothing is found in a town and in an epidemic whose equations are right."""
    for equations in (TOWN, EPIDEMIC):
        model = rcsd.load(write_model(tmp_path, equations)).ir
        for find in (material_findings, method_findings, range_findings, unused_findings):
            assert list(find(model)) == [], find.__name__


def test_flows_are_read_off_the_equations(tmp_path: Path) -> None:
    """An inflow has the factor 1, an outflow -1, and a number before a flow is its factor."""
    changed = {"Infected": "INTEG (0.5*Infection-(Recovery-Contacts), 10) ~ person"}
    model = rcsd.load(write_model(tmp_path, EPIDEMIC | changed)).ir
    found = {each.stock: {term.names: term.factor for term in each.terms} for each in balances(model)}
    assert found["Susceptible"] == {("infection",): -1.0}
    assert found["Infected"] == {("infection",): 0.5, ("recovery",): -1.0, ("contacts",): 1.0}


@pytest.mark.parametrize(
    ("stock", "equation", "words"),
    [
        ("Recovered", "INTEG (0, 0) ~ person", "nothing flows into or out of"),
        ("Recovered", "INTEG (0.9*Recovery, 0) ~ person", "leaves 'Infected' 1 times and enters 'Recovered' 0.9 times"),
        ("Susceptible", "INTEG (Infection, 990) ~ person", "enters both 'Susceptible' and 'Infected'"),
        ("Infected", "INTEG (Infection-Recovery-Recovery, 10) ~ person", "counted twice"),
        ("Infected", "INTEG (Infection-Recovery+Recovery, 10) ~ person", "cancels it"),
    ],
)
def test_a_leak_is_found_at_its_stock(stock: str, equation: str, words: str, tmp_path: Path) -> None:
    """Material that vanishes, appears, or goes the wrong way is one warning, with the line of the stock."""
    (finding,) = [each for each in material(tmp_path, **{stock: equation}) if words in each.message]
    lines = (tmp_path / "small.mdl").read_text("utf-8").splitlines()
    assert finding.grade == "warning"
    assert finding.variable == stock
    assert lines[(finding.line or 0) - 1] == f"{stock}="
    assert finding.remedy


def test_a_loss_that_is_added_is_found_and_a_count_of_losses_is_not(tmp_path: Path) -> None:
    """Deaths that depend on the population and raise it run backwards; those that a counter gathers do not."""
    backwards = {"Population": "INTEG (Births+Deaths, 1000) ~ person"}
    model = rcsd.load(write_model(tmp_path, TOWN | backwards)).ir
    (finding,) = material_findings(model)
    assert finding.variable == "Population"
    assert "'Deaths' is added to the stock" in finding.message
    counted = TOWN | {"Cumulative Deaths": "INTEG (Deaths, 0) ~ person"}
    assert list(material_findings(rcsd.load(write_model(tmp_path, counted)).ir)) == []


def test_a_value_outside_its_range_is_an_error(tmp_path: Path) -> None:
    """Of the range beside the unit and of that in the documentation; swapped ends hold nothing."""
    changed = {"Birth Rate": "0.3 ~ 1/Year [0,0.1]", "Lifetime": "50 ~ Year ~ Range 80 to 20."}
    changed["Initial Population"] = "1000 ~ person [2000,500]"
    found = {each.variable: each for each in range_findings(rcsd.load(write_model(tmp_path, TOWN | changed)).ir)}
    assert found["Birth Rate"].message == "its value 0.3 lies outside its range 0 to 0.1"
    assert found["Lifetime"].message == "the range 80 to 20 holds nothing"
    assert found["Initial Population"].message == "the range 2000 to 500 holds nothing"
    assert {each.grade for each in found.values()} == {"error"}


def test_an_unused_constant_is_noted_and_an_output_is_not(tmp_path: Path) -> None:
    """A constant that no equation reads is noted; an auxiliary that none reads is what the model is for."""
    more = {"Forgotten": "3 ~ Dmnl", "Density": "Population/Area ~ person/km2", "Area": "10 ~ km2"}
    (finding,) = unused_findings(rcsd.load(write_model(tmp_path, TOWN | more)).ir)
    assert (finding.variable, finding.grade) == ("Forgotten", "note")


def test_a_pulse_under_runge_kutta_is_noted(tmp_path: Path) -> None:
    """Jumps have no order that a Runge-Kutta method could keep; Euler's method takes them as they come."""
    pulse = TOWN | {
        "Immigration": "PULSE(5, 1)*100 ~ person/Year",
        "Population": "INTEG (Births-Deaths+Immigration, 1000)",
    }
    settings = "\\\\\\---/// Sketch information\n///---\\\\\\\n:L\t<%^E!@\n15:0,0,0,{},0,0\n"
    euler = rcsd.load(write_model(tmp_path, pulse, name="euler", views=settings.format(0))).ir
    runge_kutta = rcsd.load(write_model(tmp_path, pulse, name="rk4", views=settings.format(1))).ir
    assert (euler.time.method, list(method_findings(euler))) == ("euler", [])
    (finding,) = method_findings(runge_kutta)
    assert (finding.variable, finding.grade) == ("Immigration", "note")


def test_causes_end_at_a_stock_within_a_moment(tmp_path: Path) -> None:
    """Recovery depends on the infected at once, and on the susceptible only by way of them."""
    causes = Causes(rcsd.load(write_model(tmp_path, EPIDEMIC)).ir)
    assert causes.at_once(["Recovery"]) == {"recovery", "infected", "duration"}
    assert "susceptible" in causes.ever(["Recovery"])


def test_a_finding_on_the_time_axis_stands_at_its_line(tmp_path: Path) -> None:
    """TIME STEP has a line of its own, which no variable of the model is."""
    model = rcsd.load(write_model(tmp_path, TOWN)).ir
    finding = Finder("step", model).at_control("time step", "warning", "is long", "shorten it")
    lines = model.path.read_text("utf-8").splitlines()
    assert lines[(finding.line or 0) - 1] == "TIME STEP="
