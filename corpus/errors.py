"""The one error of this package."""


class CorpusError(Exception):
    """A submission cannot be used; the message says what, where and how to mend it, for whoever runs the bot."""
