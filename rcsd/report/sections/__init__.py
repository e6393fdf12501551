"""The sections of a report: a folder for each topic, with its words, tables and figures, or a module for a small one.

A folder's `section.py`, or the module, holds the topic as `SECTION`, which the page finds by itself.
"""
