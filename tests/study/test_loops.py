"""Feedback loops of a study's model over the draws of its posterior, on the town whose only loop is known."""

import json

import numpy as np
import pytest

from rcsd.errors import StudyError
from rcsd.report.sections.loops.section import SECTION
from rcsd.study import load_study, run_to
from rcsd.study.steps.loops import LOOPS

LIFE_CYCLE = '[life_cycle]\npreference = "Preference"\nband = 0.1\n'
TABLE = '[loops]\nof = "GDP"\ndraws = 50\n[forecast]\ndraws = 100\n'


@pytest.mark.slow
def test_the_only_loop_rules_in_every_draw_and_the_report_says_so(town, tmp_path):
    """Growth of the town feeds on itself: it has all of the score wherever anything moves."""
    path = town({LIFE_CYCLE: TABLE})
    (path.parent / "checks.toml").write_text(
        '[[loops]]\nname = "growth of the town"\nthrough = ["Population", "Growth"]\n', encoding="utf-8"
    )
    result = run_to(load_study(path), [LOOPS], out=tmp_path / "out")
    found = result[LOOPS].dominance
    assert found.of_states == ("Population",)
    assert (found.n_runs, found.n_failed) == (50, 0)
    (growth,) = found.families
    assert growth.sign == 1.0
    np.testing.assert_allclose(growth.rules[1:], 1.0)
    np.testing.assert_allclose(growth.median[1:], 1.0)
    assert found.starts[-1] == 2013
    (section,) = SECTION.study(result)
    assert "growth of the town rules in 100 % of draws and years" in section.points[0]
    assert "in over half of them in 2001–2013" in section.points[0]
    assert section.drawings
    entry = LOOPS.document(result)["loops"]
    assert json.loads(json.dumps(entry))["families"][0]["name"] == "growth of the town"
    assert LOOPS.files["loops.csv"](result).startswith("kind,loop,sign,period,rules")
    kept = run_to(load_study(path), [LOOPS], out=tmp_path / "out")
    np.testing.assert_array_equal(kept[LOOPS].dominance.families[0].rules, growth.rules)


def test_without_its_table_or_chains_the_step_is_left_out(town, tmp_path):
    """The reason says which; a section is not there then."""
    plain, asked = load_study(town(folder="plain")), load_study(town({LIFE_CYCLE: TABLE}, folder="asked"))
    without = run_to(plain, [LOOPS], out=tmp_path, quick=True)
    assert without.left_out["loops"] == "the study has no section [loops]"
    assert SECTION.study(without) == []
    quick = run_to(asked, [LOOPS], out=tmp_path, quick=True)
    assert quick.left_out["loops"] == "a quick run samples no posterior"
    assert LOOPS.document(quick) == {"loops": None}


def test_a_variable_that_the_model_has_not_is_refused_before_anything_is_fitted(town, tmp_path):
    """With the nearest name and the key."""
    study = load_study(town({LIFE_CYCLE: TABLE.replace("GDP", "GPD")}))
    with pytest.raises(StudyError, match=r"loops\.of.*'GPD'; did you mean 'GDP'"):
        run_to(study, [LOOPS], out=tmp_path, quick=True)
