"""Data in other units than the model's: converted, said, and refused where they are of another kind."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import StudyError
from rcsd.report.sections.fit.tables import conversions_table
from rcsd.study import load_study, run_study

THOUSANDS = "thousand persons"


def _rewritten(path: Path, series: str, factor: float, unit: str, offset: float = 0.0) -> Path:
    """Write the numbers of a series as they are in another unit."""
    data = path.parent / "observed.csv"
    lines = data.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        name, year, value, _, flag = line.split(",")
        if name == series:
            lines[at] = f"{name},{year},{float(value) * factor + offset!r},{unit},{flag}"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_use_of_a_series_is_converted(town):
    """A target, a constant set by a cell, and a driver: as if the data had been in the units of the model."""
    plain = load_study(town(folder="plain"))
    path = _rewritten(_rewritten(town(folder="other"), "population", 1e-3, THOUSANDS), "price", 100, "percent")
    other = load_study(path)
    for a, b in zip(plain.targets, other.targets, strict=True):
        assert a.series.values == pytest.approx(b.series.values, rel=1e-14)
        assert a.series.unit == b.series.unit
        assert a.error == b.error
    assert other.constants[0].value == pytest.approx(plain.constants[0].value, rel=1e-14)
    assert other.drivers[0].values == pytest.approx(plain.drivers[0].values, rel=1e-14)
    assert plain.conversions == ()
    told = {(each.series, each.variable): each.words for each in other.conversions}
    assert told == {
        ("population", "Population"): "× 1000",
        ("population", "Initial Population"): "× 1000",
        ("price", "Price Table"): "× 0.01",
    }


def test_units_that_are_one_leave_the_numbers_bit_for_bit(town):
    """Another name of the unit changes nothing and is no conversion."""
    plain, other = load_study(town(folder="a")), load_study(town(data={",person,": ",People,"}, folder="b"))
    assert np.array_equal(plain.targets[0].series.values, other.targets[0].series.values)
    assert all(each.factor == 1 for each in other.conversions)


def test_a_fixed_error_is_converted_with_its_series(town):
    """0.5 thousand persons are 500 persons; a share stays a share."""
    fixed = {
        "error = 0.01": 'error = 0.5\nkind = "absolute"',
        "broken = 0": "broken = 0\n[series.population.gap]\njump = 2",
    }
    study = load_study(_rewritten(town(fixed, folder="fixed"), "population", 1e-3, THOUSANDS))
    assert (study.targets[0].error, study.targets[0].jump) == (pytest.approx(500), pytest.approx(2000))


@pytest.mark.parametrize("kind", ["poisson", "negative-binomial"])
def test_counts_are_not_converted(town, kind):
    """A thousand persons scatter as a thousand do, and not as one: both ways out are said."""
    counted = {"error = 0.01": f'kind = "{kind}"'}
    for unit in ("person", "People"):
        path = _rewritten(town(counted, folder=unit), "population", 1, unit)
        data = path.parent / "observed.csv"
        data.write_text(re.sub(r"(?m)^(population,\d+,\d+)[.]\d+", r"\1", data.read_text("utf-8")), "utf-8")
        assert load_study(path).targets[0].kind == kind
    with pytest.raises(StudyError, match=r"kind: .*as they were counted.*write the data in 'person'") as refused:
        load_study(_rewritten(town(counted, folder="other"), "population", 1e-3, THOUSANDS))
    assert str(refused.value).count("as they were counted") == 1


def test_a_variable_without_a_unit_takes_numbers_as_they_stand(town):
    """The model says nothing, so nothing is converted, and that is said."""
    path = town()
    model = path.parent / "town.mdl"
    text = model.read_text(encoding="utf-8").replace("~\tyuan/Year\n", "~\t\n")
    model.write_text(text, encoding="utf-8")
    study = load_study(path)
    assert study.targets[1].series.unit == "yuan/Year"
    assert [each.words for each in study.conversions] == ["as they stand; the model states no unit"]


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("tonne", "'tonne' and '1/person' is left over"),
        ("", "no unit, which is dimensionless"),
        ("person/Year", "the first is a flow, the second an amount"),
        ("mt", "metric tons or million tonnes"),
    ],
)
def test_a_unit_of_another_kind_is_a_fault(town, unit, words):
    """The message names the series, the variable, both units and what is wrong."""
    path = town(data={",person,": f",{unit},"})
    with pytest.raises(StudyError) as caught:
        load_study(path)
    message = str(caught.value)
    assert f"series 'population' is in {unit!r}, but 'Population' of the model in 'person'" in message
    assert words in message


def test_a_number_of_the_study_file_is_not_converted(town):
    """Bounds in another measure would be misread by whoever edits them: the factor is said instead."""
    path = town({'unit = "1/Year"': 'unit = "1/Month"'})
    with pytest.raises(StudyError, match=re.escape("1 1/Month = 12 1/Year")):
        load_study(path)


def test_the_model_s_own_synonyms_are_used(town):
    """A line of the model's file says what a soul is."""
    path = town(data={",person,": ",souls,"})
    model = path.parent / "town.mdl"
    settings = "\\\\\\---/// Sketch information - do not modify anything except names\n///---\\\\\\\n:L\x7f<%^E!@\n"
    text = model.read_text(encoding="utf-8") + settings + "22:person,soul,souls\n"
    model.write_text(text, encoding="utf-8")
    assert load_study(path).targets[0].series.values[0] == 100


def test_conversions_stand_in_the_result(town, tmp_path, thorough):
    """The fit is that of the same data in the model's unit, and the documents say what was done."""
    path = _rewritten(town(thorough), "population", 1e-3, THOUSANDS)
    result = run_study(load_study(path), out=tmp_path, quick=True)
    document = json.loads((tmp_path / "town" / "result.json").read_text(encoding="utf-8"))
    assert document["conversions"][0] == {
        "series": "population",
        "variable": "Population",
        "unit": THOUSANDS,
        "model_unit": "person",
        "factor": 1000.0,
        "offset": 0.0,
        "reasons": [],
    }
    assert document["parameters"]["Growth Rate"]["estimate"] == pytest.approx(0.03, abs=1e-6)
    table = conversions_table(result.info.conversions)
    assert [cell.text for cell in table.rows[0]] == ["population", "Population", THOUSANDS, "person", "× 1000"]
