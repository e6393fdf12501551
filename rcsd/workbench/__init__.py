"""What Python users have of a study: `Study`, and the frozen results that its verbs return.

A result is a view: what the steps of the study have found, the tables that they write and the figures of the report.
"""
