"""The compiled engine: many runs of one model, advanced together."""
