"""The states of a study's model, estimated from its series."""
