"""A study made in memory is the study of a file: the same content, the same numbers, the same faults."""

import dataclasses
import datetime
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import rcsd
from rcsd.errors import OutputError, SeriesError, StudyError
from rcsd.study.graph.keys import Keys
from rcsd.study.graph.provenance import changed_files, hashes
from rcsd.study.graph.request import Request
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.workbench.study import Study
from tests.growth import write_growth_model
from tests.workbench.conftest import EXACT, RATE, YEARS, make_growth


def test_the_rate_of_the_closed_form_is_found(growth: Study) -> None:
    """100 x 1.12^n is fitted by 12 % a year, and the last three years are forecast without an error to speak of."""
    fit = growth.fit(quick=True)
    assert fit.values["Growth Rate"] == pytest.approx(RATE, rel=1e-6)
    assert fit.run.of("Stock")[0] == pytest.approx(EXACT, rel=1e-5)


def test_made_written_and_read_it_is_one_study(growth: Study, tmp_path: Path) -> None:
    """Content, hashes and the keys of the steps agree, so that what was found in memory holds for the folder."""
    read = Study.read(growth.write(tmp_path / "own"))
    assert read.file == growth.file
    assert hashes(read) == hashes(growth)
    for step in (CALIBRATE, BACKTEST):
        assert Keys(read, Request()).of(step) == Keys(growth, Request()).of(step)
    assert read.fit(quick=True).values == growth.fit(quick=True).values
    again = Study.read(read.write(tmp_path / "copy"))
    assert hashes(again) == hashes(growth)


def test_a_study_is_not_written_over_another(growth: Study, tmp_path: Path) -> None:
    """Unless that is asked for."""
    growth.write(tmp_path)
    with pytest.raises(OutputError, match="replace=True"):
        growth.write(tmp_path)
    assert growth.write(tmp_path, replace=True) == tmp_path / "study.toml"


def test_a_packaged_study_is_written_with_all_that_it_needs(tmp_path: Path) -> None:
    """Jixi extends a file of the package and names scenarios: the copy stands alone and asks the same."""
    jixi = rcsd.load_study("jixi")
    copy = Study.read(jixi.write(tmp_path))
    assert copy.scenarios == jixi.scenarios
    assert [each.variable for each in copy.targets] == [each.variable for each in jixi.targets]
    assert all(
        np.array_equal(a.series.values, b.series.values) for a, b in zip(copy.targets, jixi.targets, strict=True)
    )
    assert copy.space == jixi.space
    assert "extends" not in (tmp_path / "study.toml").read_text("utf-8")


def test_nothing_in_memory_counts_as_a_changed_file(
    growth: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where a study.toml of somebody else lies in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.toml").write_text("[study]\n", encoding="utf-8")
    assert changed_files(growth) == ()


def test_a_study_goes_to_another_process(growth: Study) -> None:
    """Its content is all there."""
    sent = pickle.loads(pickle.dumps(growth))
    assert type(sent) is Study
    assert sent.file == growth.file
    assert sent.made == growth.made


SHAPES = {
    "times and values": {"stock": (YEARS, EXACT)},
    "values by time": {"stock": dict(zip(YEARS.tolist(), EXACT.tolist(), strict=True))},
    "a pandas series": {"stock": pd.Series(EXACT, index=YEARS)},
    "a wide frame": pd.DataFrame({"stock": EXACT}, index=YEARS),
    "a wide frame with a column of years": pd.DataFrame({"year": YEARS, "stock": EXACT}),
    "a long frame": pd.DataFrame({"series": "stock", "time": YEARS, "value": EXACT}),
    "a long frame with units": pd.DataFrame({"series": "stock", "year": YEARS, "value": EXACT, "unit": "thing"}),
}


@pytest.mark.parametrize("shape", SHAPES, ids=list(SHAPES))
def test_data_of_any_shape_are_the_same_data(shape: str, growth: Study, tmp_path: Path) -> None:
    """Byte for byte those of the data file that would be written."""
    study = Study(
        write_growth_model(tmp_path),
        SHAPES[shape],
        series={"stock": {"variable": "Stock", "error": 0.01}},
        parameters={"Growth Rate": (0.01, 0.5)},
    )
    assert growth.made is not None
    assert study.made is not None
    assert study.made.data == growth.made.data
    assert study.fit_window == (2000, 2013)


def test_any_table_will_do(growth: Study, tmp_path: Path) -> None:
    """Semicolons, decimal commas, a unit in the heading, a column that is no series: the same cells, in that unit."""
    lines = [
        f"{year};{repr(value).replace('.', ',')};x" for year, value in zip(YEARS.tolist(), EXACT.tolist(), strict=True)
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["Year;stock (thing);a remark", *lines, ""]), encoding="utf-8")
    study = Study(
        write_growth_model(tmp_path),
        path,
        series={"stock": {"variable": "Stock", "error": 0.01}},
        parameters={"Growth Rate": (0.01, 0.5)},
    )
    assert study.made == dataclasses.replace(study.made, data=growth.made.data)  # type: ignore[type-var, union-attr]


def test_a_missing_value_is_a_missing_cell(tmp_path: Path) -> None:
    """NaN and None stand in no data file."""
    values = [*EXACT.tolist()]
    values[3], values[5] = float("nan"), None  # type: ignore[call-overload]
    study = make_growth(tmp_path, values, series={"stock": {"variable": "Stock", "error": 0.01, "required": False}})  # type: ignore[arg-type]
    (target,) = study.targets
    assert target.series.years.tolist() == [year for year in YEARS.tolist() if year not in (2003, 2005)]


def test_a_parameter_may_be_given_as_one(growth: Study, tmp_path: Path) -> None:
    """A `Parameter`, its prior with it, is the table that says the same."""
    given = rcsd.Parameter("Growth Rate", 0.01, 0.5, "1/Year", "a source", prior=rcsd.Prior(0.1, 0.05))
    said = {"lower": 0.01, "upper": 0.5, "source": "a source", "prior": {"centre": 0.1, "sd": 0.05}}
    one, other = (
        Study(
            write_growth_model(tmp_path),
            {"stock": (YEARS, EXACT)},
            series={"stock": {"variable": "Stock", "error": 0.01}},
            parameters=parameters,
        )
        for parameters in ([given], {"Growth Rate": said})
    )
    assert one.space == other.space
    assert one.space.parameters[0].prior == given.prior
    assert one.space.parameters[0].unit == growth.space.parameters[0].unit


def test_faults_come_together_with_their_keys(tmp_path: Path) -> None:
    """Each once, as those of a file do."""
    with pytest.raises(StudyError) as raised:
        make_growth(
            tmp_path,
            series={"stock": {"variable": "Stok", "error": 0.01}},
            parameters={"Growth Rate": (0.01, 0.5), "Grow Rate": (0, 1)},
        )
    said = str(raised.value)
    assert "2 fault(s)" in said
    assert "series.stock.variable" in said
    assert 'parameters."Grow Rate"' in said
    assert "did you mean 'Stock'" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"stock": ([2000, 2001], [1.0])}, "2 times and 1 values"),
        ({"stock": ([2000], ["many"])}, "'many', which is no number"),
        ({"stock": 3}, "neither"),
        (3, "give a path, a DataFrame"),
        ({"stock": ([], [])}, "no value"),
        (pd.DataFrame({"series": ["stock"], "value": [1.0]}), "a third one, time or year"),
    ],
)
def test_data_that_are_none_are_refused(data: object, said: str, tmp_path: Path) -> None:
    """With what would do."""
    with pytest.raises(SeriesError, match=said):
        Study(write_growth_model(tmp_path), data, series={"stock": "Stock"}, parameters={"Growth Rate": (0, 1)})  # type: ignore[arg-type]


def test_what_no_study_file_can_hold_is_refused(tmp_path: Path) -> None:
    """By its key."""
    with pytest.raises(StudyError, match=r"search\.starts: function cannot stand in a study"):
        make_growth(tmp_path, search={"starts": lambda: 3})


@pytest.mark.parametrize(
    ("index", "first"),
    [
        (pd.period_range("2009-03", periods=4, freq="M"), "2009-03"),
        (pd.period_range("2009Q2", periods=4, freq="Q"), "2009-Q2"),
        ([datetime.date(2009, 3, day) for day in (17, 18, 19, 20)], "2009-03-17"),
        (pd.date_range("2009-03-17 10:30", periods=4, freq="min"), "2009-03-17 10:30"),
        (np.array(["2009-03", "2009-04", "2009-05", "2009-06"], dtype="datetime64[M]"), "2009-03"),
        ([0.25, 0.5, 0.75, 1.0], "0.25"),
    ],
    ids=["months", "quarters", "days", "minutes", "months of NumPy", "decimals"],
)
def test_times_are_written_as_data_files_have_them(index: object, first: str) -> None:
    """The first row says so; a table [time] gives them their meaning."""
    from rcsd.study.made.data import observed_bytes  # noqa: PLC0415 - for this test alone

    written = observed_bytes({"x": (index, [1.0, 2.0, 3.0, 4.0])}, lambda _: "thing").decode()
    assert written.splitlines()[:2] == ["series,time,value,unit,flag", f"x,{first},1.0,thing,"]


def test_months_have_their_own_clock(tmp_path: Path) -> None:
    """A stock that grows by a hundredth a month, dated by months, against a model in months."""
    model = write_growth_model(tmp_path)
    text = model.read_text("utf-8").replace("Year", "Month").replace("2000", "0").replace("2013", "11")
    model.write_text(text, encoding="utf-8")
    months = pd.period_range("2009-01", periods=12, freq="M")
    study = Study(
        model,
        {"stock": pd.Series(100 * 1.01 ** np.arange(12), index=months)},
        series={"stock": {"variable": "Stock", "error": 0.01}},
        parameters={"Growth Rate": (0.001, 0.1)},
        time={"period": "month", "origin": months[0]},
    )
    assert study.clock.label(study.fit_window[0]) == "2009-01"
    assert study.fit(quick=True).values["Growth Rate"] == pytest.approx(0.01, rel=1e-4)


def test_what_is_estimated_and_observed_has_the_unit_of_its_kind(tmp_path: Path) -> None:
    """Of an initial value its stock's, of a sum the flow's times that of time."""
    model = write_growth_model(tmp_path)
    study = Study(
        model,
        {"stock": (YEARS.tolist(), EXACT.tolist()), "flow": (YEARS.tolist()[1:], np.diff(EXACT).tolist())},
        series={
            "stock": {"variable": "Stock", "error": 0.01},
            "flow": {"variable": "Growth", "error": 0.01, "measure": "sum"},
        },
        parameters={"initial: Stock": (50, 200)},
        fit=(YEARS.tolist()[1], YEARS.tolist()[-1]),
    )
    units = {each.name: each.unit for each in study.space.parameters}
    stock = study.model.ir["Stock"].unit
    assert units == {"initial: Stock": stock}
    assert {target.series.unit for target in study.targets} == {stock}
