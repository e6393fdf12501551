"""The papers' static methods, on figures as they are published."""
