"""Reads the alert stream the way any subscriber would, and shows it in a terminal."""
