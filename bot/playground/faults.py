"""Faults on request: what a test or the control page asks the imitation to do wrong."""

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatch


@dataclass
class Fault:
    """One kind of wrong answer, for methods that match a pattern, a number of times."""

    pattern: str
    left: int
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    wait: float = 0.0
    body: str = ""


class Faults:
    """The faults in force; `clear` mends everything but what is already lost."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Answer properly again."""
        self._waiting: list[Fault] = []
        self.is_down = False
        self.refused: dict[str, str] = {}
        self.duplicates = 0
        self.lost_acks = 0
        self.fired: Counter[str] = Counter()

    def rate_limit(self, method: str = "*", *, times: int = 1, retry_after: int = 1, body: str = "") -> None:
        """Answer 429 with Retry-After in seconds; `method` may hold `*`, `body` stands in place of Slack's JSON."""
        self._waiting.append(Fault(method, times, 429, "ratelimited", retry_after, body=body))

    def server_error(self, method: str = "*", *, times: int = 1, status: int = 500) -> None:
        """Answer with a server error whose body is no JSON."""
        self._waiting.append(Fault(method, times, status, "server_error"))

    def error(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer `ok: false` with this error."""
        self._waiting.append(Fault(method, times, 200, error))

    def slow(self, method: str = "*", *, seconds: float, times: int = 1) -> None:
        """Answer properly, but late."""
        self._waiting.append(Fault(method, times, wait=seconds))

    def refuse_token(self, kind: str = "bot", *, error: str = "token_revoked") -> None:
        """Refuse the `bot` or the `app` token until cleared."""
        self.refused[kind] = error

    def down(self) -> None:
        """Cut every request of the bot without an answer until `up` or `clear`."""
        self.is_down = True

    def up(self) -> None:
        """Take requests again."""
        self.is_down = False

    def duplicate(self, times: int = 1) -> None:
        """Deliver the next events a second time although they were acknowledged."""
        self.duplicates += times

    def lose_acks(self, times: int = 1) -> None:
        """Overlook the next acknowledgements, so that Slack's own retries follow."""
        self.lost_acks += times

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets, if any, and count it."""
        for fault in self._waiting:
            if fault.left > 0 and fnmatch(method, fault.pattern):
                fault.left -= 1
                self.fired[method] += 1
                return fault
        return None

    def take_duplicate(self) -> bool:
        """Whether to deliver the event just acknowledged once more."""
        self.duplicates, due = max(0, self.duplicates - 1), self.duplicates > 0
        return due

    def take_lost_ack(self) -> bool:
        """Whether to overlook the acknowledgement that just came."""
        self.lost_acks, due = max(0, self.lost_acks - 1), self.lost_acks > 0
        return due
