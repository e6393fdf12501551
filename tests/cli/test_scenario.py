"""`rcsd scenario` on the city, whose levers the repository's scenarios pull."""

import json

import pytest

from rcsd import load_study
from tests.places import CALIBRATION

SCENARIOS = (CALIBRATION / "scenarios.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Transition Strength"', '"Transition Strenght"', "did you mean 'Transition Strength'"),
        ("value = 10.0", "value = 11.0", "0 to 10: choose a value inside"),
        ("start = 2014", "start = 2012", "the year after the data end"),
        ("[outcomes.GDP]", "[outcome.GDP]", "there is no such key; did you mean 'outcomes'"),
    ],
)
def test_a_fault_is_named_before_anything_runs(rcsd, tmp_path, old, new, message):
    """Exit code 2, with file, line, field and remedy, and no folder."""
    path = tmp_path / "mine.toml"
    path.write_text(SCENARIOS.replace(old, new), encoding="utf-8")
    result = rcsd("scenario", "jixi", "--scenarios", path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "mine.toml:" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_study_without_scenarios_asks_for_some(rcsd, growth_study, tmp_path):
    """It names the field and the option."""
    result = rcsd("scenario", growth_study, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "forecast.scenarios: names no scenarios: give a file of them with --scenarios" in result.stderr


@pytest.mark.parametrize("city", ["jixi", "hegang", "shuangyashan", "qitaihe"])
def test_the_cities_share_ten_scenarios(city):
    """Every study finds them, with levers inside their documented ranges, from 2014 on."""
    scenarios = load_study(city).scenarios
    assert scenarios is not None
    assert [each.name for each in scenarios.scenarios] == [
        "status_quo",
        "resource_transition",
        "innovation_led",
        "institution_led",
        "digital",
        "integrated",
        "circular_economy",
        "replicase",
        "digital_cluster",
        "agglomeration",
    ]
    assert {each.start for each in scenarios.scenarios} == {2014}


@pytest.mark.slow
def test_jixi_is_compared_twice_with_equal_bits(rcsd, tmp_path):
    """From empty folders, two runs give one document: table on stdout, or JSON; shares lie between 0 and 1."""
    first, second = (
        json.loads(rcsd("scenario", "jixi", "--out", tmp_path / name, "--json").stdout) for name in ("one", "two")
    )
    assert {**first, "folder": ""} == {**second, "folder": ""}
    found = first["scenarios"]["innovation_led"]["outcomes"]["GDP"]["drawn"]
    assert all(0 <= share <= 1 for share in found["share_better"])
    assert first["forecast_settings"]["converged"]
    assert first["forecast_settings"]["fitted"] == [2000, 2013]
    table = rcsd("scenario", "jixi", "--out", tmp_path / "one")
    assert "Resource Output" in table.stdout
    assert table.stdout.splitlines()[-1] == str(tmp_path / "one" / "jixi" / "scenario" / "scenarios")
