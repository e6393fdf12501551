"""XMILE and Stella files: their text put into a plain form, and the classes by which PySD parses that."""
