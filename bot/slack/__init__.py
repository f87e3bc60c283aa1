"""Slack: what the bot takes in, what it says, and what people press."""
