"""PySD's AbstractModel -> `ir`, or everything that is wrong with the file."""

import rcsd.simulation.reader.pysd_calls  # noqa: F401 - first: it imports PySD with its warnings held back
from rcsd.simulation.reader.read import ParsedModel, parse, read

__all__ = ["ParsedModel", "parse", "read"]
