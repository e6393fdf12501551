"""The same model in many cities."""
