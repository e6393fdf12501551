"""What the page on the state of a model shows does run."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.analysis.state import Filtered
from rcsd.study.findings.state.section import process_of, section_of
from tests.docs.markdown import Block, blocks
from tests.places import DOCS, ROOT

PAGE = DOCS / "state.md"


def block(language: str) -> Block:
    """Return the one block of the page in a language."""
    (found,) = (each for each in blocks(PAGE) if each.language == language)
    return found


@pytest.mark.slow
def test_the_python_of_the_page_filters_a_city() -> None:
    """Its population is that of the yearbook within the stated errors, and its forecast has three years."""
    names: dict[str, object] = {}
    exec(compile(block("python").text, PAGE.name, "exec"), names)
    found, ahead = names["found"], names["ahead"]
    assert isinstance(found, Filtered)
    observed = next(each for each in rcsd.load_study("jixi").targets if each.series.name == "population").series
    smoothed = found.of("Population").smoothed
    np.testing.assert_allclose(smoothed.median, observed.window(2000, 2010).values, rtol=0.02)
    assert isinstance(ahead, tuple)
    assert [each.simulated.shape for each in ahead] == [(500, 3)] * 4


def test_the_table_of_the_page_is_that_of_the_script() -> None:
    """`calibration/state/filtered_states.py` takes the table from a file of its own."""
    kept = (ROOT / "calibration" / "state" / "states.toml").read_text("utf-8")
    assert kept.partition("\n\n")[2].strip() == block("toml").text.strip()


def test_the_table_of_the_page_fits_the_city(tmp_path: Path) -> None:
    """Appended to a city's file it names stocks and a parameter that there are, with the numbers below."""
    jixi = ROOT / "calibration" / "jixi"
    own = (jixi / "study.toml").read_text("utf-8").replace("../coal_city.toml", "rcsd:coal_city")
    (tmp_path / "study.toml").write_text(f"{own}\n{block('toml').text}", "utf-8")
    (tmp_path / "observed.csv").write_bytes((jixi / "observed.csv").read_bytes())
    study = rcsd.load_study(tmp_path)
    section = section_of(study)
    assert section is not None
    process = process_of(study, section)
    process.require_stocks([each.name for each in study.model.ir if each.kind == "stock"])
    assert [each.sd for each in process.disturbances] == [0.003, 0.03, 0.05]
    assert process.walks[0].memory == 0.9
    assert [(each.series, each.sd) for each in process.gaps] == [("industry_scale", 0.05)]
