"""The models of data envelopment analysis."""
