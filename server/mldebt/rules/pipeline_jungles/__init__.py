"""Script variants, dead experiments, and steps in no order."""
