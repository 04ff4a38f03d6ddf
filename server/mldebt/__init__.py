"""mldebt: machine-learning technical debt, shown where it is written."""

__version__ = "0.1.0"
