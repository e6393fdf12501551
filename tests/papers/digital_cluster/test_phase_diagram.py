"""Where the path of the paper arises, and where not: stages along paths, grids, conditions."""

import numpy as np
import pytest

import rcsd
from rcsd.papers.digital_cluster import (
    FULL_PATH,
    KINDS,
    READ,
    STAGES,
    DigitalClusterParameters,
    DigitalClusterSimulator,
    classify,
    cluster_path,
    first_years,
    outcome_shares,
    path_conditions,
    path_kinds,
    phase_diagram,
    read_state,
    stage_spans,
    steady_state,
    survey,
)

YEARS = np.linspace(0, 60, 121)
THEORY = DigitalClusterSimulator(YEARS)


@pytest.fixture(scope="module")
def diagram():
    """Return a coarse diagram that holds all outcomes."""
    return phase_diagram(
        THEORY,
        imitations=[0.0, 0.05, 0.1, 0.2, 0.35, 0.6],
        ceilings=[0.4, 0.6, 0.7, 0.8, 0.95],
        savings=[0.0, 0.3, 0.5],
        years=YEARS,
    )


def test_kinds_of_path_by_hand():
    """Each kind from a row written down."""
    rows = np.array([[0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 1, 2], [0, 0, 2, 2], [0, 1, 0, 1], [1, 1, 2, 2]])
    assert [KINDS[kind] for kind in path_kinds(rows)] == [*KINDS, KINDS[4]]
    assert first_years(np.arange(4.0), rows, 1)[[1, 2, 5]].tolist() == [2.0, 1.0, 0.0]
    assert np.isnan(first_years(np.arange(4.0), rows, 2)[:2]).all()


def test_the_base_run_takes_the_full_path():
    """Conventional, digital, ecosystem, once each, in this order, and the last is open."""
    found = survey(DigitalClusterParameters(), rng=np.random.default_rng(0))
    assert found.kind == "full path"
    assert tuple(span.stage for span in found.spans) == STAGES
    assert [span.open for span in found.spans] == [False, False, True]
    assert [span.last_year for span in found.spans[:-1]] == [span.first_year for span in found.spans[1:]]
    assert found.rest.stage == "business ecosystem"


def test_a_point_of_the_diagram_is_the_run_of_its_parameters(diagram):
    """Kinds and years of arrival at a few points equal those of single paths by the adaptive solver."""
    for i, j, k in ((0, 4, 4), (1, 4, 4), (1, 2, 5), (2, 3, 3), (1, 0, 2)):
        parameters = DigitalClusterParameters(
            maximum_transaction_saving=diagram.savings[i],
            digital_ceiling=diagram.ceilings[j],
            digital_imitation=diagram.imitations[k],
        )
        stages = classify(cluster_path(parameters, YEARS).values)
        assert diagram.kinds[i, j, k] == path_kinds(stages[None])[0]
        spans = {span.stage: span.first_year for span in stage_spans(YEARS, stages)}
        for year, stage in ((diagram.digital_years, STAGES[1]), (diagram.ecosystem_years, STAGES[2])):
            assert year[i, j, k] == pytest.approx(spans.get(stage, np.nan), nan_ok=True)


def test_the_path_arises_and_does_not(diagram):
    """The full path needs imitation and a high ceiling; without them the cluster stays where the diagram says."""
    assert KINDS[diagram.kinds[1, 4, 4]] == "full path"
    assert KINDS[diagram.kinds[1, 4, 0]] == "stays conventional"  # no imitation
    assert KINDS[diagram.kinds[1, 0, 4]] == "stays conventional"  # a low ceiling
    assert KINDS[diagram.kinds[1, 2, 4]] == "ends as a digital cluster"  # a middling one


def test_more_imitation_a_higher_ceiling_and_more_saving_never_lead_back(diagram):
    """The stage at the horizon does not fall along any axis of the grid, nor is it reached later."""
    last = np.where(np.isfinite(diagram.ecosystem_years), 2, np.where(np.isfinite(diagram.digital_years), 1, 0))
    for axis in range(3):
        assert (np.diff(last, axis=axis) >= 0).all()
        years = np.where(np.isnan(diagram.ecosystem_years), np.inf, diagram.ecosystem_years)
        with np.errstate(invalid="ignore"):
            assert not (np.diff(years, axis=axis) > 0).any()


def test_the_long_run_bounds_what_any_imitation_can_reach(diagram):
    """No run is beyond the stage of its steady state; with strong imitation the run has come to it."""
    last = np.where(np.isfinite(diagram.ecosystem_years), 2, np.where(np.isfinite(diagram.digital_years), 1, 0))
    assert (last <= diagram.long_run[:, :, None]).all()
    assert (last[:, :, -1] == diagram.long_run).all()
    rest = steady_state(DigitalClusterParameters(digital_ceiling=0.7, maximum_transaction_saving=0.3))
    assert read_state(rest).stage == STAGES[diagram.long_run[1, 2]]


def test_the_compiled_model_gives_the_same_diagram(diagram):
    """The model file under the compiled engine names the same outcome at every point."""
    simulator = rcsd.load("digital_cluster").simulator("compiled")
    other = phase_diagram(
        simulator, imitations=diagram.imitations, ceilings=diagram.ceilings, savings=diagram.savings, years=YEARS
    )
    assert (other.kinds == diagram.kinds).all()
    assert (other.long_run == diagram.long_run).all()
    both = np.isfinite(diagram.ecosystem_years) & np.isfinite(other.ecosystem_years)
    assert np.abs(diagram.ecosystem_years - other.ecosystem_years)[both].max() <= 0.5


def test_conditions_name_what_the_path_hangs_on():
    """Ceiling, institutions and training lose the path within their ranges; each grid is run as the single path is."""
    found = {condition.name: condition for condition in path_conditions(THEORY, years=YEARS, n_values=11)}
    assert {name for name, condition in found.items() if condition.decisive} == {
        "Digital Ceiling", "Institutional Quality", "Skill Response",
    }  # fmt: skip
    ceiling = found["Digital Ceiling"]
    for value, kind in zip(ceiling.values, ceiling.kinds, strict=True):
        stages = classify(cluster_path(DigitalClusterParameters(digital_ceiling=float(value)), YEARS).values)
        assert kind == path_kinds(stages[None])[0]
    assert [span[0] for span in ceiling.spans][-1] == KINDS[FULL_PATH]
    assert ceiling.spans[0][1] == 0.6
    assert ceiling.spans[-1][2] == 1.0


def test_shares_of_outcomes_add_up_and_repeat():
    """All kinds are counted once, and a seed gives them again."""
    first, again = (outcome_shares(THEORY, years=YEARS, n_runs=200, rng=np.random.default_rng(7)) for _ in range(2))
    assert first == again
    assert sum(first.values()) == pytest.approx(1)
    assert 0.2 < first["full path"] < 0.6


def test_a_ceiling_below_the_first_share_is_a_failed_run_and_no_stage():
    """It is marked -1 and has no years."""
    small = phase_diagram(THEORY, imitations=[0.3], ceilings=[0.005, 0.9], savings=[0.3], years=YEARS)
    assert small.kinds[0, :, 0].tolist() == [-1, FULL_PATH]
    assert small.long_run[0].tolist() == [-1, 2]
    assert np.isnan(small.digital_years[0, 0, 0])
    assert set(READ) <= set(THEORY.variables)
