"""Bad study files: one readable error with every fault, its file, line and key, and a remedy."""

import pytest

from rcsd.assets import Assets
from rcsd.errors import ModelError, OutputError, SeriesError, StudyError
from rcsd.simulation.loading import load
from rcsd.study import find_study, load_study, run_study
from rcsd.study.file.schema import StudyFile
from rcsd.toml.findings import known_keys

GROUP = "[sobol.groups.clock]\n"


def _line(path, text):
    lines = path.read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("max_evaluations = 40", "max_evalutions = 40", "search.max_evalutions", "did you mean 'max_evaluations'"),
        ("lower = 0.1\n", "lowr = 0.1\n", 'parameters."Output per Person".lowr', "did you mean 'lower'"),
        ("lower = 0.1\n", "", 'parameters."Output per Person".lower', "is required"),
        ('table = "Price Table"', 'table = "Price Tabel"', "drivers.price.table", "did you mean 'Price Table'"),
        ('variable = "GDP"', 'variable = "GDB"', "series.gdp.variable", "did you mean 'GDP'"),
        ("[series.gdp]", "[series.gpd]", "series.gpd", "did you mean 'gdp'"),
        (
            '[parameters."Growth Rate"]',
            '[parameters."Grwth Rate"]',
            'parameters."Grwth Rate"',
            "did you mean 'Growth Rate'",
        ),
        ('[parameters."Growth Rate"]', "[parameters.Growth]", "parameters.Growth", "not a constant with one number"),
        ("upper = 0.2", "upper = -0.2", 'parameters."Growth Rate"', "lower must be below upper"),
        (
            "upper = 0.2",
            "upper = 0.2\nprior = { centre = 0.3, sd = 0.1 }",
            'parameters."Growth Rate".prior.centre',
            "lies outside the bounds [-0.1, 0.2]",
        ),
        ("upper = 0.2", 'upper = "0.2"', 'parameters."Growth Rate".upper', "valid number, found '0.2'"),
        ('unit = "1/Year"', 'unit = "1/Month"', 'parameters."Growth Rate".unit', "'1/Year'"),
        ('variable = "GDP"', 'variable = "Population"', "series.gdp.variable", "'yuan/Year', but 'Population'"),
        ("fit = [2000, 2010]", "fit = [2010, 2000]", "windows.fit", "must not come after the last"),
        ("holdout = [2011, 2013]", "holdout = [2010, 2013]", "windows.holdout", "cannot be held out"),
        ("horizon = 2016", "horizon = 2012", "windows.horizon", "before the last compared year 2013"),
        ("horizon = 2016", "horizon = 2030", "windows.horizon", "after the model's final time (2020)"),
        ("fit = [2000, 2010]", "fit = [1998, 2010]", "windows.fit", "before the model does (2000)"),
        ("fit = [2000, 2010]", "fit = [2000]", "windows.fit", "two years, such as [2000, 2010], found [2000]"),
        ("at = 2000", "at = 2012", 'constants."Initial Population".at', "held-out year must not set a constant"),
        ("at = 2000", "at = 1999", 'constants."Initial Population".at', "no value for 1999"),
        ("at = 2000", "", 'constants."Initial Population"', "give either `from` and `at`"),
        ("at = 2000", "value = 3.0", 'constants."Initial Population"', "excludes `from`"),
        ('from = "population"\nat = 2000', "value = 3.0", 'constants."Initial Population"', "needs its `unit`"),
        ("at = 2000", "at = 2000\nscale = 2.0", 'constants."Initial Population"', "give the resulting `unit`"),
        ('from = "population"', 'from = "gdp"', 'constants."Initial Population".from', "'yuan/Year'"),
        ('[constants."Initial Population"]', '[constants."Growth Rate"]', 'parameters."Growth Rate"', "not both"),
        ("broken = 0", "", "series.population", "flags without a rule: broken"),
        ("broken = 0", "broken = 2", "series.population.flags.broken", "less than or equal to 1"),
        ("census = 0.5", "census = -1", "series.population.flags.census", "greater than or equal to 0"),
        (
            'table = "Price Table"',
            'table = "Price Table"\nfreeze = "Price Freeze Time"',
            "drivers.price.freeze",
            "delete this line; forecasts with frozen drivers hold every driver",
        ),
        (
            'variable = "GDP"',
            'variable = "GDP"\nreference = "prise"',
            "series.gdp.reference",
            "no driver 'prise'; did you mean 'price'",
        ),
        (
            'variable = "GDP"',
            'variable = "GDP"\nreference = "price"',
            "series.gdp.reference",
            "is in 'Dmnl': name one in '1/Year'",
        ),
        ('table = "Price Table"', 'table = "Price"', "drivers.price.table", "fills a table or a data variable"),
        ('preference = "Preference"', 'preference = "Preferenc"', "life_cycle.preference", "did you mean 'Preference'"),
        ("seed = 7", 'seed = 7\noutputs = ["Prise"]', "study.outputs", "did you mean 'Price'"),
        ('name = "town"', 'name = "A Town"', "study.name", "pattern"),
        ("[series.gdp]", '[series."../gdp"]', 'series."../gdp"', "letters, digits, '_' and '-' only"),
        ("[drivers.price]", '[drivers."a/b"]', 'drivers."a/b"', "becomes part of file names"),
        ("seed = 7", 'seed = 7\ndata = "a\\u0000.csv"', "study.data", "null character"),
        ('model = "town.mdl"', 'model = "a\\u0000.mdl"', "study.model", "null character"),
        ("horizon = 2016", f"horizon = {'9' * 400}", "windows.horizon", "less than or equal to 9999"),
        (
            "[life_cycle]",
            "[rolling]\nfirst = 2006\nlast = 2008\ndraws = 150\n[life_cycle]",
            "rolling.draws",
            "a multiple of 100",
        ),
        (
            "[life_cycle]",
            "[rolling]\nfirst = 2006\nlast = 2015\n[life_cycle]",
            "drivers.price",
            "no value for 2014, 2015",
        ),
        ("[life_cycle]", "[sobol]\nn_bse = 64\n[life_cycle]", "sobol.n_bse", "did you mean 'n_base'"),
        ("[life_cycle]", "[sobol]\nn_base = 100\n[life_cycle]", "sobol.n_base", "take 64 or 128"),
        ("[life_cycle]", "[sobol]\nresamples = 1\n[life_cycle]", "sobol.resamples", "greater than or equal to 2"),
        ("[life_cycle]", '[sobol]\noutputs = ["GDB"]\n[life_cycle]', "sobol.outputs", "did you mean 'GDP'"),
        ("[life_cycle]", '[sobol]\ndistribution = "flat"\n[life_cycle]', "sobol.distribution", "found 'flat'"),
        ("[life_cycle]", f"{GROUP}parameters = []\n[life_cycle]", "sobol.groups.clock.parameters", "at least 1 item"),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Time Scal"]\n[life_cycle]',
            "sobol.groups.clock.parameters",
            "did you mean 'Time Scale'",
        ),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Time Scale"]\n[life_cycle]',
            "sobol.groups.clock.parameters",
            "has no range: it is not estimated, and its documentation in the model states none",
        ),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Growth Rate", "growth_rate"]\n[life_cycle]',
            "sobol.groups.clock.parameters",
            "stands twice",
        ),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Time Scale"]\nbounds = {{ "Time Scale" = [2.0, 1.0] }}\n[life_cycle]',
            'sobol.groups.clock.bounds."Time Scale"',
            "the lower bound must be below the upper, found [2, 1]",
        ),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Growth Rate"]\nbounds = {{ "Grwth Rate" = [1.0, 2.0] }}\n[life_cycle]',
            'sobol.groups.clock.bounds."Grwth Rate"',
            "did you mean 'Growth Rate'",
        ),
        (
            "[life_cycle]",
            f'{GROUP}parameters = ["Growth Rate"]\nbounds = {{ "Growth Rate" = 2.0 }}\n[life_cycle]',
            'sobol.groups.clock.bounds."Growth Rate"',
            "a range is [lower, upper], found 2.0",
        ),
        ("error = 0.05\n", "", "series.gdp", "has no error: give one, or a kind that estimates it"),
        (
            "error = 0.05",
            'kind = "poisson"\nautocorrelation = 0.5',
            "series.gdp.autocorrelation",
            "leave it out, or take",
        ),
        ("error = 0.05", 'kind = "normal"\nfreedom = 4.0', "series.gdp.freedom", 'such as "student-t"'),
        ("error = 0.05", 'error = 0.05\nscale = "given"', "series.gdp.scale", 'errors of the kind "relative"'),
        ("error = 0.05", 'kind = "normal"\ngap = { momentum = 0.1 }', "series.gdp.gap", 'such as "relative"'),
        ("error = 0.05", 'kind = "normal"\nautocorrelation = 1.5', "series.gdp.autocorrelation", "between -1 and 1"),
        ("error = 0.05", 'kind = "poisson"', "series.gdp.kind", "which is no count"),
        ("error = 0.05", 'kind = "poissson"', "series.gdp.kind", "negative-binomial"),
        (
            "[life_cycle]",
            '[sobol.groups.calibrated]\nparameters = ["Growth Rate"]\n[life_cycle]',
            "sobol.groups.calibrated",
            "the name 'calibrated' is taken",
        ),
    ],
)
def test_fault_names_field_line_and_remedy(town, old, new, field, words):
    """Each kind of fault gives one StudyError that names the key, the line and what to do."""
    path = town({old: new})
    with pytest.raises(StudyError) as caught:
        load_study(path)
    message = str(caught.value)
    assert f" {field}: " in message
    assert words in message
    assert f"{path}:" in message
    assert caught.value.exit_code == 2


def test_all_faults_are_listed_at_once(town):
    """Three faults of three kinds in three sections come in one error, each with its line."""
    path = town({"upper = 0.2": "upper = -0.2", 'variable = "GDP"': 'variable = "GDB"', "at = 2000": "at = 2012"})
    with pytest.raises(StudyError, match=r"3 fault\(s\)") as caught:
        load_study(path)
    for text in ('variable = "GDB"', "at = 2012", '[parameters."Growth Rate"]'):
        assert f"{path}:{_line(path, text)}: " in str(caught.value)


def test_all_faults_of_the_schema_are_listed_at_once(town):
    """A misspelt key, which is not also a missing one, a missing one and a wrong type come in one error."""
    path = town({"lower = 0.1\n": "lowr = 0.1\n", "upper = 0.2": "", "seed = 7": 'seed = "seven"'})
    with pytest.raises(StudyError, match=r"3 fault\(s\)"):
        load_study(path)


def test_a_series_that_is_not_in_the_data_is_one_fault(town):
    """It sets a constant and is fitted: the one fault names both places."""
    path = town(data={"population,": "inhabitants,"})
    with pytest.raises(StudyError, match=r"1 fault\(s\)") as caught:
        load_study(path)
    message = str(caught.value)
    assert message.count("the data file has no series 'population'") == 1
    for text in ("[series.population]", 'from = "population"'):
        assert f"{path}:{_line(path, text)}" in message
    assert "named in 2 places" in message


def test_a_line_after_a_text_of_many_lines_is_still_right(town):
    """What looks like a key in the text is none."""
    words = 'seed = 7\ndocumentation = """\nA town.\n[life_cycle]\nband = 3\n"""'
    path = town({"seed = 7": words, "band = 0.1": "band = -1"})
    with pytest.raises(StudyError, match=r"life_cycle\.band") as caught:
        load_study(path)
    assert f"{path}:{_line(path, 'band = -1')}: life_cycle.band" in str(caught.value)


def test_syntax_error_names_file_and_line(town):
    """A line that is not TOML is named by file and line."""
    path = town({"tolerance = 1e-12": "tolerance = = 3"})
    with pytest.raises(StudyError, match="not valid TOML") as caught:
        load_study(path)
    assert f"{path}:{_line(path, 'tolerance = = 3')}: " in str(caught.value)
    assert "invalid value in column 13: `tolerance = = 3`" in str(caught.value)


def test_an_invalid_value_at_the_end_names_file_and_line(town):
    """A key without a value on the last line is named by that line and its text, though the reader names neither."""
    path = town({"band = 0.1\n": "band ="})
    with pytest.raises(StudyError, match="invalid value at the end of the file: `band =`") as caught:
        load_study(path)
    assert f"{path}:{_line(path, 'band =')}: " in str(caught.value)


def test_unclosed_table_names_the_last_line(town):
    """A syntax error at the end of the file is placed on its last line."""
    path = town({"band = 0.1": 'band = "0.1'})
    with pytest.raises(StudyError, match="not valid TOML") as caught:
        load_study(path)
    assert f"{path}:{len(path.read_text().splitlines())}: " in str(caught.value)


def test_gap_in_the_fit_window_is_a_fault(town):
    """A required series without 2003 is refused by name and year; one that is not required is fitted as it is."""
    gap = {f"gdp,2003,{100 * 1.03**3 * 2 * 1.3!r},yuan/Year,\n": ""}
    path = town(data=gap)
    with pytest.raises(
        StudyError, match=r"series\.gdp: .*'gdp'.*from 2000 to 2010 .*no value for 2003; add it"
    ) as caught:
        load_study(path)
    assert f"{path}:{_line(path, '[series.gdp]')}: " in str(caught.value)
    assert "`first` of [series.gdp] to the year after the gap or `required = false` there" in str(caught.value)
    assert {"first", "required"} <= set(known_keys(("series", "gdp"), StudyFile))
    assert "`fit` of [windows]" in str(caught.value)
    assert load_study(town({"required = true": "first = 2004"}, gap)).targets[1].series.name == "gdp"
    study = load_study(town({"required = true": "required = false"}, gap))
    assert len(study.targets[1].target(2000, 2010).years) == 10


def test_late_series_is_required_from_its_first_year(town):
    """A series that begins late may say from when it must be complete."""
    late = {f"gdp,2000,{200.0!r},yuan/Year,\n": ""}
    study = load_study(town({"required = true": "first = 2001"}, late))
    assert study.targets[1].series.years[0] == 2001


def test_gap_in_a_driver_is_a_fault(town):
    """A driver must cover every compared year, hold-out included."""
    with pytest.raises(StudyError, match=r"drivers\.price: .*no value for 2012"):
        load_study(town(data={"price,2012,1.6,Dmnl,\n": ""}))


def test_series_without_a_counted_cell_is_a_fault(town):
    """A series whose every fit cell is dropped has nothing to say, and the study says so."""
    data = {
        f"{100 * 1.03 ** (y - 2000) * 2 * (1 + 0.1 * (y - 2000))!r},yuan/Year,": "1.0,yuan/Year,bad"
        for y in range(2000, 2011)
    }
    study = {"required = true": "required = true\nflags = { bad = 0 }"}
    with pytest.raises(StudyError, match=r"series\.gdp: has no cell that counts"):
        load_study(town(study, data))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("gdp,2001,", "gdp,2000,", "'gdp' has 2000 twice"),
        ("price,2011,1.8,", "price,2011,high,", "'high'"),
        ("price,2011,1.8,Dmnl", "price,2011,1.8,yuan", "'yuan'"),
    ],
)
def test_faulty_data_names_file_and_line(town, old, new, words):
    """A duplicate year, text in a number and mixed units in the data are named by file and line."""
    path = town(data={old: new})
    with pytest.raises(SeriesError, match=words) as caught:
        load_study(path)
    assert f"{path.with_name('observed.csv')}:" in str(caught.value)


def test_negative_observation_under_relative_is_a_fault(town):
    """A series with a negative value has no relative errors: the study is told which kind to use."""
    with pytest.raises(StudyError, match=r'series\.gdp: is -[\d.e+]+ in 2004, .*kind = "absolute"'):
        load_study(town(data={"gdp,2004,": "gdp,2004,-"}))


def test_missing_model_and_missing_study(town, tmp_path):
    """A model file or a study that is not there is one clear error."""
    with pytest.raises(ModelError, match=r"village\.mdl"):
        load_study(town({'model = "town.mdl"': 'model = "village.mdl"'}))
    with pytest.raises(StudyError, match="there is no study 'no_such_study'"):
        load_study("no_such_study")
    with pytest.raises(StudyError, match="there is no study"):
        load_study(tmp_path)


def test_unwritable_output_folder_is_refused_before_any_run(town, tmp_path, monkeypatch):
    """An output folder below a plain file cannot be made: the error comes before a model is made."""
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("rcsd.study.file.study.Study.simulator", lambda _: pytest.fail("a model was made"))
    with pytest.raises(OutputError, match="cannot be made") as caught:
        run_study(load_study(town()), out=tmp_path / "file" / "out")
    assert caught.value.exit_code == 2


def test_base_file_lies_under_the_study(town):
    """`extends` merges tables deeply, the study's own keys win, and a fault in the base names the base's line."""
    path = town()
    base, own = path.read_text().split("[series.population]")
    base = base.replace("seed = 7", "seed = 1")
    path.with_name("base.toml").write_text("[series.population]" + own + "\n[search]\nstarts = 9\nsampler = 'sobol'\n")
    path.write_text('extends = "base.toml"\n' + base + "[series.gdp]\nerror = 0.5\n")
    study = load_study(path)
    assert study.file.series["gdp"].error == 0.5
    assert study.file.series["gdp"].variable == "GDP"
    assert (study.file.search.starts, study.file.study.seed) == (3, 1)
    base_path = path.with_name("base.toml").resolve()
    base_path.write_text(base_path.read_text().replace('variable = "GDP"', 'variable = "GDB"'))
    with pytest.raises(StudyError) as caught:
        load_study(path)
    assert f"{base_path}:{_line(base_path, 'GDB')}: series.gdp.variable" in str(caught.value)


def test_tables_of_the_base_file_can_be_left_out(town):
    """`[without]` names tables that do not apply; a name that the base does not have is refused with a hint."""
    path = town()
    base = path.read_text()
    path.with_name("base.toml").write_text(base)
    path.write_text('extends = "base.toml"\n[without]\nseries = ["gdp"]\nparameters = ["Output per Person"]\n')
    study = load_study(path)
    assert [target.series.name for target in study.targets] == ["population"]
    assert study.space.names == ("Growth Rate",)
    path.write_text('extends = "base.toml"\n[without]\nseries = ["gpd"]\n')
    with pytest.raises(StudyError, match=r"without\.series: the base file has no series\.gpd to leave out; .*gdp"):
        load_study(path)
    path.write_text('extends = "base.toml"\nwithout = ["gdp"]\n')
    with pytest.raises(StudyError, match="lists names by section"):
        load_study(path)


@pytest.mark.parametrize("table", ["[series.popultion]\nerror = 0.5", "[series.popultion.flags]\ncensus = 1"])
def test_a_misspelt_table_over_a_base_file_is_named(town, table):
    """A new table that only changes a key is incomplete: named by the study's line, with the base's table it means."""
    path = town()
    own, base = path.read_text().split("[windows]")
    path.with_name("base.toml").write_text("[windows]" + base)
    path.write_text(f'extends = "base.toml"\n{own}{table}\n')
    with pytest.raises(StudyError, match="did you mean 'population'") as caught:
        load_study(path)
    assert f"{path}:{_line(path, '[series.popultion')}: series.popultion.variable: is required" in str(caught.value)


def test_base_files_do_not_chain(town):
    """A base that extends another file, a missing base, and a base that is no path are refused."""
    path = town()
    text = path.read_text()
    path.with_name("base.toml").write_text('extends = "other.toml"\n')
    for line, words in {
        'extends = "base.toml"\n': "cannot extend another",
        'extends = "gone.toml"\n': "there is no base file",
        "extends = 3\n": "must be the path",
    }.items():
        path.write_text(line + text)
        with pytest.raises(StudyError, match=words):
            load_study(path)


def test_study_is_found_by_folder_and_names_are_spelt_as_the_model_spells_them(town):
    """A folder stands for its study.toml; a name in another case or with underscores is the model's own."""
    path = town({'variable = "GDP"': 'variable = "gdp"', '[parameters."Growth Rate"]': "[parameters.growth_rate]"})
    study = load_study(path.parent)
    assert study.targets[1].variable == "GDP"
    assert study.space.names[0] == "Growth Rate"


def test_one_constant_is_estimated_once(town):
    """Two spellings of one constant are two parameters that fight: refused."""
    extra = '[parameters.growth_rate]\nlower = 0\nupper = 1\nunit = "1/Year"\nsource = "x"\n\n[life_cycle]'
    with pytest.raises(StudyError, match="another parameter names"):
        load_study(town({"[life_cycle]": extra}))


@pytest.mark.parametrize("name", ["x" * 5000, "a/" * 3000, "a\0b"])
def test_a_name_that_no_file_can_have_is_no_study_and_no_model(town, name):
    """Too long for the system, or with a null character: the message is that of anything that is not there."""
    with pytest.raises(StudyError, match="there is no study"):
        load_study(name)
    with pytest.raises(StudyError, match="there is no study"):
        load_study(name + ".toml")
    with pytest.raises(ModelError):
        load(name)
    with pytest.raises(ModelError):
        load(name + ".mdl")
    if "\0" not in name:
        with pytest.raises(ModelError):
            load_study(town({'model = "town.mdl"': f'model = "{name}"'}))
        with pytest.raises(SeriesError):
            load_study(town({"seed = 7": f'seed = 7\ndata = "{name}"'}))


def test_a_base_file_that_no_system_can_have(town):
    """`extends` with a null character or too many letters is a fault of the study, not a traceback."""
    path = town()
    text = path.read_text()
    for name in ("a\\u0000", "x" * 5000):
        path.write_text(f'extends = "{name}"\n' + text)
        with pytest.raises(StudyError, match="extends"):
            load_study(path)


def test_a_file_without_suffix_hides_no_study(town, tmp_path, monkeypatch):
    """A file `town` beside nothing, and one called like a study of the package, are no studies; a folder is one."""
    town(folder="packaged/town")
    brought = {"here": Assets(calibration=tmp_path / "packaged")}
    monkeypatch.setattr("rcsd.assets.loaded", lambda group, kind: brought)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town").write_text("a shopping list\n")
    assert load_study("town").path == tmp_path / "packaged" / "town" / "study.toml"
    (tmp_path / "town").unlink()
    own = town()
    assert find_study("town").resolve() == own.resolve()


def test_a_model_that_draws_random_numbers_cannot_be_studied(town):
    """PySD draws without a seed: the study is refused with the variable's name, though the model can be run."""
    path = town()
    model = path.with_name("town.mdl")
    model.write_text(
        model.read_text().replace("Population*Growth Rate\n", "Population*Growth Rate*RANDOM UNIFORM(0.9, 1.1, 7)\n")
    )
    with pytest.raises(StudyError, match=r"study\.model: draws random numbers in 'Growth'") as caught:
        load_study(path)
    assert f"{path}:{_line(path, 'model = ')}: " in str(caught.value)
    ends = load(model).run(outputs=["Population"]).of("Population")[0, -1]
    assert 1.01**20 * 0.9 < ends < 1.01**20 * 1.1
