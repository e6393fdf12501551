"""The check of a model: what its file and its runs tell of its faults."""

from rcsd.analysis.checks.checking import check_model
from rcsd.analysis.checks.result import CheckResult, Silenced

__all__ = ["CheckResult", "Silenced", "check_model"]
