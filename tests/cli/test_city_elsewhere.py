"""A city from a folder of one's own: what all coal cities share comes by name, wherever rcsd is installed."""

import json
from pathlib import Path

import pytest

from rcsd.papers.assets import ASSETS
from rcsd.study import load_study


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return the study file of a city outside the repository, with the series and drivers of a real one."""
    assert ASSETS.calibration is not None
    own = ASSETS.calibration / "jixi"
    folder = tmp_path / "mycity"
    folder.mkdir()
    (folder / "observed.csv").write_bytes((own / "observed.csv").read_bytes())
    text = (own / "study.toml").read_text("utf-8")
    renamed = text.replace('"../coal_city.toml"', '"rcsd:coal_city"').replace('name = "jixi"', 'name = "mycity"')
    assert renamed.count("mycity") == renamed.count("rcsd:coal_city") == 1
    (folder / "study.toml").write_text(renamed, encoding="utf-8")
    return folder / "study.toml"


def test_a_city_elsewhere_is_the_same_study(city: Path) -> None:
    """Model, parameters, data and scenarios are those of the city that it was copied from; the name alone differs."""
    here, there = load_study("jixi"), load_study(city)
    assert (here.name, there.name) == ("jixi", "mycity")
    assert there.model.path == here.model.path
    assert there.space == here.space
    assert [(each.table, each.values.tolist()) for each in there.drivers] == [
        (each.table, each.values.tolist()) for each in here.drivers
    ]
    assert there.scenarios == here.scenarios
    assert there.scenarios is not None
    assert set(here.sha256.values()) ^ set(there.sha256.values()) == {
        here.sha256[here.path],
        there.sha256[there.path],
    }


@pytest.mark.slow
def test_a_city_elsewhere_runs(rcsd, city: Path, tmp_path: Path) -> None:
    """The whole study ends with a report, and the model follows the population to within two per cent."""
    result = rcsd("study", city, "--quick", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "mycity" / "index.html").is_file()
    document = json.loads((tmp_path / "out" / "mycity" / "result.json").read_text("utf-8"))
    assert document["study"] == "mycity"
    assert document["series"]["population"]["fit"]["mape"] < 2
