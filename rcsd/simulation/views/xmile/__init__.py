"""The views of an XMILE file, as OASIS's *XMILE 1.0*, chapters 5 and 6, and as Stella write them."""
