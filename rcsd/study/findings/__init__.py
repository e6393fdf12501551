"""What a study finds: result types, and the functions that work them out from a study and a simulator."""
