"""Places for the bodies of a page."""
