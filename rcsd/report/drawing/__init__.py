"""The figures of a report: one function each, from plain results to a `Drawing`."""
