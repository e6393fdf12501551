"""TOML files as people write them: values with the lines they stand on, and all faults reported at once."""
