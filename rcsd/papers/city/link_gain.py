"""A simulator of linked cities that also says what the links gain: every run once with them and once without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import Simulator, SimulatorAround, output_names

_GAIN = "Gain in "


def gain_in(output: str) -> str:
    """Name the gain in a variable."""
    return f"{_GAIN}{output}"


class LinkGainSimulator(SimulatorAround[Simulator]):
    """Adds ``Gain in NAME`` to the variables of a simulator: per cent above the same run with its links at zero.

    Parameters
    ----------
    simulator : Simulator
        Of the linked cities.
    links : iterable of str
        Constants that link them.
    """

    def __init__(self, simulator: Simulator, links: Iterable[str]) -> None:
        super().__init__(simulator)
        self._links = tuple(links)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that can be an output, and the gain in each."""
        own = self._simulator.variables
        return (*own, *map(gain_in, own))

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable and constant; per cent for gains."""
        return {**self._simulator.units, **{gain_in(name): "%" for name in self._simulator.variables}}

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Raises
        ------
        ParameterError, ModelError
            As the simulator inside does.
        """
        names = output_names(outputs, self.variables)
        inner = tuple(dict.fromkeys(name.removeprefix(_GAIN) for name in names))
        linked = self._simulator.run(inputs, outputs=inner, times=times)
        without = dict(inputs or {}) | dict.fromkeys(self._links, np.zeros(linked.n_runs))
        apart = self._simulator.run(without, outputs=inner, times=times)
        columns = [
            100 * (linked.of(own) / apart.of(own) - 1) if name != own else linked.of(own)
            for name in names
            for own in (name.removeprefix(_GAIN),)
        ]
        return replace(
            linked,
            values=np.stack(columns, axis=2),
            variables=names,
            units={name: self.units[name] for name in names},
            status=np.where(linked.status == RunStatus.OK, apart.status, linked.status),
            messages=tuple(a or b for a, b in zip(linked.messages, apart.messages, strict=True)),
        )
