"""Values that were right for a world that has moved on."""
