"""What the bot remembers: questions under way, turns of threads, votes, gaps and channel settings."""
