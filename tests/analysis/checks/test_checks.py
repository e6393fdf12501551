"""Planted faults are found by the check that looks for them, with line and remedy; sound models are silent."""

from pathlib import Path

import pytest

from rcsd.analysis.checks import CheckResult, check_model
from rcsd.analysis.checks.registry import CHECKS
from rcsd.errors import FileError, ModelError, StudyError
from tests.small_models import EPIDEMIC, TOWN, write_model


def check(folder: Path, equations: dict[str, str], checks: str = "", **controls: str) -> CheckResult:
    """Check a small model, with a file of checks beside it where one is given."""
    if checks:
        (folder / "checks.toml").write_text(checks, "utf-8")
    return check_model(write_model(folder, equations, **controls))


def line_at(result: CheckResult, line: int | None, file: Path | None = None) -> str:
    """Return a line of the model file, or of another one."""
    return (file or result.model).read_text("utf-8").splitlines()[(line or 0) - 1]


@pytest.mark.parametrize("equations", [TOWN, EPIDEMIC], ids=["town", "epidemic"])
def test_a_sound_model_is_silent(equations: dict[str, str], tmp_path: Path) -> None:
    """No finding of any grade, and every check is either made or told of with its reason."""
    result = check(tmp_path, equations)
    assert result.findings == ()
    assert sorted([*result.made, *result.unmade]) == sorted(each.name for each in CHECKS)
    assert set(result.unmade) <= {"loops", "twin", "kernels", "pysd"}
    assert result.passed(strict=True)


@pytest.mark.parametrize(
    ("changed", "check_name", "variable", "words"),
    [
        ({"Deaths": "Populaton/Lifetime"}, "defined", "Deaths", "'populaton', which is not defined"),
        ({"Deaths": "MAX(Population)/Lifetime"}, "arguments", "Deaths", "MAX with 1 argument"),
        ({"Lifetime": "50+0*Deaths ~ Year"}, "circular", "Deaths", "'Deaths' <- 'Lifetime' <- 'Deaths'"),
        ({"Births": "Birth Rate*+*Population"}, "loads", "Births", "its definition"),
        ({"Lifetime": "5 ~ Year ~ Mean. Range 20 to 80."}, "ranges", "Lifetime", "outside its range"),
        ({"Births": "Birth Rate+Population ~ person/Year"}, "units", "Births", "person"),
        ({"Deaths": "SQRT(0-Population) ~ person/Year"}, "stocks", "Deaths", "not a finite number"),
    ],
)
def test_a_fault_is_an_error_at_its_equation(
    changed: dict[str, str], check_name: str, variable: str, words: str, tmp_path: Path
) -> None:
    """The finding names the variable, stands at its line, and says what to do."""
    result = check(tmp_path, TOWN | changed)
    found = [each for each in result.of(check_name) if words in each.message]
    assert found, result.findings
    assert found[0].grade == "error"
    assert found[0].variable == variable
    assert line_at(result, found[0].line) == f"{variable}="
    assert found[0].remedy
    assert not result.passed()


@pytest.mark.filterwarnings("ignore::rcsd.errors.RcsdWarning")
def test_what_has_no_equation_is_not_to_be_guarded(tmp_path: Path) -> None:
    """A number beyond the greatest is to be corrected, a series that is missing to be given."""
    (huge,) = check(tmp_path, {"Room": "1e400 ~ degree", "Warm": "Room ~ degree"}).of("stocks")
    assert (huge.variable, huge.remedy) == ("Room", "give it a value that is a finite number")
    path = write_model(tmp_path, {"Room": "2 ~ degree", "Warm": "Room+Seen ~ degree"})
    path.write_text(path.read_text("utf-8").replace("Room=", "Seen ~ degree ~ |\nRoom=", 1), "utf-8")
    (empty,) = check_model(path).of("stocks")
    assert (empty.variable, empty.remedy) == ("Seen", "put its series beside the model, or give it a table over Time")


def test_a_model_that_cannot_be_run_is_checked_as_far_as_it_can_be(tmp_path: Path) -> None:
    """Of a circle with a file of checks beside it, units and ranges are looked at, and runs are said not to be made."""
    circle = TOWN | {"Lifetime": "50+0*Deaths ~ Year", "Birth Rate": "0.3 ~ 1/Year [0,0.1]"}
    result = check(tmp_path, circle, CASES + LOOP.format("R", "Births"))
    assert {each.check for each in result.findings if each.grade == "error"} == {"circular", "ranges", "units"}
    for name in ("stocks", "step", "trials", "extremes", "loops"):
        assert result.unmade[name] == "the model cannot be made ready to run"


def test_every_fault_of_a_file_is_a_finding_of_its_own(tmp_path: Path) -> None:
    """Two undefined names and a wrong number of arguments are three findings, and nothing else could be checked."""
    changed = {"Births": "Brith Rate*Population", "Deaths": "Populaton/Lifetime", "Lifetime": "EXP(1, 2)"}
    result = check(tmp_path, TOWN | changed)
    assert sorted((each.check, each.variable) for each in result.findings) == [
        ("arguments", "Lifetime"), ("defined", "Births"), ("defined", "Deaths"),
    ]  # fmt: skip
    assert result.of("defined")[0].remedy == "did you mean 'Birth Rate'?"
    assert result.unmade["step"] == "the model cannot be read"


CUP = {"Cup": "INTEG ((Room-Cup)/Delay, 90) ~ degree", "Room": "20 ~ degree", "Delay": "1 ~ Year"}
"""It cools by a share of 1/Delay a year."""


def test_a_step_longer_than_a_time_constant_is_found_and_the_one_proposed_does(tmp_path: Path) -> None:
    """A cup that cools over a year passes the room's temperature in steps of 1.5; the proposed step is short enough."""
    result = check(tmp_path, CUP, TIME_STEP="1.5", SAVEPER="1.5", FINAL_TIME="30")
    (finding,) = result.of("step")
    assert finding.grade == "warning"
    assert "1.5 is longer than the shortest time constant, 1 of 'Cup'" in finding.message
    assert line_at(result, finding.line) == "TIME STEP="
    step = finding.remedy.split("TIME STEP to ")[1]
    assert check(tmp_path, CUP, TIME_STEP=step, SAVEPER="1.5", FINAL_TIME="30").of("step") == ()


def test_a_step_that_a_run_at_rest_cannot_show_is_judged_by_the_time_constant(tmp_path: Path) -> None:
    """A cup at the temperature of its room stays there in steps of any length: 0.75 of a year's delay is warned of."""
    at_rest = CUP | {"Cup": "INTEG ((Room-Cup)/Delay, 20) ~ degree"}
    (finding,) = check(tmp_path, at_rest, TIME_STEP="0.75", SAVEPER="1.5", FINAL_TIME="30").of("step")
    assert finding.grade == "warning"
    assert "more than half of the shortest time constant, 1 of 'Cup'" in finding.message
    assert check(tmp_path, at_rest, TIME_STEP="0.25", SAVEPER="1", FINAL_TIME="30").of("step") == ()


def test_an_unstable_step_is_an_error(tmp_path: Path) -> None:
    """A stock that drains over half a year grows without end under Euler's method with steps of more than a year."""
    result = check(tmp_path, CUP | {"Delay": "0.5 ~ Year"}, TIME_STEP="1.25", SAVEPER="1.25")
    (finding,) = result.of("step")
    assert finding.grade == "error"
    assert "longer than the shortest time constant, 0.5 of 'Cup'" in finding.message


def test_a_delay_shorter_than_the_step_is_found(tmp_path: Path) -> None:
    """A fixed delay of a tenth of a year cannot be kept by steps of a quarter."""
    result = check(tmp_path, TOWN | {"News": "DELAY FIXED(Births, 0.1, 0) ~ person/Year"})
    (finding,) = result.of("step")
    assert (finding.variable, line_at(result, finding.line)) == ("News", "News=")
    assert "shorter than the time step" in finding.message


def test_a_stock_that_is_counted_does_not_fall_below_zero(tmp_path: Path) -> None:
    """People who leave whether there are any or not; a debt may be negative, and is noted."""
    leaving = {"Deaths": "80 ~ person/Year"}
    result = check(tmp_path, TOWN | leaving)
    (finding,) = result.of("stocks")
    assert (finding.grade, finding.variable) == ("warning", "Population")
    money = {"Account": "INTEG (Income-Spending, 1) ~ yuan", "Income": "1 ~ yuan/Year", "Spending": "2 ~ yuan/Year"}
    (note,) = check(tmp_path, money).of("stocks")
    assert (note.grade, note.variable) == ("note", "Account")


def test_an_outflow_that_does_not_feel_its_stock_is_found(tmp_path: Path) -> None:
    """Ten times as many who leave whatever is left drain the town; a share of those who are there never does."""
    leaving = TOWN | {"Population": "INTEG (Births-Leaving, 1000) ~ person", "Leaving": "Exodus ~ person/Year"}
    result = check(tmp_path, leaving | {"Exodus": "20 ~ person/Year"})
    (finding,) = result.of("drained")
    assert (finding.grade, finding.variable) == ("warning", "Population")
    assert "'Leaving' does not depend on the stock" in finding.message
    assert "Exodus = 200, ten times its value" in finding.message
    share = {"Leaving": "MIN(Exodus, Population/TIME STEP) ~ person/Year", "Exodus": "20 ~ person/Year"}
    assert check(tmp_path, leaving | share).of("drained") == ()


def test_a_table_that_is_read_beyond_its_points_is_noted(tmp_path: Path) -> None:
    """A population of 1000 to 1221 leaves a table that ends at 1100, and stays within one that ends at 2000."""
    crowded = TOWN | {"Crowding": "Effect(Population) ~ Dmnl", "Effect": "WITH"}
    for last, n_found in ((1100, 1), (2000, 0)):
        path = write_model(tmp_path, crowded)
        text = path.read_text("utf-8").replace("Effect=\n\tWITH", f"Effect(\n\t(0,0),({last},1))")
        path.write_text(text, "utf-8")
        found = check_model(path).of("tables")
        assert [(each.variable, each.grade) for each in found] == [("Crowding", "note")] * n_found


def test_an_end_of_a_range_that_breaks_the_model_is_found(tmp_path: Path) -> None:
    """A lifetime that its documentation lets be zero divides by zero; a slider's zero is but a note."""
    documented = check(tmp_path, TOWN | {"Lifetime": "50 ~ Year ~ Mean. Range 0 to 80."})
    (finding,) = documented.of("trials")
    assert (finding.grade, finding.variable) == ("warning", "Deaths")
    assert "Lifetime = 0" in finding.message
    slider = check(tmp_path, TOWN | {"Lifetime": "50 ~ Year [0,80]"})
    assert [each.grade for each in slider.of("trials")] == ["note"]


def test_trials_draw_the_same_corners_each_time(tmp_path: Path) -> None:
    """A model that breaks only where two constants are at their ends together breaks in the same corner again."""
    pair = TOWN | {
        "Deaths": "Population/MAX(Lifetime-Hardship, 0) ~ person/Year",
        "Lifetime": "50 ~ Year ~ Mean. Range 20 to 80.",
        "Hardship": "0 ~ Year ~ Years lost. Range 0 to 20.",
    }
    first, second = (check(tmp_path, pair).of("trials") for _ in range(2))
    assert first == second
    assert [each.variable for each in first] == ["Deaths"]


def test_stocks_that_are_declared_to_conserve_their_sum_do(tmp_path: Path) -> None:
    """Births raise the sum of an epidemic's people, which the file of checks says is conserved."""
    declared = '[[conserved]]\nname = "people"\nstocks = ["Susceptible", "Infected", "Recovered"]\n'
    assert check(tmp_path, EPIDEMIC, declared).findings == ()
    born = {"Susceptible": "INTEG (Born-Infection, 990) ~ person", "Born": "10 ~ person/Year"}
    result = check(tmp_path, EPIDEMIC | born, declared)
    (finding,) = result.of("conserved")
    assert finding.file == tmp_path / "checks.toml"
    assert line_at(result, finding.line, finding.file) == "[[conserved]]"
    assert "from 1000 to 1200" in finding.message


CASES = """
[[extremes]]
name = "no births"
set = { "Birth Rate" = 0.0 }
falls = ["Population"]
zero = ["Births"]

[[extremes]]
name = "births as deaths"
set = { "Birth Rate" = 0.02 }
constant = ["Population"]
settles = { "Population" = 1000.0 }
"""


def test_cases_hold_in_the_model_that_they_describe(tmp_path: Path) -> None:
    """Without births a town shrinks; with as many births as deaths it stays."""
    assert check(tmp_path, TOWN, CASES).findings == ()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ('rises = ["Population"]', "ought to rise by time 20"),
        ('constant = ["Population"]', "ought not to move"),
        ('zero = ["Deaths"]', "ought to be zero"),
        ('settles = { "Population" = 1000.0 }', "ought to settle at 1000"),
    ],
)
def test_a_case_that_does_not_come_out_is_an_error_at_its_line(case: str, words: str, tmp_path: Path) -> None:
    """Each expectation of the file of checks, turned round."""
    result = check(tmp_path, TOWN, f'[[extremes]]\nset = {{ "Birth Rate" = 0.0 }}\n{case}\n')
    (finding,) = result.findings
    assert (finding.check, finding.grade) == ("extremes", "error")
    assert words in finding.message
    assert line_at(result, finding.line, finding.file) == case


def test_bounds_hold_in_every_run(tmp_path: Path) -> None:
    """A bound that the base run keeps and a case breaks is an error of the case."""
    bounds = '[bounds]\n"Population" = [0.0, 1300.0]\n[[extremes]]\nset = { "Birth Rate" = 0.1 }\n'
    (finding,) = check(tmp_path, TOWN, bounds).findings
    assert finding.check == "extremes"
    assert "outside its bounds 0 to 1300" in finding.message


def test_a_name_that_the_model_does_not_have_is_found_in_the_file_of_checks(tmp_path: Path) -> None:
    """What renaming a variable leaves behind, with the name that may be meant."""
    result = check(tmp_path, TOWN, 'signed_stocks = ["Populaton"]\n')
    (finding,) = result.findings
    assert (finding.check, finding.remedy) == ("names", "did you mean 'Population'?")


LOOP = '[[loops]]\nname = "births"\npolarity = "{}"\nthrough = ["Population", "{}"]\n'


def test_loops_have_their_polarity(tmp_path: Path) -> None:
    """Births reinforce, deaths balance; what is no loop is said to be none."""
    assert check(tmp_path, TOWN, LOOP.format("R", "Births") + LOOP.format("B", "Deaths")).findings == ()
    (turned,) = check(tmp_path, TOWN, LOOP.format("B", "Births")).findings
    assert "is reinforcing in most of the run and ought to be B" in turned.message
    (open_,) = check(tmp_path, TOWN, LOOP.format("B", "Lifetime")).findings
    assert open_.check == "loops"


def test_a_silence_accepts_what_it_names_and_no_more(tmp_path: Path) -> None:
    """Two constants are unused, one of them is accepted with its reason."""
    spare = TOWN | {"Spare": "1", "Other": "2"}
    silence = '[[silence]]\ncheck = "used"\nvariable = "spare"\nreason = "for the next version"\n'
    result = check(tmp_path, spare, silence)
    assert [each.variable for each in result.of("used")] == ["Other"]
    assert [(each.finding.variable, each.reason) for each in result.silenced] == [("Spare", "for the next version")]
    assert result.to_dict()["counts"]["silenced"] == 1  # type: ignore[index]


def test_a_silence_that_accepts_nothing_is_noted_and_one_of_no_check_is_an_error(tmp_path: Path) -> None:
    """A silence outlives what it was for only until the next check."""
    (note,) = check(tmp_path, TOWN, '[[silence]]\ncheck = "used"\nreason = "none"\n').findings
    assert (note.check, note.grade, note.message) == ("silence", "note", "this silence accepts nothing")
    (error,) = check(tmp_path, TOWN, '[[silence]]\ncheck = "usd"\nreason = "none"\n').findings
    assert error.grade == "error"


def test_a_twin_differs_where_a_fault_was_planted(tmp_path: Path) -> None:
    """Another number, and a variable that one of the two calls otherwise."""
    other = write_model(tmp_path, {**TOWN, "Births": "1.01*Birth Rate*Population ~ person/Year"}, name="other")
    result = check_model(write_model(tmp_path, TOWN), against=other)
    found = {(each.variable, each.grade) for each in result.of("twin")}
    assert ("Births", "error") in found
    assert any("base run differs" in each.message for each in result.of("twin"))
    same = check_model(write_model(tmp_path, TOWN), against=write_model(tmp_path, TOWN, name="same"))
    assert same.findings == ()
    assert "twin" in same.made


def test_a_twin_that_names_a_part_of_an_equation_says_the_same(tmp_path: Path) -> None:
    """Of a rate without a flow XMILE makes one, here through a second name; one that says otherwise is an error."""
    rate = "INTEG (Birth Rate*Population-Population/Lifetime, 1000) ~ person"
    one = TOWN | {"Population": rate}
    for name in ("Births", "Deaths"):
        one.pop(name)
    parts = {
        "Population": "INTEG (Net, 1000) ~ person",
        "Net": "Gain-Population/Lifetime ~ person/Year",
        "Gain": "Birth Rate*Population ~ person/Year",
    }
    for gain, grades in (("Birth Rate*Population", {"note"}), ("1.01*Birth Rate*Population", {"error"})):
        other = write_model(tmp_path, one | parts | {"Gain": f"{gain} ~ person/Year"}, name="other")
        found = check_model(write_model(tmp_path, one), against=other).of("twin")
        assert {each.grade for each in found if each.variable in ("Net", "Gain")} == grades
        assert any(each.variable == "Population" for each in found) == (grades == {"error"})
        back = check_model(other, against=write_model(tmp_path, one)).of("twin")
        assert {each.grade for each in back if each.variable in ("Net", "Gain")} == grades


@pytest.mark.parametrize("twin", ["../other.mdl", "C:/other.mdl", r"\\host\share\other.mdl"])
def test_a_twin_of_the_file_of_checks_stays_in_its_folder(tmp_path: Path, twin: str) -> None:
    """Strangers send both files; one elsewhere is named by the user."""
    folder = tmp_path / "sent"
    folder.mkdir()
    write_model(tmp_path, TOWN, name="other")
    path = write_model(folder, TOWN)
    (folder / "checks.toml").write_text(f"twin = '{twin}'\n", "utf-8")
    with pytest.raises(ModelError, match=r"lies outside the folder of the file; put the twin there"):
        check_model(path)


def test_runs_of_twins_are_compared_however_elements_are_spelt(tmp_path: Path) -> None:
    """Vensim's "North End" is Stella's "North_End": a run that differs there is found, and the spelling is nothing."""
    places = {
        "Place": "NAME ~",
        "Income[Place]": "1, VALUE ~ dollar/Year",
        "Wealth": "INTEG (SUM(Income[Place!]), 0) ~ dollar",
    }
    paths = {}
    for name, (spelt, value) in {
        "one": ("North End", "2"),
        "other": ("North_End", "2"),
        "third": ("North_End", "3"),
    }.items():
        text = write_model(tmp_path, {k: v for k, v in places.items() if k != "Place"}, name=name).read_text("utf-8")
        head, rest = text.split("\n", 1)
        text = f"{head}\nPlace: {spelt}, South ~~|\n{rest.replace('VALUE', value)}"
        paths[name] = tmp_path / f"{name}.mdl"
        paths[name].write_text(text, "utf-8")
    assert check_model(paths["one"], against=paths["other"]).of("twin") == ()
    third = check_model(paths["one"], against=paths["third"]).of("twin")
    assert any(each.variable == "Income[South]" and "base run differs" in each.message for each in third)


def test_a_twin_that_cannot_be_read_is_an_error_in_its_own_file(tmp_path: Path) -> None:
    """An undefined name in the twin is found there, and not passed over."""
    other = write_model(tmp_path, {**TOWN, "Births": "Brith Rate*Population"}, name="other")
    (finding,) = check_model(write_model(tmp_path, TOWN), against=other).of("twin")
    assert (finding.grade, finding.file, finding.variable) == ("error", other, "Births")
    assert line_at(check_model(other), finding.line) == "Births="


def test_what_cannot_be_checked_is_an_error_of_input(tmp_path: Path) -> None:
    """No such model, no such file of checks or twin, a faulty file of checks with all its faults and lines."""
    model = write_model(tmp_path, TOWN)
    with pytest.raises(ModelError, match="no such file"):
        check_model(tmp_path / "none.mdl")
    with pytest.raises(ModelError, match="no such file to compare"):
        check_model(model, against=tmp_path / "none.xmile")
    with pytest.raises(FileError, match="no such file of checks"):
        check_model(model, checks=tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text('signed_stock = []\n[[silence]]\ncheck = "used"\n', "utf-8")
    with pytest.raises(StudyError, match=r"2 fault\(s\) in the checks") as caught:
        check_model(model, checks=tmp_path / "bad.toml")
    assert "bad.toml:1: signed_stock: there is no such key; did you mean 'signed_stocks'?" in str(caught.value)
    assert "reason" in str(caught.value)
