"""What a model file alone tells of its faults: names, circles, units, ranges, and where material goes."""

from rcsd.simulation.checks.finding import GRADES, Finding, Grade

__all__ = ["GRADES", "Finding", "Grade"]
