"""Files of structure optimisation."""
