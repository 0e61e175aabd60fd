"""What an operator does: look whether all is well, dig out dead letters, run the demo."""
