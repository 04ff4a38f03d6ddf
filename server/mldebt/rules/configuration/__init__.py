"""Numbers, paths and flags without a name or a reason."""
