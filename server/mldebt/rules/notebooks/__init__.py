"""Notebooks: what runs today and not tomorrow."""
