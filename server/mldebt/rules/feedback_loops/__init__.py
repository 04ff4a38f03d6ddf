"""Models that shape the data they will be trained on."""
