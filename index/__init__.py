"""Knows vectors: finds the passages of a corpus that belong to a question."""
