"""The steps of a study, one module each."""
