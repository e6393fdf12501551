"""The couplings and structures of the papers in the city model: neutral, accounted for, and those of the theory."""

import re
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.papers.digital_cluster import effects
from rcsd.papers.hypercycle import ModeParameters, mode_network, replicase_of_preference
from rcsd.simulation.loading import LoadedModel
from rcsd.simulator import Simulator
from tests.places import MODELS

MODEL = MODELS / "resource_city" / "resource_city.mdl"
CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")
SECTORS = ("Replicase", "Circular economy", "Agglomeration")
DIGITAL = (
    "Digital Cluster Coupling", "Saving Response", "Adoption Incentive", "Cost Elasticity", "Digital Transaction Share",
    "Distance Friction", "Proximity Effect", "Initial Skilled Labour", "Skill Need", "Skill Loss Rate",
    "Skill Response", "Skill Sufficiency", "Skilled Labour", "Skill Formation", "Skill Loss", "Cluster Exchange Effect",
)  # fmt: skip
JOINTS = {
    "*Resource Catalysis\n": "\n",
    "Nonresource Secondary Share*(Nonresource Output-Processing Output)+Processing Output": (
        "Nonresource Secondary Share*Nonresource Output"
    ),
    "+Circular Spending\n": "\n",
    "MAX(Nonresource Employment-Processing Employment, 0)": "Nonresource Employment",
    "^(2*Resource Linkage)+Processing Output\n": "^(2*Resource Linkage)\n",
    "^Labour Demand Elasticity+Processing Employment\n": "^Labour Demand Elasticity\n",
    "*Congestion Effect\n": "\n",
    "*Cluster Exchange Effect\n": "\n",
    "*Nonresource Catalysis*Agglomeration Effect\n": "\n",
    "(1-Waste Emission Share*Byproduct Recovery)*": "",
    "*Adoption Incentive)": ")",
}
"""Where old equations take in new variables, and what is left without them."""

UPPER = {
    "Replicase Strength": 0.4,
    "Digital Cluster Coupling": 1.0,
    "Circular Investment": 0.01,
    "Agglomeration Elasticity": 0.12,
    "Congestion Elasticity": 0.4,
}
STEPS = np.arange(2000.0, 2030.0625, 0.125)


def stripped(text: str) -> str:
    """Take the new equations out of the model's text: their sectors, those of the digital one, and the joints."""
    text = text.split("\\\\\\---///", maxsplit=1)[0]
    for sector in SECTORS:
        text, found = re.subn(rf"\*+\n\t\.{sector}\n.*?(?=\*+\n\t\.)", "", text, flags=re.DOTALL)
        assert found == 1, sector
    for name in DIGITAL:
        text, found = re.subn(rf"^{name}=\n.*?\n\t\|\n\n", "", text, flags=re.DOTALL | re.MULTILINE)
        assert found == 1, name
    for joint, without in JOINTS.items():
        assert text.count(joint) == 1, joint
        text = text.replace(joint, without)
    return text


@pytest.fixture(scope="module")
def city() -> LoadedModel:
    """Return the model."""
    return rcsd.load(MODEL)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """Return the model without its couplings and structures."""
    path = tmp_path_factory.mktemp("plain") / "plain.mdl"
    path.write_text(stripped(MODEL.read_text("utf-8")), "utf-8")
    return rcsd.load(path)


@pytest.fixture(scope="module")
def simulator(city: LoadedModel) -> Simulator:
    """Return one simulator for all the runs below."""
    return city.simulator()


@pytest.fixture(scope="module")
def base(simulator: Simulator) -> Ensemble:
    """Return the base run at every step."""
    return simulator.run(times=STEPS)


@pytest.fixture(scope="module")
def coupled(simulator: Simulator) -> Ensemble:
    """Return the run with every coupling on from 2010 at every step."""
    return simulator.run(UPPER | {"Policy Start Time": 2010.0}, times=STEPS)


@pytest.mark.parametrize("name", CITIES)
def test_neutral_couplings_leave_every_old_trajectory_as_it_was(name: str, plain: LoadedModel) -> None:
    """In every city, at its ranges' random corners and levers, 220 variables are those of the model without them."""
    study = rcsd.load_study(name)
    rng = np.random.default_rng(7)
    space = study.space
    draws = space.lower + (space.upper - space.lower) * rng.random((4, len(space.names)))
    inputs = dict(zip(space.names, draws.T, strict=True)) | {
        "Reform Boost": np.array([0.0, 0.01, 0.0, 0.01]),
        "Digital Support": np.array([0.0, 0.0, 5.0, 5.0]),
    }
    new = study.simulator().run(inputs)
    known = {v.name for v in plain.ir}
    kept = tuple(constant for constant in study.constants if constant.name in known)
    old = study.changed(model=plain, constants=kept).simulator().run(inputs)
    assert len(list(plain.ir)) == 220
    assert {canonical(v.name) for v in plain.ir} < {canonical(v) for v in new.variables}
    for variable in old.variables:
        np.testing.assert_allclose(new.of(variable), old.of(variable), rtol=1e-12, atol=0, err_msg=variable)


def test_the_stripped_model_is_without_any_new_variable(city: LoadedModel, plain: LoadedModel) -> None:
    """The comparison above compares two models: the stripped one has no coupling, the other has them all."""
    gone = {v.name for v in city.ir} - {v.name for v in plain.ir}
    assert set(UPPER) | set(DIGITAL) <= gone
    assert not {v.name for v in plain.ir} - {v.name for v in city.ir}


def test_by_products_are_neither_lost_nor_made(coupled: Ensemble) -> None:
    """Generated = processed + dumped + change of stock, in every step and in all of them."""
    flow = {name: coupled.of(f"Byproduct {name}")[0] for name in ("Generation", "Processing", "Dumping", "Stock")}
    net = 0.125 * (flow["Generation"] - flow["Processing"] - flow["Dumping"])
    np.testing.assert_allclose(np.diff(flow["Stock"]), net[:-1], rtol=1e-9, atol=1e-10)
    generated, used = flow["Generation"][:-1].sum(), (flow["Processing"] + flow["Dumping"])[:-1].sum()
    assert generated == pytest.approx(used + (flow["Stock"][-1] - flow["Stock"][0]) / 0.125, rel=1e-12)
    assert (flow["Processing"] >= 0).all()
    assert (flow["Dumping"] >= 0).all()
    assert flow["Processing"].max() > 0


def test_plants_process_no_more_than_there_is_and_than_they_can(coupled: Ensemble) -> None:
    """The minimum of material and capacity, limited by the one at first and by the other in the end."""
    processed, available = coupled.of("Byproduct Processing")[0], coupled.of("Byproduct Available")[0]
    capacity = coupled.of("Processing Capacity")[0]
    np.testing.assert_array_equal(processed, np.minimum(available, capacity))
    after = coupled.times > 2010
    assert (capacity[after] < available[after]).any()
    assert (capacity[after] > available[after]).any()


def test_the_circular_economy_is_paid_by_investment(simulator: Simulator, base: Ensemble) -> None:
    """What plants cost is what investment loses; capacity is what was paid for, less what wore out."""
    run = simulator.run({"Circular Investment": 0.005, "Policy Start Time": 2000.0}, times=STEPS)
    lost = (base.of("Total Investment") - run.of("Total Investment"))[0, 0]
    assert lost == pytest.approx(0.005 * base.of("City Income")[0, 0], rel=1e-12)
    spent, capacity = run.of("Circular Spending")[0], run.of("Processing Capacity")[0]
    assert (spent <= 0.005 * run.of("City Income")[0] * (1 + 1e-12)).all()
    worn = 0.06 * capacity
    np.testing.assert_allclose(np.diff(capacity), 0.125 * (spent / 0.03 - worn)[:-1], rtol=1e-9, atol=1e-10)


def test_a_ton_earns_more_and_pollutes_less(simulator: Simulator, base: Ensemble) -> None:
    """Value added of mining and processing per ton rises by what processing adds, emissions fall by their share."""
    run = simulator.run({"Circular Investment": 0.01}, times=STEPS)

    def per_ton(r: Ensemble) -> Any:
        return (r.of("Resource Output") + r.of("Processing Output"))[0] / r.of("Coal Extraction")[0]

    late = base.times >= 2020
    assert (per_ton(run)[late] > per_ton(base)[late]).all()
    ended = {name: run.of(name)[0, -1] for name in run.variables}
    without = ended["Emissions"] / (1 - share_of_coal(ended) * 0.25 * ended["Byproduct Recovery"])
    assert ended["Byproduct Recovery"] == pytest.approx(1, abs=1e-9)
    assert ended["Emissions"] < without


def share_of_coal(at: dict[str, float]) -> float:
    """Return coal's share of emissions if nothing were processed."""
    coal = 0.6 * at["Coal Extraction"] / at["Initial Extraction"]
    people = 0.15 * at["Population"] / at["Initial Population"]
    return coal / (coal + people + 0.25 * at["Nonresource Output"] / at["Initial Nonresource Output"])


def test_industry_counts_processing_whole(coupled: Ensemble) -> None:
    """GDP stays the sum of its two parts; processing is secondary industry, the rest by its share of 2000."""
    gdp, coal, other = (coupled.of(name)[0] for name in ("GDP", "Resource Output", "Nonresource Output"))
    plants, share = coupled.of("Processing Output")[0], coupled.of("Nonresource Secondary Share")[0]
    np.testing.assert_allclose(gdp, coal + other, rtol=1e-14)
    np.testing.assert_allclose(coupled.of("Industry Scale")[0], coal + share * (other - plants) + plants, rtol=1e-13)


def test_catalysis_grows_as_the_hypercycle_of_the_structure_mode(coupled: Ensemble) -> None:
    """Growth rates are strength times replicase times the network's matrix times the shares of output."""
    share = coupled.of("Resource Share of Output")[0]
    replicase = replicase_of_preference(coupled.of("Innovation Preference")[0])
    np.testing.assert_allclose(coupled.of("Replicase")[0], replicase, rtol=1e-14)
    parameters = ModeParameters()
    assert coupled.of("Own Catalysis")[0, 0] == parameters.own
    assert coupled.of("Chain Catalysis")[0, 0] == parameters.chain
    links = mode_network("structure", parameters).catalysis[:2, :2]
    rates = 0.4 * replicase * (links @ np.array([share, 1 - share])) * (coupled.times >= 2010)
    for name, rate in zip(("Resource Catalysis", "Nonresource Catalysis"), rates, strict=True):
        np.testing.assert_allclose(coupled.of(f"{name} Growth")[0], rate * coupled.of(name)[0], rtol=1e-12, atol=1e-15)
        steps = np.concatenate([[1.0], np.cumprod(1 + 0.125 * rate)[:-1]])
        np.testing.assert_allclose(coupled.of(name)[0], steps, rtol=1e-11)


def test_the_digital_effects_are_those_of_the_theory(coupled: Ensemble) -> None:
    """Incentive, transactions, proximity and skills as functions of the city's digitalisation."""
    at = {name: coupled.of(name)[0] for name in coupled.variables}
    digital, first, cost = at["Digitalisation"], at["Initial Digitalisation"], at["Transaction Cost Index"]
    on = np.where(coupled.times >= 2010, effects.adoption_incentive(cost, at["Saving Response"]), 1.0)
    np.testing.assert_allclose(at["Adoption Incentive"], on, rtol=1e-14)
    share = effects.target_digital_share(digital, cost, at["Cost Elasticity"])
    np.testing.assert_allclose(at["Digital Transaction Share"], share, rtol=1e-12)
    proximity = effects.proximity_effect(share, first**2 / 2, at["Distance Friction"])
    np.testing.assert_allclose(at["Proximity Effect"], proximity, rtol=1e-12)
    demand = effects.skilled_labour_demand(digital, first, at["Initial Skilled Labour"], at["Skill Need"])
    sufficiency = effects.skill_sufficiency(at["Skilled Labour"], demand)
    np.testing.assert_allclose(at["Skill Sufficiency"], sufficiency, rtol=1e-13)
    full = np.where(coupled.times >= 2010, proximity * sufficiency, 1.0)
    np.testing.assert_allclose(at["Cluster Exchange Effect"], full, rtol=1e-12)


def test_agglomeration_follows_density_with_its_delay(coupled: Ensemble) -> None:
    """The effect is the delayed density to the power of its elasticity; urban share stays a share."""
    density, effect = coupled.of("Cluster Density")[0], coupled.of("Agglomeration Effect")[0]
    target = np.where(coupled.times >= 2010, density**0.12, 1.0)
    expected = [1.0]
    for value in target[:-1]:
        expected.append(expected[-1] + 0.125 / 4 * (value - expected[-1]))
    np.testing.assert_allclose(effect, expected, rtol=1e-11)
    urban = coupled.of("Urban Share")[0]
    assert ((urban > 0) & (urban < 1)).all()
    people = urban * coupled.of("Population")[0] / (urban[0] * coupled.of("Population")[0, 0])
    on = np.where(coupled.times >= 2010, people**-0.4, 1.0)
    np.testing.assert_allclose(coupled.of("Congestion Effect")[0], on, rtol=1e-12)


def test_agglomeration_draws_people_into_non_farm_work(simulator: Simulator, base: Ensemble) -> None:
    """It raises the urban share and work outside the mines above the base run; without pull the share never moves."""
    run = simulator.run({"Agglomeration Elasticity": 0.1, "Policy Start Time": 2000.0}, times=STEPS)
    for name in ("Urban Share", "Nonresource Employment"):
        assert run.of(name)[0, -1] > base.of(name)[0, -1], name
    still = simulator.run({"Urban Pull": 0.0}, times=STEPS).of("Urban Share")[0]
    np.testing.assert_allclose(still, 0.6, rtol=1e-13)
