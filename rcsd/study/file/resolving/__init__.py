"""Checks a study file against its model and its data, and takes from them what it names, a section a file."""
