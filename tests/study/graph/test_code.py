"""The hash of code follows what is computed, and nothing that is only written down."""

import subprocess
import sys

import pytest

from rcsd.study.graph import code
from rcsd.study.graph.code import closure, distributions
from rcsd.study.graph.keys import PACKAGES
from rcsd.study.graph.registry import own_steps

HASHED = "import sys; from rcsd.study.graph.code import code_of; print(code_of(['mine.step']))"

STEP = """from mine.helper import double


def compute(x):
    return double(x) in {"a", "b", 4}
"""
HELPER = """def double(x):
    return 2 * x
"""


@pytest.fixture
def hashed(tmp_path):
    """Return a function that writes the modules of a package and returns the hash of one, in a process of its own."""

    def of(seed: str = "0", **texts: str) -> str:
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        modules = {"__init__": "", "step": STEP, "helper": HELPER, "other": "OTHER = 1\n", **texts}
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text)
        environment = {"PYTHONPATH": f"{tmp_path}:{':'.join(sys.path)}", "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-B", "-c", HASHED], env=environment, capture_output=True, text=True, check=True
        )
        return ran.stdout.strip()

    return of


@pytest.mark.process
def test_words_change_nothing_and_code_does(hashed):
    """Comments, blank lines and modules that are not imported are no part of the hash; a helper's code is."""
    before = hashed()
    assert hashed(seed="7") == before
    assert hashed(step=f"# why\n\n\n{STEP}", helper=f"{HELPER}# so\n", other="OTHER = 2\n") == before
    assert hashed(helper=HELPER.replace("2 * x", "3 * x")) != before
    assert hashed(step=STEP.replace("double(x) in", "double(x) not in")) != before
    assert hashed(step=STEP.replace("from mine", "from mine.other import OTHER\nfrom mine")) != before


def test_what_arranges_results_is_not_followed():
    """The report is free to change; the sampler is not."""
    followed = closure(["rcsd.study.steps.posterior"])
    assert not [name for name in followed if name.startswith(("rcsd.report", "rcsd.cli", "rcsd.study.written"))]
    assert "rcsd.analysis.calibration.posterior.chains" in followed
    assert "matplotlib" not in distributions(["rcsd.study.steps.posterior"])


@pytest.mark.parametrize(
    "imports",
    ["from .helper import double", "from mine import helper", "from . import helper", "import mine.helper"],
)
def test_every_form_of_an_import_is_followed(tmp_path, monkeypatch, imports):
    """Relative, absolute, of a package or of a name."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, text in {"__init__": "", "step": f"{imports}\n", "helper": HELPER}.items():
        (folder / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    for each in (code._spec, code._source, code._handed_on, code._module_hash):
        each.cache_clear()
    assert "mine.helper" in closure(["mine.step"])


@pytest.mark.parametrize("step", own_steps(), ids=lambda step: step.name)
def test_a_step_declares_the_packages_that_its_code_imports(step):
    """Otherwise a new version of one would leave its kept results valid."""
    numerical = {"arviz_stats": "arviz-stats", "emcee": "emcee", "statsmodels": "statsmodels"}
    imported = distributions((step.compute.__module__, *step.code))
    assert {numerical[name] for name in imported & numerical.keys()} <= {*declared(step), *PACKAGES}


def declared(step):
    """Return the packages of a step and of those whose results it takes, whose keys are part of its own."""
    return {*step.packages, *(name for each in step.takes for name in declared(each))}
