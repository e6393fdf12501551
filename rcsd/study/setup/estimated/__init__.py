"""Which constants and initial values of a model a study proposes to estimate, within which bounds, and why."""
