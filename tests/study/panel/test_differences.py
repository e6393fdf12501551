"""Classes of cities told apart, or not."""

import numpy as np

from rcsd.study.panel.cities import City
from rcsd.study.panel.differences import class_differences
from rcsd.study.panel.result import CityResult, PanelRun

KINDS = ["growing"] * 20 + ["mature"] * 20 + ["declining"] * 20


def test_a_shifted_class_is_found_and_the_others_are_not():
    """One parameter is two spreads higher in one class, nine are alike: one difference."""
    rng = np.random.default_rng(1)
    estimates = rng.standard_normal((60, 10))
    estimates[:20, 3] += 2.0
    found = class_differences([str(i) for i in range(10)], estimates, KINDS)
    assert [each.parameter for each in found if each.found] == ["3"]


def test_among_equal_classes_a_difference_is_found_in_one_panel_of_twenty():
    """Holm's correction keeps the chance of any false find among ten parameters at 5 %."""
    rng = np.random.default_rng(2)
    false = [
        any(each.found for each in class_differences([str(i) for i in range(10)], rng.standard_normal((60, 10)), KINDS))
        for _ in range(100)
    ]
    assert np.mean(false) < 0.11


def test_a_class_of_two_is_shown_and_not_tested():
    """Two cities are no distribution."""
    found = class_differences(["a"], np.arange(22.0).reshape(22, 1), ["growing"] * 20 + ["mature"] * 2)
    assert np.isnan(found[0].p_value)
    assert found[0].medians["mature"] == 20.5
    assert not found[0].found


def test_the_middle_half_of_a_class_is_that_of_its_own_cities():
    """Five mature cities at 0, 10, ... 40 and one that declines: quartiles by hand, one column per parameter."""

    def fitted(kind, *estimate):
        nothing = np.array([])
        return CityResult(City(kind, kind, kind), np.array(estimate), nothing, nothing, nothing, {}, (), 0, 0.0)

    cities = [fitted("mature", 10.0 * i, -i) for i in (3, 0, 4, 1, 2)] + [fitted("declining", 5.0, 7.0)]
    run = PanelRun(tuple(cities), (), (), ())
    assert run.quartiles("mature").tolist() == [[10, -3], [20, -2], [30, -1]]
    assert run.quartiles("declining").tolist() == [[5, 7]] * 3
    assert run.estimates("mature").shape == (5, 2)
