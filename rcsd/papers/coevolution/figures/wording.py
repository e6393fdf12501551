"""How the parameters of the co-evolution model are written."""

from rcsd.papers.coevolution import CoevolutionParameters

LEADS = "x < 0: technology leads\nx > 0: institutions lead"


def settings(parameters: CoevolutionParameters) -> str:
    """Write the parameters as a caption does.

    Examples
    --------
    >>> settings(CoevolutionParameters())
    'ν = 0.15, β = 1.1, ω = 0.08, α0 = 0.5, λ = 2.5'
    """
    symbols = {"nu": "ν", "beta": "β", "omega": "ω", "alpha0": "α0", "lambda": "λ"}
    return ", ".join(f"{symbols[name]} = {value:g}" for name, value in parameters.to_dict().items())
