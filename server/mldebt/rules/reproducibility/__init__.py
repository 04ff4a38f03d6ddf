"""Runs and artifacts that cannot be made again, or trusted."""
