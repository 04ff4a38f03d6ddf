"""One file per output format; each turns the same rows into text."""
