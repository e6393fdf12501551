"""The first screen of a study's page."""
