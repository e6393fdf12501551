"""The state of a study's model, on the town whose truth is known."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest

from rcsd.errors import StudyError
from rcsd.study import load_study, run_study, run_to
from rcsd.study.findings.state.estimating import estimate_states
from rcsd.study.findings.state.section import section_of
from rcsd.study.steps.state import STATE
from tests.study.conftest import observed

LIFE_CYCLE = '[life_cycle]\npreference = "Preference"\nband = 0.1\n'
TABLE = """[state]
members = 400
quick_members = 400
[state.stocks."Population"]
noise = 0.01
[state.parameters."Output per Person"]
noise = 0.02
[forecast]
draws = 100
"""
FILTERED = {LIFE_CYCLE: TABLE}


@pytest.fixture
def filtered(town):
    """Return a study of the town with its states, texts replaced, ready to be estimated."""

    def read(changes=None, data=None, folder="town"):
        return load_study(town({**FILTERED, **(changes or {})}, data, folder))

    return read


def estimated(study):
    """Estimate its states."""
    return estimate_states(study, section_of(study), study.simulator(), n_members=400)


def of(found, name):
    """Return one estimate."""
    return next(each for each in found.estimates if each.name == name)


def test_the_towns_truth_is_found(filtered):
    """Growth of 3 % and an output of 2: within the bands, and the broken cell of 2007 is left out."""
    found = estimated(filtered())
    truth = 100 * 1.03 ** (found.times - 2000)
    population = of(found, "Population").smoothed
    np.testing.assert_allclose(population.median, truth, rtol=0.012)
    # in 2000 the stock is known, to rounding
    assert ((population.low <= truth) & (truth <= population.high))[1:].all()
    growth, output = of(found, "Growth Rate").smoothed, of(found, "Output per Person").smoothed
    assert growth.median[-1] == pytest.approx(0.03, abs=0.005)
    assert output.median[-1] == pytest.approx(2.0, rel=0.03)
    people, gdp = found.innovations
    assert 2007 not in people.times.tolist()
    assert 2007 in gdp.times.tolist()
    assert 2000 not in people.times.tolist()  # it sets the first stock
    assert found.disturbed == ("Population", "Output per Person")
    assert found.consistency.n_cells == people.times.size + gdp.times.size


def test_the_hold_out_is_forecast_and_scored(filtered):
    """Noise-free data lie in the bands; the price that falls after the origin is missed where it is frozen."""
    found = estimated(filtered())
    by = {(each.band.series, each.band.drivers): each for each in found.held_out}
    assert set(by) == {(series, drivers) for series in ("population", "gdp") for drivers in ("known", "frozen")}
    assert by["gdp", "known"].inside.all()
    assert by["gdp", "known"].mape < 3
    # 2 x price falls to 1.4 of 2 in three years; frozen it stays
    errors = 100 * (2 / np.array([1.8, 1.6, 1.4]) - 1)
    assert by["gdp", "frozen"].mape == pytest.approx(errors.mean(), abs=4)
    assert by["population", "frozen"].mape == by["population", "known"].mape
    assert [band.series for band in found.ahead] == ["population", "gdp"]
    assert found.ahead[0].years.tolist() == [2014, 2015, 2016]


def test_nothing_after_the_fit_window_reaches_its_forecasts_or_filtered_states(filtered):
    """With later cells and prices replaced, all that was known in 2010 is the same, bit for bit."""
    study = filtered()
    garbled = replace(
        study,
        targets=tuple(
            replace(
                each,
                series=replace(each.series, values=np.where(each.series.years > 2010, 7.0, each.series.values)),
            )
            for each in study.targets
        ),
        drivers=tuple(replace(each, values=np.where(each.years > 2010, 3.3, each.values)) for each in study.drivers),
    )
    one, other = estimated(study), estimated(garbled)
    for name in ("Population", "Growth Rate", "GDP"):
        for what in ("forecast", "filtered"):
            early = [getattr(of(found, name), what).median[:11].tolist() for found in (one, other)]
            assert early[0] == early[1]
    frozen = [
        [each.band.median.tolist() for each in found.held_out if each.band.drivers == "frozen"]
        for found in (one, other)
    ]
    assert frozen[0] == frozen[1]
    known = [
        [each.band.median.tolist() for each in found.held_out if each.band.drivers == "known"] for found in (one, other)
    ]
    assert known[0] != known[1]
    assert of(one, "Population").smoothed.median[:11].tolist() != of(other, "Population").smoothed.median[:11].tolist()


def test_a_doubt_that_a_held_out_year_raises_does_not_reach_the_fit_window(filtered):
    """The cell of 2009, called nonsense because of one of 2012, counts in all that is known in 2010."""
    study = filtered()
    people, *others = study.targets
    years = people.series.years
    flags = tuple((*f, "broken@2012") if y == 2009 else f for y, f in zip(years, people.series.flags, strict=True))
    doubted = replace(
        people, series=replace(people.series, flags=flags), weights=np.where(years == 2009, 0.0, people.weights)
    )
    found = estimated(replace(study, targets=(doubted, *others)))
    assert 2009 in found.innovations[0].times.tolist()
    for name in ("Population", "GDP"):
        early = [of(each, name).filtered.median[:11].tolist() for each in (found, estimated(study))]
        assert early[0] == early[1]


def test_beyond_the_data_a_driver_that_is_not_forecast_keeps_its_value(filtered):
    """As in the study's own forecast: what its series says of later years is not known."""
    study = filtered()
    assert {band.drivers for band in estimated(study).ahead} == {"frozen"}


def test_a_study_writes_its_states(filtered, tmp_path):
    """result.json, three tables, a check; what is kept is read back as it was."""
    study = filtered()
    result = run_study(study, out=tmp_path, quick=True)
    entry = json.loads((tmp_path / "town" / "result.json").read_text("utf-8"))["state"]
    found = result[STATE]
    assert entry["members"] == 400
    assert entry["years"] == list(range(2000, 2014))
    assert entry["estimates"]["Population"]["smoothed"]["median"] == of(found, "Population").smoothed.median.tolist()
    assert {(each["series"], each["drivers"]) for each in entry["held_out"]} == {
        (series, drivers) for series in ("population", "gdp") for drivers in ("known", "frozen")
    }
    with (tmp_path / "town" / "state.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows} == {"Population", "Growth Rate", "Output per Person", "GDP"}
    assert len(rows) == 4 * 14 * 3
    moved = {int(row["year"]): float(row["increment"]) for row in rows if row["name"] == "GDP" and row["increment"]}
    assert list(moved.values()) == of(found, "GDP").increments.tolist()
    for name in ("state_innovations.csv", "state_forecast.csv"):
        assert len((tmp_path / "town" / name).read_text("utf-8").splitlines()) > 10
    (check,) = STATE.checks(result)
    assert f"over {found.consistency.n_cells} cells" in check.detail
    again = run_study(study, out=tmp_path, quick=True)
    assert next(time for time in again.steps if time.name == "state").reused
    assert again[STATE].log_likelihood == found.log_likelihood
    np.testing.assert_array_equal(of(again[STATE], "GDP").smoothed.high, of(found, "GDP").smoothed.high)


def test_a_study_without_the_table_has_no_states(town, tmp_path):
    """And its result says so."""
    result = run_study(load_study(town()), out=tmp_path, quick=True)
    assert result.get(STATE) is None
    assert result.left_out["state"] == "the study has no section [state]"
    assert json.loads((tmp_path / "town" / "result.json").read_text("utf-8"))["state"] is None
    assert not (tmp_path / "town" / "state.csv").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('[state.stocks."Population"]', '[state.stocks."Populaton"]', "'Populaton' is not a stock.*'Population'"),
        ('[state.stocks."Population"]', '[state.stocks."GDP"]', "'GDP' is not a stock"),
        ('Output per Person"]\nnoise', 'Price"]\nnoise', "'Price' is not among the parameters that vary"),
        ("[forecast]", "[state.gaps.people]\nnoise = 0.1\n[forecast]", "'people' is not a series that is observed"),
    ],
)
def test_what_the_model_does_not_have_is_refused_before_anything_is_fitted(filtered, tmp_path, old, new, words):
    """One message, with the table and the nearest name."""
    study = filtered({LIFE_CYCLE: TABLE.replace(old, new)})
    with pytest.raises(StudyError, match=words) as caught:
        run_study(study, out=tmp_path, quick=True)
    assert caught.value.field == "state"
    assert not list(tmp_path.rglob("calibrate*.json"))


def test_numbers_out_of_range_are_faults_of_the_file(filtered):
    """A negative noise, a memory above 1, no stock at all."""
    with pytest.raises(StudyError, match=r"state\.stocks\.Population\.noise"):
        filtered({LIFE_CYCLE: TABLE.replace("noise = 0.01", "noise = -0.01")})
    with pytest.raises(StudyError, match="memory"):
        filtered({LIFE_CYCLE: TABLE.replace("noise = 0.02", "noise = 0.02\nmemory = 1.5")})
    with pytest.raises(StudyError, match="stocks"):
        filtered({LIFE_CYCLE: "[state]\nmembers = 100\n"})


def test_a_model_with_a_fixed_delay_and_one_for_pysd_are_refused_in_a_sentence(filtered, tmp_path, town):
    """The first by an error that names the variable, the second by the reason why the step is left out."""
    path = town(FILTERED, folder="delayed")
    model = path.parent / "town.mdl"
    text = model.read_text("utf-8")
    model.write_text(text.replace("Population*Growth Rate\n", "DELAY FIXED(Population*Growth Rate, 1, 1)\n"), "utf-8")
    with pytest.raises(StudyError, match="'Growth' is a fixed delay"):
        run_study(load_study(path), out=tmp_path, quick=True)
    slow = filtered({"seed = 7": 'seed = 7\nbackend = "pysd"'}, folder="slow")
    left_out = run_to(slow, [STATE], out=tmp_path, quick=True).left_out
    assert left_out["state"] == "PySD runs this model, and its runs cannot be stopped and continued"


def test_a_gap_of_a_series_keeps_the_states_where_they_are(filtered):
    """A census that counts 10 % too many from 2004 on: laid to the gap, not to the people."""
    data = {}
    for line in observed():
        series, year, value, unit, flag = line.split(",")
        if series == "population" and int(year) >= 2004 and flag != "broken":
            data[line] = f"{series},{year},{1.1 * float(value)!r},{unit},{flag}"
    gap = "[state.gaps.population]\nnoise = 0.05\n"
    table = TABLE.replace('[state.stocks."Population"]\nnoise = 0.01', '[state.stocks."Population"]\nnoise = 0.001')
    found = estimated(filtered({LIFE_CYCLE: table.replace("[forecast]", f"{gap}[forecast]")}, data))
    factor = of(found, "gap of population")
    assert factor.what == "gap"
    assert factor.smoothed.median[-1] == pytest.approx(1.1, abs=0.03)
    assert factor.smoothed.median[2] == pytest.approx(1.0, abs=0.03)
    assert found.disturbed[-1] == "gap of population"


@pytest.mark.slow
def test_members_may_start_from_the_posterior(filtered, tmp_path):
    """Then the data correct only the parameters that walk, and the others keep the posterior's spread."""
    study = filtered({LIFE_CYCLE: TABLE.replace("members = 400", 'members = 400\nstart = "posterior"', 1)})
    result = run_study(study, out=tmp_path)
    found = result[STATE]
    assert [each.name for each in found.estimates if each.what == "parameter"] == ["Output per Person"]
    assert found.start == "posterior"
    quick = run_study(study, out=tmp_path / "quick", quick=True)
    assert "samples no posterior" in quick.left_out["state"]
