"""Samples and estimators of variance-based indices, as arrays."""
