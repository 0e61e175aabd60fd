"""Nouns: pure functions. Time, memory and tools are arguments."""
