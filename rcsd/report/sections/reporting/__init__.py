"""The reporting list of Rahmandad and Sterman (2012), filled in from the result."""
