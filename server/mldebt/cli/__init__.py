"""The command line: one thin face over the engine."""
