"""Structures of a study file: other values and priors of the same model."""

import pytest

from rcsd.errors import StudyError
from rcsd.study.panel import load_panel
from rcsd.study.panel.origins.variant import variants_of
from tests.study.panel.tables import FOLDER, STUDY


def panel_with(tmp_path, text):
    """Read the panel's study file with a structure more."""
    base = STUDY.read_text("utf-8").replace("../coal_city.toml", (FOLDER.parent / "coal_city.toml").as_posix())
    path = tmp_path / "panel.toml"
    path.write_text(f"{base}\n[structures.more]\n{text}\n", encoding="utf-8")
    return load_panel(FOLDER / "observed.csv", study=path)


def test_a_structure_changes_its_values_and_priors_and_nothing_else(tmp_path):
    """The constant joins those that the study sets, with the reason as its source."""
    text = """
reason = "assumed"
values = { "initial reserve life" = 50.0, "Resource Linkage" = 0.05 }
priors = { "Price Pass Through" = { centre = 0.2, sd = 0.05 } }
"""
    panel = panel_with(tmp_path, text)
    found = next(each for each in variants_of(panel) if each.name == "more")
    study = found.study(panel, panel.cities[0])
    constants = {each.name: each for each in study.constants}
    assert constants["Initial Reserve Life"].value == 50
    assert (constants["Resource Linkage"].value, constants["Resource Linkage"].source) == (0.05, "assumed")
    own = panel.study(panel.cities[0])
    priors = {each.name: each.prior for each in study.space.parameters}
    for parameter in own.space.parameters:
        if parameter.name == "Price Pass Through":
            assert (priors[parameter.name].centre, priors[parameter.name].sd) == (0.2, 0.05)
        else:
            assert priors[parameter.name] == parameter.prior
    assert study.simulator().constants["Initial Reserve Life"] == 50


def test_a_study_without_structures_has_its_own_settings_alone(tmp_path):
    """One variant, whose file is the study's."""
    panel = panel_with(tmp_path, 'reason = "assumed"\nvalues = { "Initial Reserve Life" = 50.0 }')
    none = type(panel)(**{name: getattr(panel, name) for name in panel.__slots__} | {
        "file": panel.file.model_copy(update={"structures": {}})
    })  # fmt: skip
    (only,) = variants_of(none)
    assert (only.name, only.file) == ("stated", none.file)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('values = { "Initial Reserve Life" = 50.0 }', "structures.more.reason: is required"),
        ('reason = "assumed"\nvalues = { "Initial Reserve Lief" = 50.0 }', "did you mean 'Initial Reserve Life'"),
        ('reason = "assumed"\nvalues = { "Investment Rate" = 0.3 }', "is estimated by the study"),
        ('reason = "assumed"\npriors = { "Knowledge Elasticity" = { centre = 0.1, sd = 0.1 } }', "is not estimated"),
        (
            'reason = "assumed"\npriors = { "Investment Rate" = { centre = 9.0, sd = 0.1 } }',
            "outside the bounds [0.1, 0.8]",
        ),
    ],
)
def test_a_fault_names_the_structure_and_the_remedy(tmp_path, text, words):
    """Whatever reads the file."""
    with pytest.raises(StudyError) as caught:
        variants_of(panel_with(tmp_path, text))
    assert words in str(caught.value)


def test_what_is_there_for_comparison_is_no_part_of_the_average(tmp_path):
    """Sixty years of the panel's own file; and some structure must be averaged."""
    panel = load_panel(FOLDER / "observed.csv", study=STUDY)
    assert [each.name for each in variants_of(panel) if not each.averaged] == ["life60_weak"]
    text = STUDY.read_text("utf-8").replace("../coal_city.toml", (FOLDER.parent / "coal_city.toml").as_posix())
    head, _, _ = text.partition("[structures.life20_weak]")
    path = tmp_path / "panel.toml"
    path.write_text(f'{head}[structures.only]\nreason = "assumed"\naveraged = false\n', encoding="utf-8")
    with pytest.raises(StudyError, match="structures: none is averaged, so that the model has no forecast"):
        variants_of(load_panel(FOLDER / "observed.csv", study=path))
