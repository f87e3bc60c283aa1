"""A local imitation of Slack, to try the bot without a workspace and to test it over the real protocol."""

from bot.playground.server import DEFAULT_PORT, Pace, Playground, PortTaken, serve

__all__ = ["DEFAULT_PORT", "Pace", "Playground", "PortTaken", "serve"]
