"""Files of ablations: what they change, and one message for all their faults."""

from dataclasses import replace

import pytest

from rcsd.errors import StudyError
from rcsd.study.panel import load_panel
from rcsd.study.panel.ablation.reading import read_ablations
from rcsd.study.panel.ablation.schema import AblationSection
from tests.study.panel.tables import FOLDER


@pytest.fixture(scope="module")
def panel():
    """Read the panel of the package."""
    return load_panel()


def read(panel, tmp_path, text):
    """Read a file of one ablation."""
    path = tmp_path / "parts.toml"
    path.write_text(f'[ablations.one]\ntitle = "one"\n{text}\n')
    return read_ablations(path, panel)


def test_the_shipped_file_changes_what_it_says(panel):
    """Each title's part in the file of all cities, and nothing else."""
    found = read_ablations(FOLDER / "ablations.toml", panel)
    assert found.whole.name == "life30_weak"
    files = {part.name: part.variant.file for part in found.parts if part.variant is not None}
    whole = found.whole.file
    assert files["life_60"].constants["Initial Reserve Life"].value == 60
    assert whole.constants["Initial Reserve Life"].value == 30
    assert files["no_momentum"].series["real_gdp"].gap.momentum == 0 < whole.series["real_gdp"].gap.momentum
    assert files["no_momentum"].constants["Initial Reserve Life"].value == 30
    assert files["strong_price"].parameters["Price Pass Through"].prior.centre == 0.3
    assert set(whole.drawn) - set(files["price_frozen"].drawn) == {"coal_price"}
    assert set(whole.drawn) - set(files["growth_frozen"].drawn) == {"national_income_growth"}
    refitted = {part.name for part in found.parts if part.variant is not None}
    assert {part.name for part in found.parts} - refitted == {"no_carry_over", "two_line"}
    untouched = ("study", "windows", "search", "drivers")
    for name, file in files.items():
        assert all(getattr(file, key) == getattr(whole, key) for key in untouched), name


def test_a_share_scales_its_constants_in_every_city(panel, tmp_path):
    """Mining is 5 % of GDP in 2000, and a job in mining makes what it made."""
    text = (
        'share = { constants = ["initial resource output", "Initial Resource Employment"], of = "Initial GDP", '
        "value = 0.05 }"
    )
    variant = read(panel, tmp_path, text).parts[0].variant
    for city in (panel.cities[0], panel.cities[-1]):
        before = {each.name: each.value for each in panel.study(city).constants}
        after = {each.name: each.value for each in variant.study(panel, city).constants}
        assert after["Initial Resource Output"] == pytest.approx(0.05 * after["Initial GDP"])
        ratio = after["Initial Resource Output"] / before["Initial Resource Output"]
        assert after["Initial Resource Employment"] == pytest.approx(ratio * before["Initial Resource Employment"])
        changed = {name for name in before if after[name] != before[name]} - {"Initial Reserve Life"}
        assert changed == {"Initial Resource Output", "Initial Resource Employment"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("values = { 'Initial Reserve Lief' = 60.0 }", "did you mean 'Initial Reserve Life'"),
        ("values = { 'Price Pass Through' = 0.3 }", "is estimated by the study: change its prior"),
        ("priors = { 'Initial Reserve Life' = { centre = 60.0, sd = 1.0 } }", "is not estimated by the study"),
        ("priors = { 'Price Pass Through' = { centre = 60.0, sd = 1.0 } }", "lies outside the bounds"),
        ("frozen = ['coal_prise']", "did you mean 'coal_price'"),
        ("study = { series = { real_gdp = { gap = { momentun = 0.0 } } } }", "series.real_gdp.gap.momentun"),
        ("share = { constants = ['Depreciation'], of = 'Initial GDP', value = 0.05 }", "no constant 'Depreciation'"),
        (
            "share = { constants = ['Knowledge Elasticity'], of = 'Initial GDP', value = 0.05 }",
            "is not set by the study",
        ),
        ("rule = 'two_lines'", "no benchmark rule is called 'two_lines'"),
        ("rule = 'two_line'\ncarry_over = false", "takes the place of the whole model"),
        ("reason = 'none'", "changes nothing"),
        ("vales = { }", "did you mean 'values'"),
    ],
)
def test_a_fault_names_file_line_and_remedy(panel, tmp_path, text, words):
    """Where it stands, and what is meant."""
    with pytest.raises(StudyError) as caught:
        read(panel, tmp_path, text)
    assert words in str(caught.value)
    assert "parts.toml:" in str(caught.value)
    assert "ablations.one" in str(caught.value)


def test_a_rule_that_leans_on_a_reference_needs_one(panel, tmp_path):
    """It is said when the file is read, not when all forecasts are made; a rule of the series alone needs none."""
    gdp = panel.file.series["real_gdp"].model_copy(update={"reference": None})
    file = panel.file.model_copy(update={"series": {**panel.file.series, "real_gdp": gdp}})
    bare = replace(panel, file=file)
    with pytest.raises(StudyError, match=r"'two_line' needs the growth .*\[series.real_gdp\] a `reference`"):
        read(bare, tmp_path, 'rule = "two_line"')
    assert read(bare, tmp_path, 'rule = "theta"').parts[0].section.rule == "theta"


def test_a_whole_that_is_no_structure_is_refused(panel, tmp_path):
    """With those that there are."""
    path = tmp_path / "parts.toml"
    path.write_text('whole = "life31_weak"\n[ablations.one]\ntitle = "one"\ncarry_over = false\n')
    with pytest.raises(StudyError, match="no structure 'life31_weak'; did you mean 'life30_weak'"):
        read_ablations(path, panel)


def test_only_what_changes_the_fit_is_fitted_anew():
    """Without carry-over, and a rule, the forecasts that there are do."""
    assert not AblationSection(title="x", carry_over=False).refits
    assert not AblationSection(title="x", rule="two_line").refits
    assert AblationSection(title="x", values={"a": 1.0}).refits
