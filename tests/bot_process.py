"""Runs a bot as a process beside a story, so that it can be killed, stopped and started again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ECHO = Path(__file__).parent / "echo_bot.py"
ROOT = ECHO.parent.parent


class BotProcess:
    """One process at a time over one data folder; `log` holds what all of them wrote."""

    def __init__(self, slack, folder, **settings):
        self.slack, self.folder = slack, Path(folder)
        self.settings = {"EVIDENCE_BOT_DATA": str(folder), **settings}
        self.process = None

    def start(self, *, connected=True):
        before = self.slack.playground.sockets.accepted if self.slack.playground.sockets else 0
        environment = self.slack.bot_environment(PYTHONPATH=str(ROOT), **self.settings)
        with (self.folder / "bot.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ECHO)], env=environment, cwd=ROOT, stderr=log, stdout=log
            )
        if connected and self.slack.playground.sockets:
            wait_until(lambda: self.slack.playground.sockets.accepted > before or self.process.poll() is not None, 20)
            assert self.process.poll() is None, self.log
            self.slack.wait_connected()
        return self

    @property
    def log(self):
        return (self.folder / "bot.log").read_text()

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def stop(self, number=signal.SIGTERM):
        """Ask it to leave; returns the seconds that it took and its exit status."""
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(20)
        return time.monotonic() - began, status

    def ended(self, timeout=20):
        return self.process.wait(timeout)

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.stop()
            self.kill()


def wait_until(probe, timeout, what="it"):
    until = time.monotonic() + timeout
    while not (found := probe()):
        assert time.monotonic() < until, f"waited {timeout} s for {what}"
        time.sleep(0.02)
    return found
