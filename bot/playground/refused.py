"""The one exception of the Web API: an answer with `ok: false`."""


class Refused(Exception):
    """Becomes `{"ok": false, "error": ...}`; seen by the bot, never by the people of the workspace."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
