"""The sections of a report, one folder a topic: its words, tables and figures together."""
