"""Edit builders shared by rules."""
