"""Non-negative stocks and flows (XMILE 1.0, section 4.2): outflows are cut in their order, material is conserved."""

import random
from pathlib import Path

import pytest

from rcsd.errors import RcsdWarning
from tests.simulation.reader.xmile_models import REGIONS, aux, flow, model_text, stock, submodel, values_of


def test_an_outflow_takes_what_there_is_and_the_receiver_gets_no_more(tmp_path: Path) -> None:
    """By hand: 7 leave, then 5, then nothing."""
    text = model_text(stock("tank", "12", outs="use", kept=True), stock("used", "0", ins="use"), flow("use", "7"))
    found = values_of(text, tmp_path)
    assert found["tank"] == [12.0, 5.0, 0.0, 0.0, 0.0]
    assert found["use"] == [7.0, 5.0, 0.0, 0.0, 0.0]
    assert found["used"] == [0.0, 7.0, 12.0, 12.0, 12.0]


def test_outflows_are_served_in_the_order_in_which_the_stock_lists_them(tmp_path: Path) -> None:
    """What flows in in the step can flow out in it; a step of a half halves what there is for it."""
    flows = (flow("first", "6"), flow("second", "10"), flow("rain", "2"))
    text = model_text(stock("tank", "4", ins="rain", outs="second first", kept=True), *flows, stop=1, dt=0.5)
    found = values_of(text, tmp_path)
    # 4 / 0.5 + 2 = 10 a unit of time: all for the second
    assert (found["second"][0], found["first"][0]) == (10.0, 0.0)
    assert (found["second"][1], found["first"][1]) == (2.0, 0.0)
    assert found["tank"] == [4.0, 0.0, 0.0]


def test_a_chain_passes_on_within_a_step(tmp_path: Path) -> None:
    """By hand: stock 9 gives 6, then 3; the second stock, empty, gives 4 and keeps the rest."""
    text = model_text(
        stock("a", "9", outs="ab", kept=True),
        stock("b", "0", ins="ab", outs="bc", kept=True),
        stock("c", "0", ins="bc"),
        flow("ab", "6"),
        flow("bc", "4"),
    )
    found = values_of(text, tmp_path)
    assert found["a"] == [9.0, 3.0, 0.0, 0.0, 0.0]
    assert found["b"] == [0.0, 2.0, 1.0, 0.0, 0.0]
    assert found["c"] == [0.0, 4.0, 8.0, 9.0, 9.0]


def test_a_uniflow_is_never_negative_and_a_biflow_takes_no_more_from_its_target(tmp_path: Path) -> None:
    """Run backwards, a biflow empties the stock that it points to."""
    text = model_text(
        stock("a", "0", outs="both"),
        stock("b", "5", ins="both one", kept=True),
        flow("both", "-3"),
        flow("one", "-1", uniflow=True),
    )
    found = values_of(text, tmp_path)
    assert found["one"] == [0.0] * 5
    assert found["b"] == [5.0, 2.0, 0.0, 0.0, 0.0]
    assert found["a"] == [0.0, 3.0, 5.0, 5.0, 5.0]


def test_each_element_of_an_array_has_its_own_limit(tmp_path: Path) -> None:
    """One is empty before the other."""
    text = model_text(
        stock("tank", "3, 10", "Region", outs="use", kept=True), flow("use", "4, 5", "Region"), dimensions=REGIONS
    )
    found = values_of(text, tmp_path)
    assert found["tank[North]"] == [3.0, 0.0, 0.0, 0.0, 0.0]
    assert found["tank[South]"] == [10.0, 5.0, 0.0, 0.0, 0.0]


def test_a_file_may_make_it_the_rule_and_one_stock_the_exception(tmp_path: Path) -> None:
    """<behavior> of the file, and <non_negative>false</non_negative> of a variable."""
    free = '<stock name="debt"><eqn>1</eqn><outflow>pay</outflow><non_negative>false</non_negative></stock>'
    text = model_text(
        stock("tank", "1", outs="use"),
        free,
        flow("use", "4"),
        flow("pay", "4"),
        more="<behavior><stock><non_negative/></stock></behavior>",
        stop=1,
    )
    found = values_of(text, tmp_path)
    assert found["tank"] == [1.0, 0.0]
    assert found["debt"] == [1.0, -3.0]


def test_the_flow_of_another_module_is_limited_where_it_is_defined(tmp_path: Path) -> None:
    """The stock names a flow that is connected from elsewhere."""
    tank = submodel(
        "Tank",
        stock("level", "5", outs="use", kept=True),
        '<flow name="use" access="input"><eqn>{none}</eqn></flow>',
    )
    module = '<module name="Tank"><connect to="Tank.use" from="need"/></module>'
    text = model_text(module, flow("need", "3"), stock("used", "0", ins="need"), more=tank, stop=3)
    found = values_of(text, tmp_path)
    assert found["Tank.level"] == [5.0, 2.0, 0.0, 0.0]
    assert found["used"] == [0.0, 3.0, 5.0, 5.0]


def test_two_stocks_that_fill_each_other_are_kept_and_said(tmp_path: Path) -> None:
    """One of the two cannot count what comes back in the same step."""
    text = model_text(
        stock("a", "5", ins="back", outs="forth", kept=True),
        stock("b", "5", ins="forth", outs="back", kept=True),
        flow("forth", "7"),
        flow("back", "1"),
        stop=3,
    )
    with pytest.warns(RcsdWarning, match="non-negative stock 'b': its limit on 'back' does not count 'forth'"):
        found = values_of(text, tmp_path)
    assert found["a"] == [5.0, 0.0, 0.0, 0.0]
    assert found["b"] == [5.0, 10.0, 10.0, 10.0]


def test_an_outflow_that_another_depends_on_is_served_before_it(tmp_path: Path) -> None:
    """The tax is half of what is spent; the purse pays what is spent first, and never holds less than nothing."""
    text = model_text(
        stock("purse", "5", outs="tax spent", kept=True), flow("tax", "spent * 0.5"), flow("spent", "4"), stop=1
    )
    with pytest.warns(RcsdWarning, match="'spent' is served before 'tax', which depends on it"):
        found = values_of(text, tmp_path)
    assert (found["spent"], found["tax"], found["purse"]) == ([4.0, 0.0], [1.0, 0.0], [5.0, 0.0])


def test_a_flow_of_other_dimensions_is_said_to_be_unlimited(tmp_path: Path) -> None:
    """Nothing says how much of it each element gives."""
    text = model_text(
        stock("tank", "9, 9", "Region", outs="use", kept=True), flow("use", "1"), dimensions=REGIONS, stop=1
    )
    with pytest.warns(RcsdWarning, match="'tank': its outflows are not limited"):
        assert values_of(text, tmp_path)["tank[North]"] == [9.0, 8.0]


def test_an_inflow_that_follows_the_outflow_later_makes_no_loop(tmp_path: Path) -> None:
    """What leaves comes back after a delay: the loop goes through the delay's stocks."""
    text = model_text(
        stock("home", "10", ins="back", outs="leave", kept=True),
        flow("leave", "4"),
        flow("back", "DELAY1(leave, 2, 0)"),
    )
    found = values_of(text, tmp_path)
    # the delay's stock is 0, 4, 2 + 4 = 6, 3 + 4 = 7, 7 / 2 + 4 = 7.5; half of it comes back
    assert found["back"] == pytest.approx([0.0, 2.0, 3.0, 3.5, 3.75])
    assert found["home"] == pytest.approx([10.0, 6.0, 4.0, 3.0, 2.5])


def test_a_multiplier_turns_the_unit_of_a_flow_into_that_of_the_stock_it_enters(tmp_path: Path) -> None:
    """Two tons leave a step, and two thousand kilograms arrive."""
    ship = '<flow name="ship"><eqn>2</eqn><multiplier>kg per ton</multiplier></flow>'
    text = model_text(stock("tons", "10", outs="ship"), stock("kg", "0", ins="ship"), ship, aux("kg per ton", "1000"))
    found = values_of(text, tmp_path)
    assert found["tons"] == [10.0, 8.0, 6.0, 4.0, 2.0]
    assert found["kg"] == [0.0, 2000.0, 4000.0, 6000.0, 8000.0]


@pytest.mark.parametrize("method", ["Euler", "RK4"])
def test_material_is_conserved_and_no_stock_falls_below_zero(method: str, tmp_path: Path) -> None:
    """Random networks of stocks: what leaves one arrives in another, whatever the flows ask for."""
    for seed in range(12):
        rng = random.Random(seed)
        n = rng.randint(2, 5)
        pairs = [(i, j) for i in range(n) for j in range(n) if i < j and rng.random() < 0.7]
        flows = [
            flow(f"f{i}{j}", f"{rng.uniform(0, 9):.2f} * (1 + SIN(TIME * {i + 1}))", uniflow=True) for i, j in pairs
        ]
        ins = {k: " ".join(f"f{i}{j}" for i, j in pairs if j == k) for k in range(n)}
        outs = {k: " ".join(f"f{i}{j}" for i, j in pairs if i == k) for k in range(n)}
        stocks = [stock(f"s{k}", f"{rng.uniform(0, 8):.2f}", ins=ins[k], outs=outs[k], kept=True) for k in range(n)]
        text = model_text(*stocks, *flows, aux("dummy", "0"), stop=8, dt=0.5, method=method)
        found = values_of(text, tmp_path)
        totals = [sum(found[f"s{k}"][t] for k in range(n)) for t in range(17)]
        assert totals == pytest.approx([totals[0]] * 17)
        assert min(min(found[f"s{k}"]) for k in range(n)) >= -1e-12
