"""What a panel does not know is said: a class, a city; and a town of nobody is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcsd.errors import RcsdWarning, StudyError
from rcsd.study import load_study
from rcsd.study.panel import load_panel
from tests.study.conftest import population
from tests.study.panel.tables import STUDY, rows_of, write_rows


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["hegang,declining", "qitaihe,declinning"], "'declinning' is a class of its own; did you mean 'declining'"),
        (["hegang,declining", "quitaihe,declining"], "qitaihe: not in the file of cities.*did you mean 'quitaihe'"),
    ],
)
def test_a_class_or_city_that_is_not_known_is_said(tmp_path: Path, lines: list[str], said: str) -> None:
    """With what may have been meant; the panel is read all the same."""
    table = write_rows(tmp_path / "observed.csv", rows_of(["hegang", "qitaihe"]))
    cities = tmp_path / "names.csv"
    cities.write_text("\n".join(["city,class", *lines]) + "\n")
    with pytest.warns(RcsdWarning, match=said) as caught:
        panel = load_panel(table, study=STUDY, cities=cities)
    assert len(caught) == 1
    assert [city.city for city in panel.cities] == ["hegang", "qitaihe"]


@pytest.mark.parametrize("year", [2000, 2004, 2012])
def test_a_population_of_zero_is_refused(town: Callable[..., Path], year: int) -> None:
    """Its error is a share of the value: fitted, held out, or in the cell that sets the initial population."""
    path = town(data={f"population,{year},{population(year)!r},": f"population,{year},0,"})
    with pytest.raises(StudyError, match=rf"series\.population: is 0 in {year}, and its error is a share"):
        load_study(path)
