"""A proposed study as the two files of a study."""
