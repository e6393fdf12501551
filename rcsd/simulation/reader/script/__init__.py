"""Model files read as they are written: with their calls of functions and macros."""
