"""Data whose origin, owner or shape is not held by anything."""
