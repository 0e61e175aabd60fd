"""Reads articles, remembers policies, raises alerts."""
