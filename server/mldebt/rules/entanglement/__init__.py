"""Leakage, overlap, refitting: what one part of a model silently knows of another."""
