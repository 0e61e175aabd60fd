"""Replays articles from files into the raw stream."""
