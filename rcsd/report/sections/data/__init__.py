"""The data of a study and its drivers."""
