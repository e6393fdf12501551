"""What it takes to repeat the study."""
