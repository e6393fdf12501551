"""Posteriors whose answer is known: what samplers are tried on."""
