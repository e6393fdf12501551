"""Commands about one model: no study, no data but its own."""
