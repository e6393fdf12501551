"""Faults planted into copies of the repository's models are found, at the place where they were planted."""

import shutil
from pathlib import Path

import pytest

from rcsd.analysis.checks import check_model
from tests.places import MODELS

COEVOLUTION, HYPERCYCLE, CLUSTER = "innovation_coevolution", "hypercycle", "digital_cluster"
SHIFT, ADOPTION = "(1-Innovation Preference)*Upward Rate\n\t~\t", "(Digital Ceiling-Digitalisation)\n\t~\t"
PROPENSITY = "Coordination Factor*Innovation Preference"
DRIVE = "Transition Intensity*EXP(Propensity)"
FAULTS = [
    # wrong units
    (COEVOLUTION, f"{SHIFT}1/Year", f"{SHIFT}Dmnl", "units"),
    (CLUSTER, f"{ADOPTION}1/Year", f"{ADOPTION}Dmnl", "units"),
    # renamed variables
    (COEVOLUTION, "Upward Rate=\n", "Rate Upwards=\n", "defined"),
    (COEVOLUTION, "Preference Speed", "Speed of Preference", "twin"),
    # circular equations
    (COEVOLUTION, f"Interconversion Factor+{PROPENSITY}", f"Upward Rate+{PROPENSITY}", "circular"),
    # steps that are too long
    (COEVOLUTION, "TIME STEP  = 0.0625", "TIME STEP  = 1", "step"),
    (CLUSTER, "TIME STEP  = 0.0625", "TIME STEP  = 2", "step"),
    # twins of which one was changed
    (CLUSTER, "Bass diffusion with a ceiling", "Bass diffusion without one", "twin"),
    (CLUSTER, "*Institutional Quality*Adoption Incentive*", "*Adoption Incentive*", "twin"),
    # values and ranges
    (COEVOLUTION, "Preference Flexibility=\n\t0.08", "Preference Flexibility=\n\t0.8", "ranges"),
    # material: dropped flows, turned signs, leaks
    (COEVOLUTION, "INTEG (Shift to Institutions-Shift to Technology", "INTEG (Shift to Institutions", "drawn"),
    (CLUSTER, "INTEG (Skill Formation-Skill Loss", "INTEG (Skill Formation+Skill Loss", "drawn"),
    (CLUSTER, "INTEG (Knowledge Exchange-Knowledge Loss", "INTEG (0.5*Knowledge Exchange-Knowledge Loss", "drawn"),
    # extreme conditions and loops of checks.toml
    (COEVOLUTION, DRIVE, "Transition Intensity*EXP(-Propensity)", "loops"),
    (COEVOLUTION, DRIVE, "(Transition Intensity+0.01)*EXP(Propensity)", "extremes"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "right", "wrong", "check"), FAULTS)
def test_a_planted_fault_is_found(name: str, right: str, wrong: str, check: str, tmp_path: Path) -> None:
    """The check that it was planted for finds it, with line and remedy."""
    for path in (MODELS / name).iterdir():
        if path.suffix in {".mdl", ".xmile", ".toml"}:
            shutil.copy(path, tmp_path)
    model = tmp_path / f"{name}.mdl"
    text = model.read_text("utf-8")
    assert right in text
    model.write_text(text.replace(right, wrong), "utf-8")
    result = check_model(model, against=tmp_path / f"{name}.xmile")
    found = result.of(check)
    assert found, result.findings
    assert all(each.line is not None and each.remedy for each in result.findings)
