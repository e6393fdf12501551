"""A simulator with some of its constants held at other values than the model's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from numpy.typing import ArrayLike

from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.simulator import Simulator, SimulatorAround


class HeldSimulator(SimulatorAround[Simulator]):
    """Gives constants another default; a run that sets one itself has its own value.

    Parameters
    ----------
    simulator : Simulator
        Any, in this process or on a cluster.
    held : mapping of str to float
        The new defaults, by constant as the simulator names it.
    """

    def __init__(self, simulator: Simulator, held: Mapping[str, float]) -> None:
        super().__init__(simulator)
        self._held = held

    @property
    def constants(self) -> Mapping[str, float]:
        """Every settable input and its default."""
        return {**self._simulator.constants, **self._held}

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`."""
        given = {} if inputs is None else dict(inputs)
        own = {canonical(name) for name in given}
        rest = {name: value for name, value in self._held.items() if canonical(name) not in own}
        return self._simulator.run({**rest, **given}, outputs=outputs, times=times)
