"""Which origins are forecast from, and which are scored together."""

import pytest

from rcsd.errors import ParameterError, StudyError
from rcsd.study.panel import load_panel, plan_of
from rcsd.study.panel.origins.plan import parsed, require_years


@pytest.fixture(scope="module")
def panel():
    """Read the panel of the package."""
    return load_panel()


def test_the_files_own_origins_and_groups(panel):
    """2005 to 2018 in two groups that end in 2019, six years ahead."""
    plan = plan_of(panel)
    assert (plan.origins, plan.horizon) == (tuple(range(2005, 2019)), 6)
    assert [(g.origins[0], g.origins[-1], g.until, g.horizons) for g in plan.groups] == [
        (2005, 2013, 2019, (3, 6)),
        (2014, 2018, 2019, (3, 5)),
    ]


def test_origins_of_the_command_line_take_the_files_place(panel):
    """Groups are cut to what is forecast, and named by it."""
    plan = plan_of(panel, origins="2013,2007,2010", horizon=2)
    assert (plan.origins, plan.horizon) == ((2007, 2010, 2013), 2)
    assert [(g.title, g.horizons) for g in plan.groups] == [("2007, 2010, 2013", (2,))]
    # an origin that no group names is scored in one of its own
    assert [(g.name, g.origins) for g in plan_of(panel, origins="2010,2015,2019,2020").groups] == [
        ("early", (2010,)),
        ("late", (2015,)),
        ("other", (2019, 2020)),
    ]
    assert plan_of(panel, origins="2005:2013").groups[0].title == "2005\N{EN DASH}2013"


@pytest.mark.parametrize("text", ["2005-2013", "soon", "", "2005:", "2005,,2007", "2013:2005"])
def test_what_names_no_years_is_refused_with_an_example(text):
    """The message shows how to write them, or what runs backwards."""
    with pytest.raises(ParameterError, match=r"2005:2013 or 2007,2010,2013|must not come after"):
        parsed(text)


def test_an_origin_must_leave_years_to_fit_and_lie_in_the_models_time(panel):
    """2000 is the first fitted year; the model ends long before 2099."""
    with pytest.raises(ParameterError, match="the origin 2000 leaves no year to fit"):
        plan_of(panel, origins="2000:2005")
    with pytest.raises(StudyError, match="after the model's final time"):
        require_years(panel, plan_of(panel, origins="2099"))
