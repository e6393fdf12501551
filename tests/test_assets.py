"""The package finds the models that travel with it."""

from rcsd.assets import asset_folder, asset_names


def test_the_models_of_the_source_tree_are_found() -> None:
    """In a checkout, models/ at its root is the package's own folder."""
    folder = asset_folder("models")
    assert folder is not None and folder.name == "models"
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
