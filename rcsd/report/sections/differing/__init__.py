"""What tells several studies apart."""
