"""The process that reads, and what it has read, kept on disk."""
