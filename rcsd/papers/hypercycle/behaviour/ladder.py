"""From point to line to surface to domain: the advantage at each step, and what each step needs."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.papers.hypercycle.behaviour.long_run import long_run
from rcsd.papers.hypercycle.behaviour.permanence import Verdict, permanence
from rcsd.papers.hypercycle.behaviour.thresholds import intercity_threshold
from rcsd.papers.hypercycle.modes import MODES, STEPS, Mode, ModeParameters, mode_network, shared_advantage


@dataclass(frozen=True, slots=True)
class Rung:
    """One mode in the sequence.

    Attributes
    ----------
    mode : str
        Form, structure, organisation or regional.
    step : str
        Point, line, surface or domain.
    advantage : float
        In the long run, simulated, 1/Year.
    shared : float
        With equal shares of all industries, from the formula, 1/Year.
    verdict : str
        Whether all units last whatever the start.
    survivors : tuple of str
        Units left at the end.
    decided : bool
        Whether the run shows who is left; so close to a threshold that the shares still drift at its end it does not.
    years : float
        Length of the run.
    needs : str
        What the step needs to last and to pay; a domain needs what a surface needs besides.
    met : bool
        Whether that is so.
    """

    mode: Mode
    step: str
    advantage: float
    shared: float
    verdict: Verdict
    survivors: tuple[str, ...]
    decided: bool
    years: float
    needs: str
    met: bool

    @property
    def left(self) -> str:
        """How many are left, in words, with the years after which it is still undecided."""
        n = len(self.survivors)
        return str(n) if self.decided else f"{n}, undecided after {self.years:,.0f} years"


def ladder(parameters: ModeParameters | None = None, *, replicase: float = 1.0, n_cities: int = 2) -> tuple[Rung, ...]:
    """Run the four modes with the same strengths, and measure the advantage that each ends with.

    A wider network shares the same total among more units, so that wider is not better by itself: links across must be
    stronger than links within. `Rung.needs` says which, and `Rung.met` whether they are.

    Parameters
    ----------
    parameters
        Strengths; the assumed ones when None.
    replicase
        Scales all support and catalysis.
    n_cities
        Of the regional mode.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    strengths = ModeParameters() if parameters is None else parameters
    return tuple(_rung(mode, strengths, replicase, n_cities) for mode in MODES)


def _rung(mode: Mode, strengths: ModeParameters, replicase: float, n_cities: int) -> Rung:
    network = mode_network(mode, strengths, n_cities=n_cities).with_replicase(replicase)
    run = long_run(network)
    needs, met = _needs(mode, strengths)
    return Rung(
        mode=mode,
        step=STEPS[mode],
        advantage=run.advantage,
        shared=replicase * shared_advantage(mode, strengths, n_cities=n_cities),
        verdict=permanence(network).verdict,
        survivors=run.survivors,
        decided=run.decided,
        years=run.years,
        needs=needs,
        met=bool(met and replicase > 0),
    )


def _needs(mode: Mode, p: ModeParameters) -> tuple[str, bool]:
    if mode == "form":
        return "innovation above zero", p.innovation > 0
    if mode == "structure":
        return f"chain above own, {p.chain:g} > {p.own:g}", p.chain > p.own
    if mode == "organisation":
        return (
            f"chain + spillover above own, {p.chain + p.spillover:g} > {p.own:g}",
            p.chain + p.spillover > p.own,
        )
    limit = intercity_threshold(p)
    within_city = p.chain + p.spillover > p.own
    return f"intercity above the mean local link, {p.intercity:g} > {limit:.4g}", within_city and p.intercity > limit
