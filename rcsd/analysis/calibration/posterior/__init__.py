"""The posterior: its mode, chains and draws, and what they predict."""
