"""Vensim's .mdl: the equations of a model, its sheets, and the file."""
