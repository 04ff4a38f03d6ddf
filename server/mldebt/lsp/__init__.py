"""The language server: translates between an editor and the engine. The only home of pygls."""
