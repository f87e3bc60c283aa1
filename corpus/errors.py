"""Errors that whoever runs the bot can mend."""


class Mendable(Exception):
    """Something outside the code is wrong; the message says in one line what, where and how to mend it."""


class CorpusError(Mendable):
    """A submission cannot be used."""
