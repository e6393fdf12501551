"""The compiled engine: many runs of one model, advanced together."""

from rcsd.simulation.engine.simulator import CompiledSimulator, InterpretedSimulator, SystemSimulator

__all__ = ["CompiledSimulator", "InterpretedSimulator", "SystemSimulator"]
