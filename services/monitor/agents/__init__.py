"""Verbs: read, decide with one pure call, send, count."""
