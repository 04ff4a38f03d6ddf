"""Running rules: over one file, over all of them, from a cache, in processes."""
