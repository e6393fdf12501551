"""Names agree where Vensim says that they do, and a misspelt one finds its neighbour."""

import pytest

from rcsd.names import canonical, near_matches


@pytest.mark.parametrize("spelling", ["birth rate", "Birth_Rate", "BIRTH  RATE", ' "Birth Rate" ', "Birth\\nRate"])
def test_spellings_of_one_variable_agree(spelling: str) -> None:
    """Case, blanks, underscores, line breaks and outer quotes are no part of a name."""
    assert canonical(spelling) == canonical("Birth Rate")


def test_a_misspelt_name_is_answered_with_its_neighbours() -> None:
    """The nearest name is offered as it is written, and nothing is offered for nonsense."""
    names = ["Birth Rate", "Death Rate", "GDP"]
    assert "'Birth Rate'" in near_matches("brith_rate", names)
    assert near_matches("zzzzzz", names) == ""
