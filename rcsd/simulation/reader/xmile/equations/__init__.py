"""Equations of XMILE: cut up, parsed, and their names looked up."""
