"""Text to views. The only home of `ast` and parso: no syntax tree leaves this package."""

from mldebt.syntax.module import Chunk, Module
from mldebt.syntax.source import SourceFile

__all__ = ["Chunk", "Module", "SourceFile"]
