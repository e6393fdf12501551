"""What is found when a study's model is checked: its file, its fitted run, and its loops in that run."""
