"""Knows people: turns questions into answers, in Slack, in the terminal and as JSON."""
