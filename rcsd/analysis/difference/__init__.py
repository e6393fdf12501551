"""What changed between two versions, or two formats, of a model: its structure, then its behaviour."""
