"""The levers that take a city to its optimal structure."""

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import rcsd
from rcsd.errors import StudyError
from rcsd.papers.city.lever_plan import load_levers
from rcsd.papers.city.lever_search import REACHED, find_levers
from rcsd.papers.structure import ResourceChange
from rcsd.study.findings.drivers.beyond import middle
from tests.places import CALIBRATION

LEVERS = CALIBRATION / "structure" / "levers.toml"
START = 2014


@pytest.fixture(scope="module")
def city(jixi):
    """Return what the search needs of Jixi."""
    plan = jixi.assessments.plans["jixi"]
    one = middle(jixi.study, jixi.simulator, 50)
    return plan, jixi.assessments.structure.changes[0], one, jixi.estimate


def shares(city, settings, plan=None):
    """Run the model itself with some settings: share of the resource industry and money spent to the horizon."""
    own, change, simulator, estimate = city
    plan = own if plan is None else plan
    years = np.arange(START, START + change.horizon + 1)
    columns = {lever.constant: settings[:, i] for i, lever in enumerate(plan.levers)}
    outputs = ["Resource Share of Output", "Policy Spending", "Transition Transfer in Force"]
    runs = simulator.run({**estimate, "Policy Start Time": START, **columns}, outputs=outputs, times=years)
    spent = runs.of("Policy Spending") + runs.of("Transition Transfer in Force")
    return runs.of("Resource Share of Output")[:, -1], np.trapezoid(spent, years, axis=1)


def output(city, settings):
    """Run the model itself with some settings: share of the resource industry and GDP made to the horizon."""
    plan, change, simulator, estimate = city
    years = np.arange(START, START + change.horizon + 1)
    columns = {lever.constant: settings[:, i] for i, lever in enumerate(plan.levers)}
    outputs = ["Resource Share of Output", "GDP"]
    runs = simulator.run({**estimate, "Policy Start Time": START, **columns}, outputs=outputs, times=years)
    return runs.of("Resource Share of Output")[:, -1], np.trapezoid(runs.of("GDP"), years, axis=1)


def test_the_levers_found_reach_the_target_in_the_model(city):
    """Run anew with the settings, the model has the share whose odds are the status quo's times the odds ratio."""
    plan, change, simulator, estimate = city
    found = find_levers(plan, change, simulator, estimate, START)
    settings = np.array([[lever.value for lever in found.levers], np.zeros(len(found.levers))])
    (share, without), (spent, _) = shares(city, settings)
    odds = without / (1 - without) * change.odds_ratio
    assert found.reached
    assert found.target.from_status_quo == pytest.approx(odds / (1 + odds))
    assert share == pytest.approx(found.target.share, abs=1e-4)
    assert share == pytest.approx(found.share, abs=1e-12)
    assert spent == pytest.approx(found.cost, abs=1e-9)


def test_levers_that_order_come_before_levers_that_pay(city):
    """Steering spends nothing and gains output, so it is pulled to its end; mines are closed for what is left."""
    found = find_levers(*city, START)
    pulled = {lever.constant: lever.value for lever in found.levers if lever.value > 0}
    ends = {lever.constant: lever.upper for lever in city[0].levers}
    assert found.pulled == tuple(pulled) == ("Transition Strength", "Mine Consolidation Rate")
    assert pulled["Transition Strength"] == pytest.approx(ends["Transition Strength"], rel=1e-6)
    assert pulled["Mine Consolidation Rate"] < 0.5 * ends["Mine Consolidation Rate"]
    assert found.cost == 0


def test_no_random_way_to_the_target_is_cheaper(city):
    """Where every lever spends money, 4000 random settings hold none that reaches the target for less."""
    plan, change, simulator, estimate = city
    paying = replace(plan, levers=tuple(lever for lever in plan.levers if lever.cost))
    small = replace(change, resource_growth=0.95 * change.other_growth)
    found = find_levers(paying, small, simulator, estimate, START)
    upper = np.array([lever.upper for lever in paying.levers])
    random = np.random.default_rng(0).uniform(0, upper, (4000, upper.size))
    share, spent = shares(city, random, paying)
    there = share <= found.target.share
    assert found.reached
    assert there.sum() > 100
    assert found.cost <= spent[there].min() * 1.001
    assert found.cost > 0


def test_no_random_way_to_the_target_forgoes_less_output(city):
    """Where output counts, 4000 random settings below the target hold none that makes more; money buys the gain."""
    found = find_levers(*city, START, "output")
    upper = np.array([lever.upper for lever in city[0].levers])
    random = np.random.default_rng(0).uniform(0, upper, (4000, upper.size))
    own = np.array([[lever.value for lever in found.levers], np.zeros(upper.size)])
    share, made = output(city, np.vstack([own, random]))
    there = share[2:] <= found.target.share
    assert found.reached
    assert found.forgone == pytest.approx(made[1] - made[0], abs=1e-9)
    assert there.sum() > 100
    assert made[0] >= made[2:][there].max() * 0.999
    cheapest = find_levers(*city, START)
    assert found.forgone < cheapest.forgone
    assert found.cost > cheapest.cost


def test_every_run_of_the_model_is_counted(city):
    """The runs that are reported are those that the model was asked for."""
    plan, change, simulator, estimate = city
    asked = []

    def run(inputs, **others):
        asked.append(np.size(inputs[plan.levers[0].constant]))
        return simulator.run(inputs, **others)

    found = find_levers(plan, change, SimpleNamespace(run=run), estimate, START)
    assert found.n_runs == sum(asked)


def test_a_structure_out_of_reach_is_a_result(city):
    """The nearest share is reported, and no random settings come nearer."""
    plan, change, simulator, estimate = city
    far = replace(change, resource_growth=0.05)
    found = find_levers(plan, far, simulator, estimate, START)
    upper = np.array([lever.upper for lever in plan.levers])
    share, _ = shares(city, np.random.default_rng(1).uniform(0, upper, (2000, upper.size)))
    assert not found.reached
    assert found.share > found.target.share + REACHED
    assert found.share - 1e-4 <= found.lowest <= share.min()


def test_counted_from_the_start_the_status_quo_is_there_already(city):
    """A share that falls by itself below the target needs no lever: the scenario is the status quo."""
    plan, change, simulator, estimate = city
    found = find_levers(replace(plan, base="start"), change, simulator, estimate, START)
    assert found.target.share == pytest.approx(change.share_in(found.target.at_start))
    assert found.target.status_quo < found.target.share
    assert START < found.target.passed <= found.target.horizon
    assert found.reached
    assert found.pulled == ()
    assert found.scenario.levers == ()


def test_a_lever_alone_does_less_than_all_together(city):
    """Each lever alone ends above all of them together, and a change that asks for nothing pulls nothing."""
    plan, change, simulator, estimate = city
    same = ResourceChange("here", "coal", 0.1, 0.1, 1.0, 1.0, change.horizon)
    found = find_levers(plan, same, simulator, estimate, START)
    assert found.pulled == ()
    *others, together = found.pulls
    assert len(together.levers) == len(plan.levers)
    assert all(together.share < each.share < found.target.status_quo for each in others)


def test_the_packaged_levers_are_the_model_s(jixi):
    """Ranges and units are those that the model documents, and every lever is off in the base run."""
    constants = rcsd.load("resource_city").constants
    for lever in jixi.assessments.plans["jixi"].levers:
        assert constants[lever.constant] == lever.idle == 0
        assert lever.source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('[levers."Reform Boost"]', '[levers."Reform Bost"]', "levers.toml:{line}.*did you mean 'Reform Boost'"),
        ("range = [0.0, 0.15]", "range = [0.0, 0.5]", "{line}.*leaves the range that the model documents.*0 to 0.15"),
        ("range = [0.0, 0.15]", "range = [0.05, 0.15]", "{line}.*leaves out 0, the model's own value"),
        ("range = [0.0, 0.15]", "range = [0.15, 0.0]", "holds nothing"),
        ('unit = "yi yuan/Year"', 'unit = "Dmnl"', "{line}.*the lever is in 'Dmnl'"),
        ('cost = "Transition Transfer in Force"', 'cost = "Population"', "{line}.*output is in 'yi yuan/Year'"),
        ('base = "status quo"', 'base = "now"', "{line}.*base"),
        ('[levers."Reform Boost"]', '[levers."Investment Rate"]', "estimated or set by the study"),
        ('[levers."Reform Boost"]', '[levers."transition_strength"]', "{line}.*is 'Transition Strength' in another"),
        ("[outcomes.Pollution]", "[outcomes.gdp]", "{line}.*is 'GDP' in another spelling"),
        ('switch = "Policy Start Time"', 'switch = "Transition Strength"', "{line}.*the model's time is in 'Year'"),
        ('switch = "Policy Start Time"', 'switch = "transition strength"', "is the switch of all levers: remove it"),
        (
            'switch = "Policy Start Time"',
            'switch = "Nonresource Capital Output Ratio"',
            "{line}.*act from 2014 on.*is 1.2 to 3.5",
        ),
        ('share = "Resource Share of Output"', 'share = "Population"', "{line}.*a share is in 'Dmnl'"),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_line(jixi, tmp_path, old, new, said):
    """One message with file, line, what is wrong and the remedy."""
    text = LEVERS.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "levers.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = next(i for i, each in enumerate(text.splitlines(), 1) if old in each)
    with pytest.raises(StudyError, match=re.compile(said.format(line=line), re.DOTALL | re.IGNORECASE)):
        load_levers(jixi.study, path)


def test_all_faults_come_at_once(jixi, tmp_path):
    """Two faults, one message; and a file that is not there is named."""
    text = LEVERS.read_text(encoding="utf-8").replace('switch = "Policy Start Time"', 'switch = "Start"')
    path = tmp_path / "levers.toml"
    path.write_text(text.replace("[outcomes.GDP]", "[outcomes.GNP]"), encoding="utf-8")
    with pytest.raises(StudyError, match="2 fault"):
        load_levers(jixi.study, path)
    with pytest.raises(StudyError, match="no such file of levers"):
        load_levers(jixi.study, tmp_path / "other.toml")
