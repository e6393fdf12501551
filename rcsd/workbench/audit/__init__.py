"""Results that are verified: their files, their numbers after another run, and what their report prints."""
