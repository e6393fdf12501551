"""The equations of the pair, their potential and their master equation."""
