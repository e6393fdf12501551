"""The linear programme of an economy and its front."""
