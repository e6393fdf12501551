"""The difference of two models as lines of text, and as a page with small plots."""
