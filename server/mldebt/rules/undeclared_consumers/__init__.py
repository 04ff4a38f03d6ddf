"""Readers of predictions nobody wrote down."""
