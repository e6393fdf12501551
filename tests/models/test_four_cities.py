"""The four linked cities: one city's model in each when apart, the theory's hypercycle when linked."""

import math
import re
import runpy
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.papers.city import compare_region
from rcsd.papers.hypercycle import growth_rates, network_of
from rcsd.simulator import Simulator
from tests.drawings import assert_same_drawing
from tests.places import MODELS

FOLDER = MODELS / "four_cities"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
CITIES = ("Jixi", "Hegang", "Shuangyashan", "Qitaihe")
BOTH = {"Intercity Link": 0.05, "Intercity Mobility": 0.03}
SCRIPT = runpy.run_path(str(FOLDER / "build.py"))
DESCRIBE = runpy.run_path(str(FOLDER / "describe.py"))
FORMATS = pytest.mark.parametrize("suffix", ["mdl", "xmile"])


@cache
def loaded(suffix: str) -> Any:
    """Return the model as one of its files has it, read once."""
    return rcsd.load(FOLDER / f"four_cities.{suffix}")


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return loaded("mdl")


@pytest.fixture(scope="module")
def simulator(model: Any) -> Simulator:
    """Return the kernels, which tests below hold to other engines."""
    return model.simulator("compiled")


@pytest.fixture(scope="module")
def apart(simulator: Simulator) -> Ensemble:
    """Return the run of the file as it is: links at zero."""
    return simulator.run()


@pytest.fixture(scope="module")
def linked(simulator: Simulator) -> Ensemble:
    """Return a run with both links on."""
    return simulator.run(BOTH)


def array(run: Ensemble, name: str) -> np.ndarray:
    """Return a variable of every city, shape (time, city)."""
    return np.column_stack([run.of(f"{name}[{city}]")[0] for city in CITIES])


def matrix(run: Ensemble, name: str) -> np.ndarray:
    """Return a variable of every pair, shape (time, city, partner)."""
    return np.stack([[run.of(f"{name}[{city},{other}]")[0] for other in CITIES] for city in CITIES]).transpose(2, 0, 1)


def largest_difference(run: Ensemble, other: dict[str, np.ndarray]) -> float:
    """Largest difference of any variable, relative to its largest size."""
    sizes = {name: max(float(np.abs(run.of(name)[0]).max()), 1e-9) for name in other}
    return max(float(np.abs(run.of(name)[0] - values).max()) / sizes[name] for name, values in other.items())


@pytest.mark.parametrize("row", SCRIPT["read_cities"](), ids=lambda row: row["study"])
def test_apart_each_city_is_the_model_of_one_city(row: dict[str, str], apart: Ensemble) -> None:
    """Every variable of four runs of the city's model, with its study's drivers and constants, to rounding."""
    study = rcsd.load_study(row["study"])
    estimates = pd.read_csv(FOLDER / "estimates.csv", comment="#").query("city == @row['city']")
    fitted = estimates[estimates["constant"].isin(study.space.names)]
    assert len(fitted) == len(study.space.names)
    alone = study.simulator().run(dict(zip(fitted["constant"], fitted["value"], strict=True)))
    other = {
        next(each for each in (f"{name}[{row['city']}]", name) if each in apart.variables): alone.of(name)[0]
        for name in alone.variables
    }
    assert len(other) == len(alone.variables)
    assert largest_difference(apart, other) <= CHECKS["neutral"]["largest_difference"]


def test_the_catalysis_is_the_theorys(linked: Ensemble) -> None:
    """At every saved time sum_j k_ij x_j of the theory's network, with the senders' replicase in its matrix."""
    shares, replicase = array(linked, "Knowledge Share"), 1 - array(linked, "Innovation Preference") ** 2
    distance = np.array([[0, 234, 154, 53], [234, 0, 98, 184], [154, 98, 0, 102], [53, 184, 102, 0]])
    weight = np.divide(53, distance, out=np.zeros((4, 4)), where=distance > 0)
    np.testing.assert_allclose(matrix(linked, "Link Weight")[0], weight, rtol=1e-14)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-14)
    for at, row in enumerate(shares):
        network = network_of(CITIES, 0.0, BOTH["Intercity Link"] * weight * replicase[at])
        found = array(linked, "Catalysis from Other Cities")[at]
        np.testing.assert_allclose(found, growth_rates(network, row), rtol=1e-12, atol=1e-16)


def test_nobody_is_lost_among_the_four(linked: Ensemble) -> None:
    """The way back has the opposite sign; what some cities win others lose."""
    moves = matrix(linked, "Moves")
    assert np.abs(moves).max() > 0.01
    np.testing.assert_allclose(moves, -moves.transpose(0, 2, 1), atol=1e-15)
    np.testing.assert_allclose(array(linked, "Intercity Migration").sum(axis=1), 0, atol=1e-14)


@pytest.mark.parametrize("case", CHECKS["links"], ids=lambda case: ", ".join(case["set"]))
def test_a_link_moves_the_cities_as_the_readme_says(
    case: dict[str, Any], simulator: Simulator, apart: Ensemble
) -> None:
    """Signs at a year, in every city or in the one named."""
    run = simulator.run(case["set"])
    at = int(np.argmax(run.times == case.get("year", run.times[-1])))
    for direction, sign in (("rises", 1), ("falls", -1)):
        for name in case.get(direction, []):
            for element in [name] if "[" in name else [f"{name}[{city}]" for city in CITIES]:
                assert sign * (run.of(element)[0, at] / apart.of(element)[0, at] - 1) > 1e-5, element


def test_the_stronger_the_link_the_larger_the_gain(simulator: Simulator) -> None:
    """GDP of every city grows with the strength, and with links that distance does not weaken."""
    run = simulator.run({"Intercity Link": [0, 0.02, 0.05, 0.1, 0.1], "Distance Decay": [1, 1, 1, 1, 0]})
    for city in CITIES:
        assert (np.diff(run.of(f"GDP[{city}]")[:, -1]) > 0).all(), city


@pytest.mark.parametrize("case", CHECKS["extremes"], ids=lambda case: case["name"])
def test_extreme_conditions(case: dict[str, Any], model: Any, simulator: Simulator) -> None:
    """Every stock stays finite and, unless it has a sign, not negative; what must vanish does."""
    run = simulator.run(case["set"])
    assert run.ok.all(), run.messages
    for name in (variable.name for variable in model.ir if variable.kind == "stock"):
        for element in (each for each in run.variables if each.partition("[")[0] == name):
            assert np.isfinite(run.of(element)).all(), element
            assert name in CHECKS["signed_stocks"] or (run.of(element) >= 0).all(), element
    for name in case.get("zero", []):
        assert (array(run, name) == 0).all()
    for name in case.get("near_zero", []):
        assert np.abs(run.of(name)).max() < 1e-9


@FORMATS
def test_the_other_engines_agree(suffix: str, linked: Ensemble) -> None:
    """The interpreter, and pysimlin, which shares no code with it, give every variable of the linked cities."""
    simlin = pytest.importorskip("simlin")
    plain = loaded(suffix).run(BOTH, backend="interpreted")
    assert set(plain.variables) == set(linked.variables)
    assert largest_difference(linked, {name: plain.of(name)[0] for name in plain.variables}) < 1e-11
    found = simlin.load(FOLDER / f"four_cities.{suffix}").run(
        analyze_loops=False, overrides={name.replace(" ", "_").lower(): value for name, value in BOTH.items()}
    )
    columns = {canonical(column): found.results[column].loc[linked.times].to_numpy() for column in found.results}
    other = {name: columns[canonical(name)] for name in linked.variables}
    assert largest_difference(linked, other) < CHECKS["engines"]["pysimlin"]


@pytest.mark.slow
@FORMATS
def test_pysd_agrees(suffix: str, linked: Ensemble) -> None:
    """PySD runs the linked cities for ten years."""
    early = linked.times <= 2010
    slow = loaded(suffix).run(BOTH, backend="pysd", times=linked.times[early])
    assert set(slow.variables) == set(linked.variables)
    for name in slow.variables:
        size = max(float(np.abs(linked.of(name)[0]).max()), 1e-9)
        assert np.abs(slow.of(name)[0] - linked.of(name)[0, early]).max() / size < CHECKS["engines"]["pysd"], name


@FORMATS
def test_units_are_consistent_and_the_views_show_every_variable(suffix: str) -> None:
    """No unit fault, no other fault, and nothing that cannot be seen in the diagram."""
    simlin = pytest.importorskip("simlin")
    found = simlin.load(FOLDER / f"four_cities.{suffix}")
    assert found.check_units() == ()
    assert found.check() == ()
    text = (FOLDER / f"four_cities.{suffix}").read_text("utf-8")
    drawn = re.findall(r"^10,\d+,([^,]+),", text, re.M) if suffix == "mdl" else re.findall(r'name="(\w+)" x=', text)
    assert {canonical(name) for name in found.get_var_names()} - {canonical(name) for name in drawn} <= {
        "time", "initial_time", "final_time", "time_step", "saveper", "dt",
    }  # fmt: skip


def test_halving_the_step_changes_little(linked: Ensemble, tmp_path: Path) -> None:
    """Integration error of the linked cities: Sterman's rule."""
    rule = CHECKS["integration"]
    assert rule["set"] == BOTH
    path = tmp_path / "half.mdl"
    text = (FOLDER / "four_cities.mdl").read_text("utf-8")
    for old, new in {"TIME STEP  = 0.125": "TIME STEP  = 0.0625", "FINAL TIME  = 2030": "FINAL TIME  = 2013"}.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    half = rcsd.load(path).run(BOTH, outputs=rule["variables"], backend="interpreted")
    for name in rule["variables"]:
        change = np.abs(half.of(name)[0] / linked.of(name)[0, linked.times <= 2013] - 1).max()
        assert 0 < change < rule["largest_change"], name


def slope(model: Any, cause: str, effect: str, run: Ensemble, at: int) -> float:
    """Change of a variable of Jixi (of a stock: its net flow) per unit of a cause, in it or else in its partner.

    The partner is Qitaihe. A sum over the cities changes as much as the element in it does.
    """
    equation = re.sub(r"^INTEG \((.+), [^,]+\)$", r"\1", model.ir[effect].equation)
    equation = equation.replace("[City!]", "[City]").replace("[City,Partner!]", "[City,Partner]")
    places = {"[City]": "[Jixi]", "[Partner]": "[Qitaihe]", "[City,Partner]": "[Jixi,Qitaihe]", "": ""}
    values = {
        f"{variable.name}{place}": float(run.of(f"{variable.name}{where}")[0, at])
        for variable in model.ir
        for place, where in places.items()
        if f"{variable.name}{where}" in run.variables
    }
    forms = (f"{cause}{place}" for place in ("[City]", "[City,Partner]", "[Partner]", ""))
    varied = next(form for form in forms if form in equation)
    functions = {"MAX": max, "LN": math.log, "SUM": float, "EXP": math.exp}
    names = sorted(values, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    step = 1e-6 * max(abs(values[varied]), 1e-6)
    results = []
    for shift in (step, -step):
        moved = values | {varied: values[varied] + shift}
        code = pattern.sub(lambda found: f"({moved[found[0]]!r})", equation)  # noqa: B023
        results.append(eval(code.replace("^", "**"), functions))
    return (results[0] - results[1]) / (2 * step)


@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(loop: dict[str, Any], model: Any, linked: Ensemble) -> None:
    """Each variable of the chain moves the next, and the last the first; the signs multiply to R (+) or B (-)."""
    at = int(np.argmax(linked.times == 2012))
    chain = loop["through"]
    product = 1.0
    for cause, effect in zip(chain, [*chain[1:], chain[0]], strict=True):
        strength = slope(model, cause, effect, linked, at)
        assert strength != 0, f"{cause} -> {effect}"
        product *= np.sign(strength)
    assert product == {"R": 1, "B": -1}[loop["polarity"]]


def test_every_variable_says_what_it_is(model: Any) -> None:
    """Unit, documentation and source; scalar constants state a range that holds their value."""
    for variable in model.ir:
        assert variable.unit, variable.name
        assert "Source: " in variable.documentation or variable.tabulated, variable.name
        if variable.value is not None:
            low, high = variable.documentation.split("Range ")[1].split(". Source")[0].split(" to ")
            assert float(low) <= variable.value <= float(high), variable.name


def test_the_vensim_file_is_what_the_script_makes_of_the_city() -> None:
    """When the city's model or the estimates change, ``python models/four_cities/build.py`` renews the file."""
    assert SCRIPT["vensim"]() == (FOLDER / "four_cities.mdl").read_text("utf-8")


def test_the_xmile_file_is_made_of_the_vensim_file() -> None:
    """The same script writes it."""
    assert SCRIPT["xmile"](FOLDER / "four_cities.mdl") == (FOLDER / "four_cities.xmile").read_text("utf-8")


def test_the_picture_is_that_of_the_links() -> None:
    """``python models/four_cities/build.py`` renews it."""
    assert_same_drawing(SCRIPT["diagram"](FOLDER / "four_cities.mdl"), FOLDER / "diagram.svg")


def test_both_files_spell_units_alike() -> None:
    """What a variable is measured in is the same, and in the same words."""
    vensim, xmile = (loaded(suffix).units for suffix in ("mdl", "xmile"))
    assert vensim == xmile


def test_a_city_model_without_the_flows_of_the_links_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The script stops with what is missing; it writes no model in which a link leads nowhere."""
    path = tmp_path / "resource_city.mdl"
    path.write_text(SCRIPT["CITY_MODEL"].read_text("utf-8").replace("Knowledge Creation", "Invention"), "utf-8")
    monkeypatch.setitem(SCRIPT["vensim"].__globals__, "CITY_MODEL", path)
    with pytest.raises(SystemExit, match="the city model has no flow Knowledge Creation"):
        SCRIPT["vensim"]()


def test_the_distance_of_a_degree_is_known() -> None:
    """A degree of latitude on the mean sphere is 111.195 km, and so is one of longitude at the equator."""
    points = [{"latitude": "0", "longitude": "0"}, {"latitude": "30", "longitude": "0"}]
    east = {"latitude": "0", "longitude": "90"}
    assert SCRIPT["great_circle"](*points) == round(30 * 111.195)
    assert SCRIPT["great_circle"](points[0], east) == round(90 * 111.195)


def test_the_readme_lists_the_links_and_what_differs() -> None:
    """Its tables of variables are those that the script makes of the model file."""
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert DESCRIBE["replaced"](readme, "variables", DESCRIBE["variables"]()) == readme


def test_the_readme_states_the_effects() -> None:
    """Its table of effects is what the comparison finds now, and 2013 is moved by as much as it says."""
    found = compare_region([0.02, 0.05, 0.1])
    table = DESCRIBE["effects"](found, compare_region([0.05], 0.0, 0.0))
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert table in readme
    moved = found.effect(found.sweep[-1])[0, : len(CITIES), found.times == 2013]
    assert f"by {moved.min():.1f} to {moved.max():.1f} %" in " ".join(readme.split())


@pytest.mark.slow
def test_a_refit_finds_the_estimates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The studies of today give the numbers of estimates.csv, to a thousandth."""
    kept = pd.read_csv(FOLDER / "estimates.csv", comment="#")
    (tmp_path / "cities.csv").write_text((FOLDER / "cities.csv").read_text("utf-8"), "utf-8")
    monkeypatch.setitem(SCRIPT["refit"].__globals__, "HERE", tmp_path)
    monkeypatch.chdir(tmp_path)
    SCRIPT["refit"]()
    new = pd.read_csv(tmp_path / "estimates.csv", comment="#")
    pd.testing.assert_frame_equal(new, kept, rtol=1e-3)
