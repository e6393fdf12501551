"""Shapley effects: shares of an output's variance for parameters that depend on one another, from draws alone."""

from __future__ import annotations

from rcsd.analysis.sensitivity.shapley.effects import ShapleyEffects, shapley_effects

__all__ = ["ShapleyEffects", "shapley_effects"]
