"""Diagrams of models as SVG, PNG and HTML: shapes are made once and written by either back end."""
