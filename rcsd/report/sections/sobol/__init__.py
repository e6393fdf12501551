"""Which parameter an output depends on."""
