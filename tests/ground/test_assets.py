"""Models and studies that come with installed distributions are found by name."""

from pathlib import Path

import pytest

from rcsd.assets import Assets, asset_names, base_names, find_asset
from rcsd.cli.study import packaged_studies
from rcsd.errors import PluginError, StudyError
from rcsd.papers.assets import ASSETS
from rcsd.simulation.loading import find_model
from rcsd.study import find_study
from rcsd.toml.source import read_toml


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> dict[str, Assets]:
    """Return what distributions bring beside the resource cities, to be filled."""
    distributions = {"resource_cities": ASSETS}
    monkeypatch.setattr("rcsd.assets.loaded", lambda group, kind: distributions)
    return distributions


def _forest(folder: Path) -> Assets:
    """Lay out a model, a study and a base file as a distribution does."""
    for name in ("models/forest/forest.mdl", "studies/taiga/study.toml", "studies/woods.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("[windows]\nfit = [1990, 2000]\n", encoding="utf-8")
    return Assets(models=folder / "models", calibration=folder / "studies")


def test_the_models_of_the_resource_cities_are_found() -> None:
    """In a checkout, models/ at its root holds them; they come by the entry point of the papers."""
    assert ASSETS.models is not None and ASSETS.models.name == "models"
    assert asset_names("models") == (
        "digital_cluster",
        "four_cities",
        "hypercycle",
        "innovation_coevolution",
        "resource_city",
    )


def test_a_folder_without_a_study_is_no_study() -> None:
    """calibration/ also holds the sources of the figures."""
    assert asset_names("calibration") == ("hegang", "jixi", "qitaihe", "shuangyashan")


def test_another_distribution_brings_a_model_and_a_study(brought: dict[str, Assets], tmp_path: Path) -> None:
    """Both are found by name, beside those of the resource cities, and its study is listed."""
    brought["forest"] = _forest(tmp_path)
    assert find_model("forest") == tmp_path / "models" / "forest" / "forest.mdl"
    assert find_study("taiga") == tmp_path / "studies" / "taiga" / "study.toml"
    assert find_model("resource_city").is_file()
    assert {"jixi", "taiga"} <= set(packaged_studies())
    assert base_names() == ("coal_city", "scenarios", "woods")


def test_a_distribution_may_bring_models_alone(brought: dict[str, Assets], tmp_path: Path) -> None:
    """A folder that is left out, or is not there, holds nothing."""
    brought["models_alone"] = Assets(models=_forest(tmp_path).models)
    brought["nowhere"] = Assets(calibration=tmp_path / "no_such_folder")
    assert "forest" in asset_names("models")
    assert asset_names("calibration") == ("hegang", "jixi", "qitaihe", "shuangyashan")


def test_a_name_of_two_distributions_is_refused(brought: dict[str, Assets], tmp_path: Path) -> None:
    """Which was meant cannot be known: the message names both files."""
    brought["one"], brought["two"] = _forest(tmp_path / "one"), _forest(tmp_path / "two")
    with pytest.raises(PluginError, match=r"forest.mdl comes with two distributions, as .*one.* and .*two") as caught:
        find_model("forest")
    assert str(caught.value).endswith("name one of them by its path")


def test_without_distributions_there_is_nothing(brought: dict[str, Assets]) -> None:
    """The general tool has no models of its own."""
    brought.clear()
    assert asset_names("models") == asset_names("calibration") == ()
    assert find_asset("models", "resource_city/resource_city.mdl") is None


def test_a_study_extends_a_base_file_by_its_name(tmp_path: Path) -> None:
    """From any folder, `rcsd:coal_city` is the file that the four cities extend."""
    study = tmp_path / "study.toml"
    study.write_text('extends = "rcsd:coal_city"\n[search]\nstarts = 3\n', encoding="utf-8")
    assert ASSETS.calibration is not None
    source, base = read_toml(study), read_toml(ASSETS.calibration / "coal_city.toml")
    assert source.base == base.table
    assert source.table["search"] == {**base.table["search"], "starts": 3}
    assert set(source.sha256.values()) > set(base.sha256.values())
    # what a base file names lies beside it
    assert source.lines["forecast", "scenarios"][0].parent == ASSETS.calibration.resolve()


@pytest.mark.parametrize(("name", "hint"), [("coal_ctiy", "did you mean 'rcsd:coal_city'?"), ("x", "rcsd:scenarios")])
def test_a_base_file_that_nobody_brings(tmp_path: Path, name: str, hint: str) -> None:
    """The message names the study's file and field, and offers what there is."""
    study = tmp_path / "study.toml"
    study.write_text(f'extends = "rcsd:{name}"\n', encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_toml(study)
    assert str(caught.value).startswith(f"{study}: extends: no base file 'rcsd:{name}' comes with what is installed; ")
    assert hint in str(caught.value)
